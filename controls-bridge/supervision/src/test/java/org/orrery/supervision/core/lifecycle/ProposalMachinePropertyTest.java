package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Provenance;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.value.Value;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.core.Readings;

/** What no sequence of events may bring about. */
class ProposalMachinePropertyTest {
  private static final long T0 = 1_000 * SECOND_NS;
  private static final long LIMIT_NS = 1_500 * SECOND_NS;
  private static final List<Person> PEOPLE =
      List.of(
          Fixtures.ANNA,
          Fixtures.BERT,
          Fixtures.SAM,
          Person.ORRERY,
          new Person("orrery", Set.of(Role.EXPERT)));

  private final ProposalMachine machine = new ProposalMachine(LifecyclePolicy.DEFAULT);

  /**
   * One thing that happens, to be made into an event on the proposal as it then stands.
   *
   * @param kind which event
   * @param luck whether hashes, ids and readings are the right ones
   * @param person who decides
   * @param waitNs how long after the thing before, wall ns
   */
  record Happening(int kind, boolean luck, Person person, long waitNs) {}

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Boolean> mostly =
        Arbitraries.frequency(net.jqwik.api.Tuple.of(6, true), net.jqwik.api.Tuple.of(1, false));
    return Combinators.combine(
            Arbitraries.integers().between(0, 40),
            mostly,
            Arbitraries.of(PEOPLE),
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(30, SECOND_NS),
                net.jqwik.api.Tuple.of(1, 200 * SECOND_NS),
                net.jqwik.api.Tuple.of(1, 5_000 * SECOND_NS)))
        .as(Happening::new)
        .list()
        .ofMinSize(10)
        .ofMaxSize(120);
  }

  @Property(tries = 1_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void shouldKeepTheRulesWhateverHappens(
      @ForAll("happenings") List<Happening> happenings,
      @ForAll RiskClass risk,
      @ForAll boolean asked) {
    Optional<String> asker = asked ? Optional.of("anna") : Optional.empty();
    Plan plan = Fixtures.plan(asker, risk, T0 + 4_000 * SECOND_NS).limitedTo(LIMIT_NS);
    Proposal proposal = Fixtures.draft(plan, T0);
    long nowNs = T0;
    int fresh = 0;
    Set<CommandId> issued = new HashSet<>();
    Set<Integer> indices = new HashSet<>();
    boolean began = false;
    for (Happening happening : happenings) {
      nowNs += happening.waitNs();
      Event event = event(proposal, happening, new CommandId("c-" + ++fresh));
      Transition transition = machine.step(proposal, event, nowNs);
      assertThat(machine.step(proposal, event, nowNs)).isEqualTo(transition);
      if (transition instanceof Transition.Moved moved) {
        assertThat(proposal.state().terminal()).as("terminal states absorb").isFalse();
        Proposal next = moved.next();
        assertThat(next.version()).isEqualTo(proposal.version() + 1);
        boolean executing = next.state() instanceof ProposalState.Executing;
        if (executing) {
          assertApproved(next);
        }
        if (executing && !began) {
          began = true;
          assertThat(nowNs).isLessThan(next.plan().expiresAtNs());
          assertThat(event).isInstanceOf(Event.Begin.class);
        }
        if (began) {
          assertThat(next.plan()).isEqualTo(proposal.plan());
          assertThat(next.baseline()).isPresent();
        }
        if (event instanceof Event.Stop) {
          assertThat(next.state())
              .isInstanceOfAny(ProposalState.Held.class, ProposalState.Aborted.class);
        }
        if (proposal.baseline().isPresent()) {
          assertThat(next.baseline()).isEqualTo(proposal.baseline());
        }
        for (Effect effect : moved.effects()) {
          if (effect instanceof Effect.Issue issue) {
            assertIssued(next, issue.command(), issued, indices);
            assertInTime(next, nowNs);
          }
        }
        assertRecordOnlyGrows(proposal, next);
        assertHeldCalls(proposal, next, moved.effects());
        proposal = next;
      }
    }
    Statistics.collect(proposal.state().getClass().getSimpleName());
    Statistics.coverage(
        seen ->
            List.of("Verified", "RolledBack", "RollbackFailed", "Held", "Aborted", "Failed")
                .forEach(state -> seen.check(state).count(c -> c > 0)));
  }

  private static void assertApproved(Proposal proposal) {
    List<Approval> approvals = ((ProposalState.Executing) proposal.state()).approvals();
    Bytes hash = proposal.plan().hash();
    Set<String> people =
        approvals.stream()
            .filter(a -> a.planHash().equals(hash))
            .map(Approval::person)
            .collect(Collectors.toSet());
    assertThat(people).hasSizeGreaterThanOrEqualTo(proposal.plan().risk().approvalsNeeded());
    assertThat(people).isSubsetOf("anna", "bert");
    assertThat(people).as("not only who asked").isNotEqualTo(Set.of(proposal.plan().askedBy()));
  }

  private static void assertIssued(
      Proposal proposal, Command command, Set<CommandId> issued, Set<Integer> indices) {
    assertThat(issued.add(command.id())).as("a command is issued once").isTrue();
    if (!indices.add(command.stepIndex())) {
      int step = 2 * proposal.plan().steps().size() - 1 - command.stepIndex();
      assertThat(proposal.record())
          .as("a step has one command; an undo that never left may have another")
          .filteredOn(r -> r.undo() && r.step() == step && !r.command().equals(command.id()))
          .isNotEmpty()
          .allMatch(ProposalMachinePropertyTest::neverLeft);
    }
    assertThat(command.approvedBy()).isNotEmpty();
    assertThat(command.planHash()).isEqualTo(proposal.plan().hash());
    assertThat(proposal.record().getLast().command())
        .as("a command is on record before it is issued")
        .isEqualTo(command.id());
  }

  private static boolean neverLeft(StepRecord record) {
    return record.lastOutcome().orElse(null) instanceof CommandOutcome.Refused refused
        && !refused.reason().mayHaveBeenWritten();
  }

  private static void assertInTime(Proposal proposal, long nowNs) {
    if (proposal.state() instanceof ProposalState.Executing executing) {
      long approvedNs = executing.approvals().getLast().atNs();
      assertThat(nowNs - approvedNs).as("no step is begun after its time").isBetween(0L, LIMIT_NS);
    }
  }

  private static void assertRecordOnlyGrows(Proposal before, Proposal after) {
    assertThat(after.record().size()).isGreaterThanOrEqualTo(before.record().size());
    for (int i = 0; i < before.record().size(); i++) {
      StepRecord old = before.record().get(i);
      StepRecord now = after.record().get(i);
      assertThat(now.command()).isEqualTo(old.command());
      assertThat(now.outcomes().subList(0, old.outcomes().size())).isEqualTo(old.outcomes());
    }
  }

  private static void assertHeldCalls(Proposal before, Proposal after, List<Effect> effects) {
    boolean newlyHeld =
        after.state() instanceof ProposalState.Held
                && !(before.state() instanceof ProposalState.Held)
            || after.state() instanceof ProposalState.RollbackFailed;
    if (newlyHeld) {
      assertThat(effects).anyMatch(Effect.Call.class::isInstance);
    }
  }

  private static Event event(Proposal proposal, Happening happening, CommandId fresh) {
    boolean luck = happening.luck();
    Person person = happening.person();
    CommandId command =
        luck && !proposal.record().isEmpty() ? proposal.record().getLast().command() : fresh;
    Readings readings = Readings.of(List.of(Fixtures.sample(Fixtures.FLOW, luck ? 0 : 1.67, 0)), 0);
    int step =
        proposal.state() instanceof ProposalState.Executing executing && luck
            ? executing.step()
            : 1;
    return switch (happening.kind()) {
      case 0 -> new Event.RehearsalCame(rehearsal(luck), proposal.plan());
      case 1 -> new Event.Opened();
      case 2, 3 ->
          new Event.Approve(person, luck ? proposal.plan().hash() : Bytes.of(new byte[32]), "yes");
      case 4 -> luck ? new Event.Opened() : new Event.Reject(person, "no");
      case 5, 6 -> new Event.Begin(fresh, readings);
      case 7, 8 -> new Event.OutcomeCame(new CommandOutcome.Confirmed(command, 1, Value.of(1.0)));
      case 9 ->
          new Event.OutcomeCame(
              luck
                  ? new CommandOutcome.Unknown(command, 1, "?")
                  : new CommandOutcome.Refused(command, 1, Reason.PRECONDITION, "no"));
      case 10 -> luck ? new Event.TimePassed() : new Event.GateNeverSaw(command, 1);
      case 11, 12 -> new Event.VerificationEnded(step, luck, List.of());
      case 13 -> new Event.RollBack(person, "back", readings);
      case 14 -> luck ? new Event.NextUndo(fresh, readings) : new Event.NextStep(fresh, readings);
      case 15 -> luck ? new Event.TimePassed() : new Event.Abort(person, "enough");
      case 16 -> luck ? new Event.GateAway("its process is away") : new Event.Broke("bug");
      case 17 ->
          new Event.ForeignChange(
              Fixtures.PUMP_A,
              luck
                  ? Moves.lastOn(proposal, Fixtures.PUMP_A).map(StepRecord::command)
                  : Optional.of(fresh),
              "somebody");
      case 18 -> new Event.Stop(person, "enough");
      case 19 ->
          new Event.OutcomeCame(
              new CommandOutcome.Refused(
                  command, 1, luck ? Reason.REJECTED_BY_DEVICE : Reason.TOO_FAST, "no"));
      default -> natural(proposal, luck, step, fresh, command, readings);
    };
  }

  /** The event that is due next, so that the deep states are reached as well. */
  private static Event natural(
      Proposal proposal,
      boolean luck,
      int step,
      CommandId fresh,
      CommandId command,
      Readings readings) {
    Event confirmed =
        new Event.OutcomeCame(new CommandOutcome.Confirmed(command, 1, Value.of(1.0)));
    return switch (proposal.state()) {
      case ProposalState.Draft _ -> new Event.RehearsalCame(rehearsal(luck), proposal.plan());
      case ProposalState.Rehearsed _ -> new Event.Opened();
      case ProposalState.AwaitingApproval a ->
          new Event.Approve(
              a.approvals().isEmpty() ? Fixtures.ANNA : Fixtures.BERT, proposal.plan().hash(), "");
      case ProposalState.Approved _ -> new Event.Begin(fresh, readings);
      case ProposalState.Executing e ->
          switch (e.phase()) {
            case VERIFYING -> new Event.VerificationEnded(step, luck, List.of());
            case WAITING -> new Event.NextStep(fresh, readings);
            case WRITING, RESOLVING ->
                luck
                    ? confirmed
                    : new Event.OutcomeCame(new CommandOutcome.Unknown(command, 1, "?"));
          };
      case ProposalState.Held _ -> new Event.RollBack(Fixtures.ANNA, "", readings);
      case ProposalState.RollingBack _ ->
          proposal.record().getLast().undo() && proposal.record().getLast().outcomes().isEmpty()
              ? confirmed
              : new Event.NextUndo(fresh, readings);
      case ProposalState.Verified _,
          ProposalState.RolledBack _,
          ProposalState.RollbackFailed _,
          ProposalState.Rejected _,
          ProposalState.Expired _,
          ProposalState.Aborted _,
          ProposalState.Failed _ ->
          new Event.Begin(fresh, readings);
    };
  }

  private static Rehearsal rehearsal(boolean luck) {
    return luck
        ? new Rehearsal.Rehearsed(
            0,
            List.of(),
            List.of(),
            List.of(),
            Agreement.AGREES,
            Optional.empty(),
            "1",
            Provenance.live(0, 0, "twin", "1", 0, ""))
        : new Rehearsal.NotRehearsed("off");
  }
}
