package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PutHandler;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** What every pair of client and server adapters does with values, puts and bursts. */
abstract class PvValueTck extends PvRig {
  PvValueTck(Adapter adapter) {
    super(adapter);
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
    client(server).subscribe(protocol.prefix() + "T:V", listening);
    // Then
    listening.awaitUpdates(1);
    assertThat(listening.connections()).containsExactly(protocol.seen(VOLTS));
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
    PutReply reply =
        connected(client(server), "T:SET").put("T:SET", Value.of(-180.0), 5 * SECOND_NS).get();
    // Then
    assertThat(reply).isEqualTo(new PutReply.Completed());
    assertThat(taken).containsExactly(Value.of(-180.0));
  }

  @Test
  void shouldNotSendWhatIsTakenBackWhileItIsPrepared() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    server.create(PvDefinition.writable("T:SET", VOLTS, accepting(taken)), volts(0));
    Value off = new Value.ChoiceValue(0, "OFF");
    server.create(
        PvDefinition.writable("T:C", plain(ValueKind.CHOICE, "OFF", "ON"), accepting(taken)),
        PvState.normal(off, T0_NS));
    PvClient client = connected(client(server), "T:SET", "T:C");
    AtomicBoolean stopped = new AtomicBoolean();
    BooleanSupplier stoppedWhenAsked =
        () -> {
          stopped.set(true);
          return false;
        };
    BooleanSupplier broken =
        () -> {
          throw new IllegalStateException("nobody knows");
        };
    // When
    PutReply number = client.put("T:SET", Value.of(-1.0), 5 * SECOND_NS, stoppedWhenAsked).get();
    PutReply choice = client.put("T:C", off, 5 * SECOND_NS, () -> false).get();
    PutReply unsure = client.put("T:SET", Value.of(-2.0), 5 * SECOND_NS, broken).get();
    PutReply allowed = client.put("T:SET", Value.of(-3.0), 5 * SECOND_NS, () -> true).get();
    // Then
    assertThat(stopped).isTrue();
    assertThat(List.of(number, choice, unsure)).containsOnly(new PutReply.Withheld());
    assertThat(allowed).isEqualTo(new PutReply.Completed());
    assertThat(taken).containsExactly(Value.of(-3.0));
  }

  @Test
  void shouldRefuseAPutInTheDevicesWords() throws Exception {
    // Given
    PvServer server = server();
    PutHandler refusing =
        value -> CompletableFuture.completedStage(new PutDecision.Refused("Schütz offen, 0 µA"));
    PutHandler broken =
        value -> {
          throw new IllegalStateException("out of order");
        };
    server.create(PvDefinition.writable("T:REFUSING", VOLTS, refusing), volts(0));
    server.create(PvDefinition.writable("T:BROKEN", VOLTS, broken), volts(0));
    serveVolts(server, "T:READONLY", 0);
    PvClient client = connected(client(server), "T:REFUSING", "T:BROKEN", "T:READONLY");
    // When
    PutReply refused = client.put("T:REFUSING", Value.of(1.0), 5 * SECOND_NS).get();
    PutReply failed = client.put("T:BROKEN", Value.of(1.0), 5 * SECOND_NS).get();
    PutReply readOnly = client.put("T:READONLY", Value.of(1.0), 5 * SECOND_NS).get();
    PutReply misfit = client.put("T:REFUSING", Value.of("one"), 5 * SECOND_NS).get();
    // Then
    assertThat(refused)
        .isEqualTo(new PutReply.Rejected(protocol.refusal("Schütz offen, 0 µA"), true));
    assertThat(failed)
        .isEqualTo(
            new PutReply.Rejected(
                protocol.refusal("the device could not decide: out of order"), true));
    assertThat(readOnly).isEqualTo(protocol.readOnly("T:READONLY"));
    assertThat(misfit)
        .isInstanceOfSatisfying(
            PutReply.Rejected.class, no -> assertThat(no.mayHaveBeenWritten()).isFalse());
    assertThat(server.statistics().putsRefused())
        .isEqualTo(((PutReply.Rejected) readOnly).mayHaveBeenWritten() ? 3 : 2);
  }

  @Test
  void shouldCarryEveryKindOfValueBothWays() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    List<Value> values =
        List.of(
            Value.of(-0.1),
            new Value.LongValue(protocol.largeWhole()),
            Value.of("grüß Gott"),
            new Value.ChoiceValue(1, "ÖN"),
            DoubleArrayValue.of(1, 2.5, Double.NaN));
    List<PvMetadata> descriptions =
        List.of(
            plain(ValueKind.DOUBLE),
            plain(ValueKind.LONG),
            plain(ValueKind.TEXT),
            plain(ValueKind.CHOICE, "OFF", "ÖN"),
            plain(ValueKind.DOUBLE_ARRAY));
    PvClient client = client(server);
    for (int i = 0; i < values.size(); i++) {
      server.create(
          PvDefinition.writable("T:K" + i, descriptions.get(i), accepting(taken)),
          PvState.normal(values.get(i), T0_NS));
    }
    for (int i = 0; i < values.size(); i++) {
      // When
      GetReply read = client.get("T:K" + i, 5 * SECOND_NS).get();
      PutReply written =
          connected(client, "T:K" + i).put("T:K" + i, values.get(i), 5 * SECOND_NS).get();
      // Then
      assertThat(read)
          .isEqualTo(
              new GetReply.Got(
                  descriptions.get(i),
                  new PvUpdate(values.get(i), Severity.NONE, 0, "", T0_NS, true, 0)));
      assertThat(written).isEqualTo(new PutReply.Completed());
    }
    assertThat(taken).isEqualTo(values);
  }

  @Test
  void shouldNotSendAChoiceThatThePvCallsOtherwise() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    Value off = new Value.ChoiceValue(0, "OFF");
    server.create(
        PvDefinition.writable("T:C", plain(ValueKind.CHOICE, "OFF", "ON"), accepting(taken)),
        PvState.normal(off, T0_NS));
    // When
    PutReply reply =
        connected(client(server), "T:C")
            .put("T:C", new Value.ChoiceValue(1, "OFF"), 5 * SECOND_NS)
            .get();
    // Then
    assertThat(reply)
        .isEqualTo(new PutReply.Rejected("choice 1 of the PV is 'ON', not 'OFF'", false));
    assertThat(taken).isEmpty();
  }

  @Test
  void shouldLoseValuesButNoAlarmEdgeInABurst() {
    // Given
    PvServer server = server();
    ServedPv pv = serveVolts(server, "T:V", 0);
    Listening listening = new Listening();
    PvClient client = client(server);
    client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    List<PvState> edges = new ArrayList<>();
    Severity severity = Severity.NONE;
    // When
    int posts = 20_000;
    for (int i = 1; i <= posts; i++) {
      boolean edge = i % 100 == 0;
      if (edge) {
        severity = Severity.values()[i / 100 % 4];
      }
      PvState state = alarmed(Value.of(i), severity, T0_NS + i);
      if (edge) {
        edges.add(state);
      }
      pv.post(state);
    }
    listening.awaitUpdate("the last value", update -> update.timeNs() == T0_NS + posts);
    // Then
    assertThat(edgesOf(listening.updates())).isEqualTo(edges);
    assertThat(listening.updates()).extracting(PvUpdate::timeNs).isSorted();
    assertThat(listening.updates()).hasSizeLessThan(posts);
    assertThat(server.statistics().merged()).isPositive();
    assertThat(server.statistics().edgesMerged()).isZero();
    assertThat(client.statistics().overruns() > 0).isEqualTo(protocol.marksLostUpdates());
    assertThat(listening.updates().stream().anyMatch(update -> update.lostBefore() > 0))
        .isEqualTo(protocol.marksLostUpdates());
  }

  private static List<PvState> edgesOf(List<PvUpdate> updates) {
    List<PvState> edges = new ArrayList<>();
    Severity before = updates.getFirst().severity();
    for (PvUpdate update : updates) {
      if (update.severity() != before) {
        edges.add(
            new PvState(
                update.value(),
                update.severity(),
                update.status(),
                update.message(),
                update.timeNs()));
        before = update.severity();
      }
    }
    return edges;
  }

  @Test
  void shouldReadAPvOnceAndSayWhenItCannot() throws Exception {
    // Given
    PvServer server = server();
    serveVolts(server, "T:V", 3);
    PvClient client = client(server);
    // When
    GetReply there = client.get("T:V", 5 * SECOND_NS).get();
    GetReply absent = client.get("T:ABSENT", SECOND_NS / 4).get();
    // Then
    assertThat(there)
        .isEqualTo(
            new GetReply.Got(
                protocol.seen(VOLTS),
                new PvUpdate(Value.of(3.0), Severity.NONE, 0, "", T0_NS, true, 0)));
    assertThat(absent).isEqualTo(new GetReply.Failed("T:ABSENT: no answer within 250 ms"));
  }

  @Test
  void shouldKeepAllEdgesForAClientThatStandsStillAndServeTheOthers() throws Exception {
    // Given
    PvServer server = server();
    ServedPv wave =
        server.create(
            PvDefinition.readOnly("T:WAVE", plain(ValueKind.DOUBLE_ARRAY)),
            PvState.normal(DoubleArrayValue.of(new double[5_000]), T0_NS));
    CountDownLatch goOn = new CountDownLatch(1);
    Listening stuck = new Listening();
    client(server)
        .subscribe(
            "T:WAVE",
            new ForwardingListener(stuck) {
              @Override
              public void onUpdate(PvUpdate update) {
                awaitQuietly(goOn);
                super.onUpdate(update);
              }
            });
    Listening awake = new Listening();
    client(server).subscribe("T:WAVE", awake);
    awake.awaitUpdates(1);
    // When
    int posts = 1_000;
    List<Long> edges = new ArrayList<>();
    for (int i = 1; i <= posts; i++) {
      Severity severity = Severity.values()[i / 50 % 4];
      if (i % 50 == 0) {
        edges.add(T0_NS + i);
      }
      wave.post(alarmed(DoubleArrayValue.of(new double[5_000]), severity, T0_NS + i));
      Listening.until(
          "the update at the other client",
          () -> awake.updates().getLast().timeNs() == wave.state().timeNs());
    }
    goOn.countDown();
    stuck.awaitUpdate("the last value", update -> update.timeNs() == T0_NS + posts);
    // Then
    assertThat(awake.updates()).hasSize(posts + 1).noneMatch(update -> update.lostBefore() > 0);
    assertThat(stuck.updates()).hasSizeLessThan(posts);
    assertThat(edgesOf(stuck.updates())).extracting(PvState::timeNs).isEqualTo(edges);
    assertThat(stuck.updates().stream().anyMatch(update -> update.lostBefore() > 0))
        .isEqualTo(protocol.marksLostUpdates());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
