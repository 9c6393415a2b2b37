package org.orrery.supervision.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.supervision.Databases;
import org.orrery.supervision.core.Readings;
import org.orrery.supervision.core.audit.ProposalEntries;
import org.orrery.supervision.core.lifecycle.Effect;
import org.orrery.supervision.core.lifecycle.Event;
import org.orrery.supervision.core.lifecycle.LifecyclePolicy;
import org.orrery.supervision.core.lifecycle.ProposalMachine;
import org.orrery.supervision.core.lifecycle.Transition;
import org.orrery.supervision.core.restore.Bench;
import org.orrery.supervision.core.restore.RestorePlanner;

/** A restore of very many channels through the machine and the record. */
class LongPlanTest {
  /** The time goes with the square of the number; a test has no minutes. */
  private static final int PLAYED = 2_000;

  private static final int RECORDED = 5_000;

  private final ProposalMachine machine = new ProposalMachine(LifecyclePolicy.DEFAULT);
  private final Map<ChannelId, Value> shown = new LinkedHashMap<>();
  private int commands;

  private Proposal approved(int writes) {
    Map<ChannelId, Value> saved = new LinkedHashMap<>();
    for (int i = 0; i < writes; i++) {
      saved.put(new ChannelId("big.c" + i), Value.of(i + 1));
      shown.put(new ChannelId("big.c" + i), Value.of(0));
    }
    Snapshot snapshot = Bench.snapshot(saved);
    Plan plan =
        new RestorePlanner(Bench.big(writes), AccessRules.OPEN, 1)
            .think(
                Bench.request(),
                snapshot,
                Bench.readings(shown),
                Optional.of(OperationsState.UNKNOWN))
            .plan(
                Bench.request(),
                snapshot,
                Bench.big(writes),
                new ProposalId("long"),
                Long.MAX_VALUE);
    return new Proposal(
        plan.proposal(),
        1,
        plan,
        Optional.empty(),
        Optional.empty(),
        new ProposalState.Approved(
            1,
            List.of(
                new Approval("anna", plan.hash(), 1, "yes"),
                new Approval("bert", plan.hash(), 1, "yes"))),
        List.of(),
        1);
  }

  private CommandId fresh() {
    return new CommandId("c" + commands++);
  }

  private Transition.Moved moved(Proposal proposal, Event event) {
    Transition transition = machine.step(proposal, event, 2);
    assertThat(transition).isInstanceOf(Transition.Moved.class);
    return (Transition.Moved) transition;
  }

  private static Command issued(Transition.Moved moved) {
    return moved.effects().stream()
        .filter(Effect.Issue.class::isInstance)
        .map(e -> ((Effect.Issue) e).command())
        .findFirst()
        .orElseThrow();
  }

  private static Event confirmed(Command command) {
    return new Event.OutcomeCame(new CommandOutcome.Confirmed(command.id(), 2, command.value()));
  }

  @Test
  void shouldHoldAtTheLastOfManyStepsAndTakeAllBackInReverseOrder() {
    // Given
    Proposal proposal = approved(PLAYED);
    Readings before = Bench.readings(shown);
    long t0 = System.nanoTime();

    // When all but the last are written
    Transition.Moved now = moved(proposal, new Event.Begin(fresh(), before));
    for (int step = 0; step < PLAYED - 1; step++) {
      now = moved(now.next(), confirmed(issued(now)));
      now = moved(now.next(), new Event.VerificationEnded(step, true, List.of()));
      now = moved(now.next(), new Event.NextStep(fresh(), before));
    }
    CommandOutcome refused =
        new CommandOutcome.Refused(
            issued(now).id(), 2, CommandOutcome.Reason.TAGGED_OUT, "scripted");
    now = moved(now.next(), new Event.OutcomeCame(refused));
    long t1 = System.nanoTime();
    assertThat(now.next().state()).isInstanceOf(ProposalState.Held.class);

    // Then a person has them taken back, the last one first
    now =
        moved(
            now.next(),
            new Event.RollBack(
                new Person("anna", java.util.Set.of(Person.Role.EXPERT)), "", before));
    for (int step = PLAYED - 2; step >= 0; step--) {
      now = moved(now.next(), new Event.NextUndo(fresh(), before));
      Command undo = issued(now);
      assertThat(undo.channel()).isEqualTo(new ChannelId("big.c" + step));
      assertThat(undo.value()).isEqualTo(Value.of(0));
      now = moved(now.next(), confirmed(undo));
    }
    long t2 = System.nanoTime();
    System.out.printf(
        "%d steps through the machine: forward in %d ms, back in %d ms%n",
        PLAYED, (t1 - t0) / 1_000_000, (t2 - t1) / 1_000_000);
    assertThat(now.next().state()).isInstanceOf(ProposalState.RolledBack.class);
  }

