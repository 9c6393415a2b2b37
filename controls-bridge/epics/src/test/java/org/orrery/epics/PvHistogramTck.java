package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** What every pair of client and server adapters does with histograms and maps. */
abstract class PvHistogramTck extends PvRig {
  PvHistogramTck(Adapter adapter) {
    super(adapter);
  }

  @Test
  void shouldCarryAHistogramToItsReader() throws Exception {
    // Given
    PvServer server = server();
    PvMetadata described = PvMetadata.histogram("us", "drift time of crossing muons");
    HistogramValue first = histogram(3, 0, 7.5);
    ServedPv pv =
        server.create(PvDefinition.readOnly("T:H", described), PvState.normal(first, T0_NS));
    Listening listening = new Listening();
    PvClient client = client(server);
    client.subscribe("T:H", listening);
    listening.awaitUpdates(1);
    // When
    HistogramValue next = histogram(4, 1, 9);
    pv.post(PvState.normal(next, T0_NS + 1));
    listening.awaitUpdates(2);
    GetReply read = client.get("T:H", 5 * SECOND_NS).get();
    PutReply written = connected(client, "T:H").put("T:H", next, 5 * SECOND_NS).get();
    // Then
    assertThat(listening.connections()).containsExactly(described);
    assertThat(listening.updates())
        .containsExactly(
            new PvUpdate(first, Severity.NONE, 0, "", T0_NS, true, 0),
            new PvUpdate(next, Severity.NONE, 0, "", T0_NS + 1, false, 0));
    assertThat(read)
        .isEqualTo(
            new GetReply.Got(
                described, new PvUpdate(next, Severity.NONE, 0, "", T0_NS + 1, true, 0)));
    assertThat(written).isInstanceOf(PutReply.Rejected.class);
  }

  private static HistogramValue histogram(double... contents) {
    return new HistogramValue(
        DoubleArrayValue.of(-1.5, 0, 2.5, 100), DoubleArrayValue.of(contents));
  }

  @Test
  void shouldCarryAMapWithItsAxesToItsReader() throws Exception {
    // Given
    PvServer server = server();
    PvGrid grid = new PvGrid(DoubleArrayValue.of(0, 1, 2, 3), DoubleArrayValue.of(0, 375.5, 750));
    PvMetadata described = PvMetadata.map("hits by wire and drift time", grid);
    Value empty = DoubleArrayValue.of(new double[6]);
    ServedPv pv =
        server.create(PvDefinition.readOnly("T:M", described), PvState.normal(empty, T0_NS));
    Listening listening = new Listening();
    PvClient client = client(server);
    client.subscribe("T:M", listening);
    listening.awaitUpdates(1);
    // When
    Value filled = DoubleArrayValue.of(1, 2, 3, 4, 5, 6);
    pv.post(PvState.normal(filled, T0_NS + SECOND_NS));
    listening.awaitUpdates(2);
    // Then
    assertThat(listening.connections()).containsExactly(described);
    assertThat(listening.updates())
        .containsExactly(
            new PvUpdate(empty, Severity.NONE, 0, "", T0_NS, true, 0),
            new PvUpdate(filled, Severity.NONE, 0, "", T0_NS + SECOND_NS, false, 0));
    assertThat(client.get("T:M", 5 * SECOND_NS).get())
        .isEqualTo(
            new GetReply.Got(
                described, new PvUpdate(filled, Severity.NONE, 0, "", T0_NS + SECOND_NS, true, 0)));
    assertThatThrownBy(() -> pv.post(PvState.normal(DoubleArrayValue.of(1, 2), T0_NS)))
        .hasMessageContaining("3 by 2");
  }
}
