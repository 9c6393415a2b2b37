package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.server.CallHandler;
import org.orrery.epics.server.PvServer;

/** What every pair of client and server adapters does with remote procedure calls. */
abstract class PvCallTck extends PvRig {
  PvCallTck(Adapter adapter) {
    super(adapter);
  }

  @Test
  void shouldCarryArgumentsThereAndAValueBack() throws Exception {
    // Given
    PvServer server = server();
    List<Map<String, Value>> asked = new CopyOnWriteArrayList<>();
    Map<String, Value> arguments = new LinkedHashMap<>();
    arguments.put("wire", new Value.LongValue(9_007_199_254_740_993L));
    arguments.put("field", Value.of(-0.5));
    arguments.put("unit", Value.of("kV/cm µ"));
    arguments.put("edges", DoubleArrayValue.of(0, 1.5, Double.NaN));
    server.createService(
        "T:DRIFT",
        given -> {
          asked.add(given);
          return CompletableFuture.completedStage(CallReply.of(Value.of("ruhig, 1 µA")));
        });
    // When
    CallReply reply = client(server).call("pva://T:DRIFT", arguments, 10 * SECOND_NS).get();
    // Then
    assertThat(reply).isEqualTo(CallReply.of(Value.of("ruhig, 1 µA")));
    assertThat(asked).containsExactly(arguments);
    assertThat(asked.getFirst().keySet()).containsExactly("wire", "field", "unit", "edges");
  }

  @Test
  void shouldCarryATableAndAnArrayBack() throws Exception {
    // Given
    PvServer server = server();
    PvTable table =
        new PvTable(
            List.of(
                new PvTable.Texts("module", List.of("TPC-01", "größer")),
                new PvTable.Numbers("gain", DoubleArrayValue.of(1.02, 0.98))));
    server.createService("T:GAINS", given -> CompletableFuture.completedStage(CallReply.of(table)));
    server.createService(
        "T:ARRAY",
        given -> CompletableFuture.completedStage(CallReply.of(DoubleArrayValue.of(1, 2))));
    PvClient client = client(server);
    // When
    CallReply gains = client.call("T:GAINS", Map.of(), 10 * SECOND_NS).get();
    CallReply array = client.call("T:ARRAY", Map.of(), 10 * SECOND_NS).get();
    // Then
    assertThat(gains).isEqualTo(CallReply.of(table));
    assertThat(array).isEqualTo(CallReply.of(DoubleArrayValue.of(1, 2)));
  }

  @Test
  void shouldFailACallThatIsRefusedOrNotAnswered() throws Exception {
    // Given
    PvServer server = server();
    server.createService(
        "T:NO",
        given -> CompletableFuture.completedStage(new CallReply.Failed("not in this mode")));
    CallHandler broken =
        given -> {
          throw new IllegalStateException("out of order");
        };
    server.createService("T:BROKEN", broken);
    server.createService("T:SILENT", given -> new CompletableFuture<>());
    serveVolts(server, "T:PV", 0);
    PvClient client = client(server);
    // When
    List<CallReply> replies =
        List.of(
            client.call("T:NO", Map.of(), 3 * SECOND_NS).get(),
            client.call("T:BROKEN", Map.of(), 3 * SECOND_NS).get(),
            client.call("T:SILENT", Map.of(), SECOND_NS).get(),
            client.call("T:PV", Map.of(), 3 * SECOND_NS).get(),
            client.call("T:ABSENT", Map.of(), SECOND_NS / 4).get());
    // Then
    assertThat(replies).allMatch(reply -> reply instanceof CallReply.Failed);
    assertThat(replies.getLast())
        .isEqualTo(new CallReply.Failed("T:ABSENT: no answer within 250 ms"));
    assertThat(client.call("T:NO", Map.of(), 3 * SECOND_NS).get())
        .isInstanceOf(CallReply.Failed.class);
  }

  @Test
  void shouldEndACallWhenItsServerGoesAndNotRepeatIt() throws Exception {
    // Given
    PvServer first = server();
    List<Map<String, Value>> asked = new CopyOnWriteArrayList<>();
    CallHandler silent =
        given -> {
          asked.add(given);
          return new CompletableFuture<>();
        };
    first.createService("T:S", silent);
    PvClient client = client(first);
    CompletableFuture<CallReply> open = client.call("T:S", Map.of(), 60 * SECOND_NS);
    Listening.until("the call at the service", () -> asked.size() == 1);
    // When
    first.close();
    CallReply reply = open.get(20, TimeUnit.SECONDS);
    PvServer second =
        closing(adapter.startServer(first.serverAddress().port(), first.searchAddress().port()));
    second.createService(
        "T:S",
        given -> {
          asked.add(given);
          return CompletableFuture.completedStage(CallReply.of(Value.of(1.0)));
        });
    CallReply anew = client.call("T:S", Map.of("n", Value.of(2.0)), 60 * SECOND_NS).get();
    // Then
    assertThat(reply).isInstanceOf(CallReply.Failed.class);
    assertThat(anew).isEqualTo(CallReply.of(Value.of(1.0)));
    assertThat(asked).containsExactly(Map.of(), Map.of("n", Value.of(2.0)));
  }

  @Test
  void shouldEndACallWhoseServiceEndsAndLeaveTheOthers() throws Exception {
    // Given
    PvServer server = server();
    List<Map<String, Value>> asked = new CopyOnWriteArrayList<>();
    AutoCloseable service =
        server.createService(
            "T:S",
            given -> {
              asked.add(given);
              return new CompletableFuture<>();
            });
    serveVolts(server, "T:STEADY", 0);
    PvClient client = client(server);
    Listening steady = new Listening();
    client.subscribe("T:STEADY", steady);
    steady.awaitUpdates(1);
    CompletableFuture<CallReply> open = client.call("T:S", Map.of(), 60 * SECOND_NS);
    Listening.until("the call at the service", () -> asked.size() == 1);
    // When
    service.close();
    CallReply reply = open.get(20, TimeUnit.SECONDS);
    // Then
    assertThat(reply).isInstanceOf(CallReply.Failed.class);
    assertThat(asked).hasSize(1);
    assertThat(steady.disconnections()).isZero();
  }

  @Test
  void shouldServeANameOnce() throws Exception {
    // Given
    PvServer server = server();
    CallHandler any = given -> CompletableFuture.completedStage(CallReply.of(Value.of(1.0)));
    AutoCloseable service = server.createService("T:S", any);
    // When / Then
    assertThatThrownBy(() -> server.createService("T:S", any))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> serveVolts(server, "T:S", 0))
        .isInstanceOf(IllegalArgumentException.class);
    service.close();
    serveVolts(server, "T:S", 0);
  }
}
