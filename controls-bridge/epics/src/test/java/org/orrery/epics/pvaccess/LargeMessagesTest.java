package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.HostPort;
import org.orrery.epics.Listening;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** Messages larger than buffers and limits, and lengths that are not true, on both sides. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeMessagesTest {
  private static final long PUT_NS = TimeUnit.SECONDS.toNanos(30);
  private static final int MEGABYTE = 1 << 20;
  private static final PvMetadata WAVE = metadata(ValueKind.DOUBLE_ARRAY);
  private static final byte SEARCH = 3;

  /** A message that is read over: with a negative length it is read again and again. */
  private static final byte ORIGIN_TAG = 22;

  private static final int SEARCH_SOURCE_PORT = 8 + 24;

  private final PvServer server = PvServers.start(PvServerSettings.loopback(0, 0));

  @AfterEach
  void stop() {
    server.close();
  }

  private static PvMetadata metadata(ValueKind kind) {
    return new PvMetadata(kind, "V", "", Range.NONE, Range.NONE, Limits.NONE, List.of());
  }

  private static DoubleArrayValue wave(int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = i;
    }
    return DoubleArrayValue.of(values);
  }

  private PvClient client(int maxMessageBytes, HostPort... servers) {
    return PvClients.open(
        new PvClientSettings(
            List.of(servers),
            0,
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            16,
            maxMessageBytes));
  }

  @Test
  void shouldCarryLargeArraysBothWays() throws Exception {
    // Given
    List<Value> taken = new CopyOnWriteArrayList<>();
    ServedPv pv =
        server.create(
            PvDefinition.writable(
                "T:W",
                WAVE,
                value -> {
                  taken.add(value);
                  return CompletableFuture.completedStage(new PutDecision.Accepted());
                }),
            PvState.normal(wave(1_000_000), 1));
    try (PvClient client = client(16 * MEGABYTE, server.searchAddress())) {
      Listening listening = new Listening();
      client.subscribe("T:W", listening);
      listening.awaitUpdates(1);
      // When
      pv.post(PvState.normal(wave(999_999), 2));
      PutReply reply = client.put("T:W", wave(1_000_001), PUT_NS).get();
      listening.awaitUpdates(2);
      pv.describe(
          new PvMetadata(
              ValueKind.DOUBLE_ARRAY, "kV", "", Range.NONE, Range.NONE, Limits.NONE, List.of()));
      listening.awaitUpdates(3);
      // Then: a description alone leaves the value as it was
      assertThat(reply).isEqualTo(new PutReply.Completed());
      assertThat(taken).containsExactly(wave(1_000_001));
      assertThat(listening.updates().get(0).value()).isEqualTo(wave(1_000_000));
      assertThat(listening.updates().get(1).value()).isEqualTo(wave(999_999));
      assertThat(listening.updates().get(2).value()).isEqualTo(wave(999_999));
    }
  }

  @Test
  void shouldRefuseOnlyThePvWhoseUpdateIsLargerThanTheLimit() {
    // Given
    ServedPv large = server.create(PvDefinition.readOnly("T:W", WAVE), state(3));
    ServedPv small = server.create(PvDefinition.readOnly("T:S", WAVE), state(3));
    try (PvClient client = client(MEGABYTE, server.searchAddress())) {
      Listening ofLarge = new Listening();
      Listening ofSmall = new Listening();
      client.subscribe("T:W", ofLarge);
      client.subscribe("T:S", ofSmall);
      ofLarge.awaitUpdates(1);
      ofSmall.awaitUpdates(1);
      // When
      large.post(state(200_000));
      Listening.until("the refusal", () -> !ofLarge.refusals().isEmpty());
      small.post(state(4));
      ofSmall.awaitUpdates(2);
      // Then
      assertThat(ofLarge.refusals()).containsExactly("its data are larger than 1048576 bytes");
      assertThat(ofLarge.disconnections()).isEqualTo(1);
      assertThat(ofLarge.updates()).hasSize(1);
      assertThat(ofSmall.disconnections()).isZero();
    }
  }

  private static PvState state(int length) {
    return PvState.normal(wave(length), 1);
  }

  @Test
  void shouldServeOthersAfterADatagramWithALengthThatIsNotTrue() throws Exception {
    // Given
    server.create(PvDefinition.readOnly("T:W", WAVE), state(3));
    // When
    try (DatagramSocket socket = new DatagramSocket()) {
      for (byte[] lie :
          List.of(message(ORIGIN_TAG, -8, 0), message(SEARCH, -40, 60), falseText())) {
        HostPort search = server.searchAddress();
        socket.send(
            new DatagramPacket(
                lie, lie.length, new InetSocketAddress(search.host(), search.port())));
      }
    }
    // Then
    try (PvClient client = client(MEGABYTE, server.searchAddress())) {
      Listening listening = new Listening();
      client.subscribe("T:W", listening);
      listening.awaitUpdates(1);
    }
  }

  @Test
  void shouldSearchOnAfterAnAnswerWithALengthThatIsNotTrue() throws Exception {
    // Given
    try (DatagramSocket liar = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        PvClient client =
            client(MEGABYTE, server.searchAddress(), HostPort.loopback(liar.getLocalPort()))) {
      Listening listening = new Listening();
      client.subscribe("T:W", listening);
      DatagramPacket asked = new DatagramPacket(new byte[2_000], 2_000);
      liar.receive(asked);
      int port = ByteBuffer.wrap(asked.getData()).getShort(SEARCH_SOURCE_PORT) & 0xFFFF;
      // When
      for (byte[] lie : List.of(message(ORIGIN_TAG, -8, 0), message(SEARCH, -40, 60))) {
        liar.send(
            new DatagramPacket(
                lie, lie.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
      }
      server.create(PvDefinition.readOnly("T:W", WAVE), state(3));
      // Then
      listening.awaitUpdates(1);
      assertThat(asked.getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
    }
  }

  private static byte[] message(byte command, int statedLength, int length) {
    return ByteBuffer.allocate(8 + length)
        .put((byte) 0xCA)
        .put((byte) 2)
        .put((byte) 0x80)
        .put(command)
        .putInt(statedLength)
        .array();
  }

  /** A search for one PV whose name takes nearly all memory that there can be. */
  private static byte[] falseText() {
    byte[] search = message(SEARCH, 40, 40);
    ByteBuffer.wrap(search)
        .position(8 + 26)
        .put((byte) 1)
        .put((byte) 0xFE)
        .putInt(Integer.MAX_VALUE - 8);
    return search;
  }
}
