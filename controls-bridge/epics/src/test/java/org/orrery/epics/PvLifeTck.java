package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvSubscription;
import org.orrery.epics.server.PutHandler;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/**
 * What every pair of client and server adapters does when connections, servers and clients come and
 * go.
 */
abstract class PvLifeTck extends PvRig {
  PvLifeTck(Adapter adapter) {
    super(adapter);
  }

  @Test
  void shouldEndAPutToAnAbsentServerWithoutAnAnswer() throws Exception {
    // Given
    PvServer gone = server();
    PvClient client = client(gone);
    gone.close();
    long startNs = System.nanoTime();
    // When
    PutReply reply = client.put("T:V", Value.of(1.0), SECOND_NS / 4).get();
    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class, none -> assertThat(none.mayHaveBeenWritten()).isFalse());
    assertThat(System.nanoTime() - startNs).isLessThan(SECOND_NS);
    assertThat(client.statistics().putsNotAnswered()).isEqualTo(1);
  }

  @Test
  void shouldNotPutOnAConnectionThatComesLater() throws Exception {
    // Given
    PvServer first = server();
    serveVolts(first, "T:V", 0);
    PvClient client = client(first);
    Listening listening = new Listening();
    client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    first.close();
    Listening.until("the loss of the connection", () -> listening.disconnections() == 1);
    // When
    CompletableFuture<PutReply> reply = client.put("T:V", Value.of(-5.0), 30 * SECOND_NS);
    PutReply unwatched = client.put("T:UNWATCHED", Value.of(-5.0), 30 * SECOND_NS).get();
    boolean atOnce = reply.isDone();
    List<Value> taken = new CopyOnWriteArrayList<>();
    PvServer second =
        closing(adapter.startServer(first.serverAddress().port(), first.searchAddress().port()));
    second.create(PvDefinition.writable("T:V", VOLTS, accepting(taken)), volts(2));
    second.create(PvDefinition.writable("T:UNWATCHED", VOLTS, accepting(taken)), volts(2));
    listening.awaitConnected(2).awaitUpdates(2);
    Thread.sleep(500);
    // Then
    assertThat(atOnce).isTrue();
    assertThat(List.of(reply.get(), unwatched))
        .allSatisfy(answer -> assertThat(answer).isInstanceOf(PutReply.NoAnswer.class))
        .noneMatch(answer -> ((PutReply.NoAnswer) answer).mayHaveBeenWritten());
    assertThat(taken).isEmpty();
    assertThat(client.put("T:V", Value.of(-6.0), 5 * SECOND_NS).get())
        .isEqualTo(new PutReply.Completed());
    assertThat(taken).containsExactly(Value.of(-6.0));
  }

  @Test
  void shouldEndAPutThatTheDeviceDoesNotAnswer() throws Exception {
    // Given
    PvServer server = server();
    server.create(
        PvDefinition.writable("T:V", VOLTS, value -> new CompletableFuture<>()), volts(0));
    // When
    PutReply reply =
        connected(client(server), "T:V").put("T:V", Value.of(1.0), SECOND_NS / 2).get();
    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class, none -> assertThat(none.mayHaveBeenWritten()).isTrue());
  }

  @Test
  void shouldReconnectWithASnapshotAndNeverRepeatAWrite() throws Exception {
    // Given
    PvServer first = server();
    List<Value> takenByFirst = new CopyOnWriteArrayList<>();
    PutHandler silent =
        value -> {
          takenByFirst.add(value);
          return new CompletableFuture<>();
        };
    first.create(PvDefinition.writable("T:V", VOLTS, silent), volts(1));
    PvClient client = client(first);
    Listening listening = new Listening();
    client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    CompletableFuture<PutReply> reply = client.put("T:V", Value.of(-5.0), 60 * SECOND_NS);
    Listening.until("the write at the device", () -> !takenByFirst.isEmpty());
    // When
    first.close();
    PutReply answer = reply.get(5, TimeUnit.SECONDS);
    List<Value> takenBySecond = new CopyOnWriteArrayList<>();
    PvServer second =
        closing(adapter.startServer(first.serverAddress().port(), first.searchAddress().port()));
    second.create(PvDefinition.writable("T:V", VOLTS, accepting(takenBySecond)), volts(2));
    listening.awaitConnected(2).awaitUpdates(2);
    // Then
    assertThat(answer)
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class, none -> assertThat(none.mayHaveBeenWritten()).isTrue());
    assertThat(listening.disconnections()).isEqualTo(1);
    PvUpdate snapshot = listening.updates().get(1);
    assertThat(snapshot.snapshot()).isTrue();
    assertThat(snapshot.value()).isEqualTo(Value.of(2.0));
    Thread.sleep(500);
    assertThat(takenByFirst).containsExactly(Value.of(-5.0));
    assertThat(takenBySecond).isEmpty();
    assertThat(client.put("T:V", Value.of(-6.0), 5 * SECOND_NS).get())
        .isEqualTo(new PutReply.Completed());
    assertThat(takenBySecond).containsExactly(Value.of(-6.0));
  }

  @Test
  void shouldServeManyPvsOfTwoServersToOneClient() {
    // Given
    PvServer one = server();
    PvServer two = server();
    PvClient client = client(one, two);
    int each = 500;
    Listening listening = new Listening();
    for (int i = 0; i < each; i++) {
      serveVolts(one, "T:ONE:" + i, i);
      serveVolts(two, "T:TWO:" + i, i);
    }
    // When
    for (int i = 0; i < each; i++) {
      client.subscribe("T:ONE:" + i, listening);
      client.subscribe("T:TWO:" + i, listening);
    }
    // Then
    listening.awaitUpdates(2 * each);
    assertThat(client.statistics().connected()).isEqualTo(2 * each);
    assertThat(one.statistics().subscriptions()).isEqualTo(each * protocol.subscriptionsPerPv());
    assertThat(two.statistics().subscriptions()).isEqualTo(each * protocol.subscriptionsPerPv());
    assertThat(listening.disconnections()).isZero();
  }

  @Test
  void shouldStopWhenASubscriptionIsClosed() {
    // Given
    PvServer server = server();
    ServedPv pv = serveVolts(server, "T:V", 0);
    PvClient client = client(server);
    Listening ended = new Listening();
    Listening going = new Listening();
    PvSubscription subscription = client.subscribe("T:V", ended);
    client.subscribe("T:V", going);
    ended.awaitUpdates(1);
    going.awaitUpdates(1);
    // When
    subscription.close();
    Listening.until(
        "one PV's subscriptions at the server",
        () -> server.statistics().subscriptions() == protocol.subscriptionsPerPv());
    pv.post(volts(7));
    going.awaitUpdates(2);
    // Then
    assertThat(ended.updates()).hasSize(1);
    assertThat(ended.disconnections()).isZero();
    assertThat(client.statistics().subscriptions()).isEqualTo(1);
  }

  @Test
  void shouldKeepOtherPvsWhileSubscriptionsEndUnderLoad() throws Exception {
    // Given
    PvServer server = server();
    List<ServedPv> pvs = new ArrayList<>();
    PvClient client = client(server);
    Listening steady = new Listening();
    serveVolts(server, "T:STEADY", 0);
    client.subscribe("T:STEADY", steady);
    steady.awaitUpdates(1);
    for (int i = 0; i < 20; i++) {
      String name = "T:A" + i;
      pvs.add(
          server.create(
              PvDefinition.readOnly(name, plain(ValueKind.DOUBLE_ARRAY)),
              PvState.normal(DoubleArrayValue.of(new double[2_000]), T0_NS)));
    }
    // When
    AtomicBoolean posting = new AtomicBoolean(true);
    Thread load =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int n = 0; posting.get(); n++) {
                    for (ServedPv pv : pvs) {
                      pv.post(PvState.normal(DoubleArrayValue.of(new double[2_000]), T0_NS + n));
                    }
                  }
                });
    for (int round = 0; round < 20; round++) {
      List<PvSubscription> subscriptions = new ArrayList<>();
      Listening passing = new Listening();
      for (ServedPv pv : pvs) {
        subscriptions.add(client.subscribe(pv.definition().name(), passing));
      }
      passing.awaitUpdates(round);
      subscriptions.forEach(PvSubscription::close);
    }
    posting.set(false);
    load.join();
    // Then
    assertThat(client.get("T:STEADY", 5 * SECOND_NS).get()).isInstanceOf(GetReply.Got.class);
    assertThat(steady.disconnections()).isZero();
  }

  @Test
  void shouldAnswerWhenClosedAndLeaveNoUserThread() throws Exception {
    // Given
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    PvServer server = adapter.startServer(0, 0);
    server.create(
        PvDefinition.writable("T:V", VOLTS, value -> new CompletableFuture<>()), volts(0));
    PvClient client = adapter.openClient(server.searchAddress());
    Listening listening = new Listening();
    client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    CompletableFuture<PutReply> open = client.put("T:V", Value.of(1.0), 60 * SECOND_NS);
    Set<Thread> whileOpen = Thread.getAllStackTraces().keySet();
    // When
    client.close();
    server.close();
    // Then
    assertThat(whileOpen)
        .filteredOn(thread -> !thread.isDaemon() && thread.isAlive() && !before.contains(thread))
        .isEmpty();
    assertThat(open.get(1, TimeUnit.SECONDS)).isInstanceOf(PutReply.NoAnswer.class);
    assertThat(client.put("T:V", Value.of(1.0), SECOND_NS).get())
        .isInstanceOf(PutReply.NoAnswer.class);
    assertThatThrownBy(() -> client.subscribe("T:V", new Listening()))
        .isInstanceOf(IllegalStateException.class);
    Listening.until("the end of all connections", PvLifeTck::noConnectionThread);
  }

  private static boolean noConnectionThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("receiveThread"));
  }

  @Test
  void shouldNotShareAPort() {
    // Given
    PvServer server = server();
    // When / Then
    assertThatThrownBy(() -> adapter.startServer(server.serverAddress().port(), 0))
        .isInstanceOf(EpicsException.class)
        .hasMessageContaining("TCP 127.0.0.1:" + server.serverAddress().port());
    assertThatThrownBy(() -> adapter.startServer(0, server.searchAddress().port()))
        .isInstanceOf(EpicsException.class)
        .hasMessageContaining("UDP");
  }

  @Test
  void shouldLeaveOtherPvsAloneWhenOneIsClosed() throws Exception {
    // Given
    PvServer one = server();
    PvServer two = server();
    PvClient client = client(one, two);
    Listening steady = new Listening();
    List<PvSubscription> passing = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      serveVolts(one, "T:STEADY" + i, 0);
      serveVolts(two, "T:PASSING" + i, 0);
      client.subscribe("T:STEADY" + i, steady);
      steady.awaitUpdates(i + 1);
    }
    Listening passingBy = new Listening();
    for (int i = 0; i < 20; i++) {
      passing.add(client.subscribe("T:PASSING" + i, passingBy));
    }
    passingBy.awaitUpdates(20);
    // When
    passing.subList(1, 20).forEach(PvSubscription::close);
    Listening.until(
        "one PV's subscriptions to be left",
        () -> two.statistics().subscriptions() == protocol.subscriptionsPerPv());
    Thread.sleep(200);
    // Then
    assertThat(steady.disconnections()).isZero();
    assertThat(one.statistics().subscriptions()).isEqualTo(20 * protocol.subscriptionsPerPv());
  }
}