  /** Each command bears the plan's hash, which must not be computed for each of them anew. */
  @Test
  void shouldMakeTheCommandsOfADryRunInTheTimeOfAFewHashes() {
    // Given
    Proposal proposal = approved(RECORDED);
    Person anna = new Person("anna", java.util.Set.of(Person.Role.EXPERT));
    long t0 = System.nanoTime();
    Bytes hash = proposal.plan().hash();
    long t1 = System.nanoTime();

    // When
    List<Command> commands = machine.rehearsedCommands(proposal, anna, 2);
    long t2 = System.nanoTime();

    // Then
    System.out.printf(
        "5,000 commands of a dry run in %d ms, one hash in %d ms%n",
        (t2 - t1) / 1_000_000, (t1 - t0) / 1_000_000);
    assertThat(commands).hasSize(RECORDED);
    assertThat(commands).allSatisfy(command -> assertThat(command.planHash()).isEqualTo(hash));
    assertThat(commands.getFirst().planHash()).isSameAs(commands.getLast().planHash());
  }

  @Test
  void shouldKeepALongPlanOnRecordAtTheCostOfAShortOnePerChange(@TempDir Path server)
      throws Exception {
    try (Store store = Databases.start(server)) {
      // Given
      ProposalStore record = new PostgresProposalStore(store.room("supervision"));
      Proposal proposal = approved(RECORDED);
      Readings before = Bench.readings(shown);
      long t0 = System.nanoTime();
      record.save(proposal, List.of(ProposalEntries.made(proposal, 1)));
      long t1 = System.nanoTime();

      // When
      int changes = 0;
      Transition.Moved now = moved(proposal, new Event.Begin(fresh(), before));
      record.save(now.next(), List.of());
      for (int step = 0; step < 100; step++) {
        for (Event event :
            List.of(
                confirmed(issued(now)),
                new Event.VerificationEnded(step, true, List.of()),
                new Event.NextStep(fresh(), before))) {
          Transition.Moved next = moved(now.next(), event);
          record.save(
              next.next(),
              ProposalEntries.moved(now.next(), event, next.next(), next.effects(), 2));
          now = next;
          changes++;
        }
      }
      long t2 = System.nanoTime();

      // Then
      assertThat(record.find(proposal.id())).contains(now.next());
      long t3 = System.nanoTime();
      System.out.printf(
          "5,000 steps on record: first in %d ms, then %.1f ms per change, read in %d ms%n",
          (t1 - t0) / 1_000_000, (t2 - t1) / 1e6 / changes, (t3 - t2) / 1_000_000);
      assertThat(bytesInOutbox(store.room("store"))).isLessThan(16L * 1024 * 1024);
    }
  }

  /** All changes together are not much more than the plan once. */
  private static long bytesInOutbox(Database database) {
    return database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement();
              var row = statement.executeQuery("select sum(length(payload)) from outbox")) {
            row.next();
            System.out.printf("all changes take %d bytes in the log%n", row.getLong(1));
            return row.getLong(1);
          }
        });
  }
}
