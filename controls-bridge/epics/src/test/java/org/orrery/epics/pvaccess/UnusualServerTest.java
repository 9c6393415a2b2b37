package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVUnion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.Listening;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;

/** The client against states that our own server does not make. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnusualServerTest {
  private static final long PUT_NS = TimeUnit.SECONDS.toNanos(20);

  private static PVStructure image(HandMadeServer server, int pixels) {
    PVStructure state = server.emptyState();
    PVDoubleArray values =
        state.getSubField(PVUnion.class, "value").select(PVDoubleArray.class, "doubleValue");
    double[] ramp = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      ramp[i] = i;
    }
    values.put(0, pixels, ramp, 0);
    return state;
  }

  private static int length(PvUpdate update) {
    return ((DoubleArrayValue) update.value()).size();
  }

  @Test
  void shouldTakeTheFirstImageOfAPvThatHeldNone() throws Exception {
    // Given
    try (HandMadeServer server = new HandMadeServer(ImageFields.structure());
        PvClient client = PvClients.open(PvClientSettings.of(server.searchAddress()))) {
      Listening listening = new Listening();
      client.subscribe("T:V", listening);
      Listening.until("word of it", () -> !listening.refusals().isEmpty());
      server.post(server.emptyState());
      // When
      server.post(image(server, 12));
      listening.awaitConnected(1).awaitUpdates(1);
      // Then
      assertThat(listening.refusals()).containsExactly("it holds no value that is read, so far");
      assertThat(listening.connections().getFirst().kind()).isEqualTo(ValueKind.DOUBLE_ARRAY);
      assertThat(length(listening.updates().getFirst())).isEqualTo(12);
    }
  }

  @Test
  void shouldTakeImagesLargerThanTheBuffersOfItsConnection() throws Exception {
    // Given
    int pixels = 700_000;
    try (HandMadeServer server = new HandMadeServer(ImageFields.structure());
        PvClient client = PvClients.open(PvClientSettings.of(server.searchAddress()))) {
      server.post(image(server, pixels));
      Listening listening = new Listening();
      client.subscribe("T:V", listening);
      listening.awaitUpdates(1);
      // When
      server.post(image(server, 3));
      server.post(image(server, pixels + 1));
      listening.awaitUpdates(3);
      // Then
      assertThat(listening.updates())
          .extracting(UnusualServerTest::length)
          .containsExactly(pixels, 3, pixels + 1);
      double[] last = ((DoubleArrayValue) listening.updates().getLast().value()).toArray();
      assertThat(last[pixels]).isEqualTo(pixels);
      assertThat(server.context().getTransportRegistry().toArray())
          .isNotEmpty()
          .allSatisfy(
              connection ->
                  assertThat(connection.getReceiveBufferSize()).isLessThanOrEqualTo(1 << 16));
    }
  }

  @Test
  void shouldAskTheServerToAnswerAPutWhenItsDeviceIsDone() throws Exception {
    // Given
    try (HandMadeServer server = new HandMadeServer(ImageFields.structure());
        PvClient client = PvClients.open(PvClientSettings.of(server.searchAddress()))) {
      server.post(image(server, 1));
      Listening listening = new Listening();
      client.subscribe("T:V", listening);
      listening.awaitConnected(1);
      // When
      PutReply reply = client.put("T:V", Value.of(1.0), PUT_NS).get();
      // Then
      assertThat(reply).isInstanceOf(PutReply.Rejected.class);
      assertThat(server.putRequests)
          .singleElement()
          .hasToString(
              """
              structure\s
                  structure record
                      structure _options
                          string block true
                  structure field
                      structure value\
              """);
    }
  }
}
