package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PutHandler;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** What every pair of client and server adapters must do. */
abstract class PvTck {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long T0_NS = 1_800_000_000_123_456_789L;
  private static final PvMetadata VOLTS =
      new PvMetadata(
          ValueKind.DOUBLE,
          "kV",
          "cathode voltage",
          new Range(-200, 0),
          new Range(-190, 0),
          new Limits(
              OptionalDouble.of(-185),
              OptionalDouble.of(-182),
              OptionalDouble.of(-178.5),
              OptionalDouble.empty()),
          List.of());

  private final List<AutoCloseable> toClose = new ArrayList<>();

  /** Starts a server on these ports; 0 for any free one. */
  protected abstract PvServer startServer(int serverPort, int searchPort);

  /** Opens a client that knows these servers. */
  protected abstract PvClient openClient(HostPort... servers);

  private PvServer server() {
    PvServer server = startServer(0, 0);
    toClose.add(server);
    return server;
  }

  private PvClient client(PvServer... servers) {
    HostPort[] addresses = new HostPort[servers.length];
    for (int i = 0; i < servers.length; i++) {
      addresses[i] = servers[i].searchAddress();
    }
    PvClient client = openClient(addresses);
    toClose.add(client);
    return client;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  private static PvMetadata plain(ValueKind kind, String... choices) {
    return new PvMetadata(kind, "", "", Range.NONE, Range.NONE, Limits.NONE, List.of(choices));
  }

  private static PvState volts(double value) {
    return PvState.normal(Value.of(value), T0_NS);
  }

  private static ServedPv serveVolts(PvServer server, String name, double value) {
    return server.create(PvDefinition.readOnly(name, VOLTS), volts(value));
  }

  private static PutHandler accepting(List<Value> taken) {
    return value -> {
      taken.add(value);
      return CompletableFuture.completedStage(new PutDecision.Accepted());
    };
  }

  @Test
  void shouldDescribeAndSnapshotAPvOnConnection() {
    // Given
    PvServer server = server();
    server.create(
        PvDefinition.readOnly("T:V", VOLTS),
        new PvState(Value.of(-181.5), Severity.MINOR, 1, "LOW", T0_NS));
    Listening listening = new Listening();
    // When
    client(server).subscribe("pva://T:V", listening);
    // Then
    listening.awaitUpdates(1);
    assertThat(listening.connections()).containsExactly(VOLTS);
    assertThat(listening.updates())
        .containsExactly(new PvUpdate(Value.of(-181.5), Severity.MINOR, 1, "LOW", T0_NS, true, 0));
  }

  @Test
  void shouldDeliverUpdatesInOrder() {
    // Given
    PvServer server = server();
    ServedPv pv = serveVolts(server, "T:V", 0);
    Listening listening = new Listening();
    client(server).subscribe("T:V", listening);
    listening.awaitUpdates(1);
    // When
    for (int i = 1; i <= 50; i++) {
      pv.post(PvState.normal(Value.of(i), T0_NS + i));
      listening.awaitUpdates(i + 1);
    }
    // Then
    assertThat(listening.updates()).extracting(PvUpdate::timeNs).isSorted().hasSize(51);
    assertThat(listening.updates().getLast().value()).isEqualTo(Value.of(50.0));
  }

  @Test
  void shouldCompleteAnAcceptedPut() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    server.create(PvDefinition.writable("T:SET", VOLTS, accepting(taken)), volts(0));
    // When
    PutReply reply = client(server).put("T:SET", Value.of(-180.0), 5 * SECOND_NS).get();
    // Then
    assertThat(reply).isEqualTo(new PutReply.Completed());
    assertThat(taken).containsExactly(Value.of(-180.0));
  }
}
