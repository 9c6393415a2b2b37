package org.orrery.supervision;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Provenance;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Baseline;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.ProposalState.Phase;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.Trajectory;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/** Proposals of every shape, and the one in the golden file. */
public final class Proposals {
  private static final Arbitrary<String> WORDS = Arbitraries.strings().ofMaxLength(12);
  private static final Arbitrary<Double> NUMBERS = Arbitraries.doubles();
  private static final Arbitrary<Long> TIMES = Arbitraries.longs();
  private static final Arbitrary<ChannelId> CHANNELS =
      Arbitraries.of("purif.flow", "hv.cathode.voltage", "a").map(ChannelId::new);

  private Proposals() {}

  /**
   * The proposal of {@code golden/proposal-v1.json}; never changed, a new version gets a new file.
   */
  public static Proposal golden() {
    return golden(Optional.empty());
  }

  /** The proposal of {@code golden/proposal-v2.json}, which a person asked for. */
  public static Proposal goldenAsked() {
    return golden(Optional.of("anna"));
  }

  /** The proposal of {@code golden/proposal-v3.json}, with a limit of time and begun. */
  public static Proposal goldenBegun() {
    Proposal asked = goldenAsked();
    return new Proposal(
        asked.id(),
        asked.version(),
        asked.plan().limitedTo(1_140_000_000_000L),
        asked.diagnosis(),
        asked.rehearsal(),
        asked.state(),
        asked.record(),
        asked.createdAtNs(),
        Optional.of(
            new Baseline(
                List.of(
                    new Baseline.Shown(Fixtures.PUMP_A, new Value.ChoiceValue(1, "ON")),
                    new Baseline.Shown(Fixtures.SPEED_B, Value.of(49.5))))));
  }

  private static Proposal golden(Optional<String> asker) {
    Plan plan = Fixtures.plan(asker, RiskClass.HIGH, 1_800_000_000_000_000_000L);
    Bytes hash = Bytes.of(new byte[] {1, 2, (byte) 0xfe});
    return new Proposal(
        plan.proposal(),
        7,
        plan,
        Optional.of(Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, 1_700_000_000_000_000_000L)),
        Optional.of(
            new Rehearsal.Rehearsed(
                5,
                List.of(
                    new Trajectory(
                        Fixtures.FLOW,
                        "kg/s",
                        List.of(new Trajectory.Point(6, new Band(1.5, 1.6, 1.7))))),
                List.of(),
                List.of("none"),
                Agreement.AGREES,
                Optional.of("pump A stopped"),
                "twin 1",
                Provenance.live(1, 2, "twin", "1", 3, "c"))),
        new ProposalState.Executing(
            9, List.of(new Approval("anna", hash, 8, "\"yes\" \u2713")), 1, Phase.RESOLVING),
        List.of(
            new StepRecord(
                0,
                false,
                new CommandId("c-1"),
                List.of(
                    new CommandOutcome.Unknown(new CommandId("c-1"), 3, "silence"),
                    new CommandOutcome.Confirmed(
                        new CommandId("c-1"), 4, new Value.ChoiceValue(0, "OFF"))),
                List.of(new StepRecord.Check(Fixtures.FLOW, Double.NaN, -1, 3.5, false, 11)))),
        1_700_000_000_000_000_001L);
  }

  /** Any proposal. */
  public static Arbitrary<Proposal> any() {
    return Combinators.combine(
            plans(),
            diagnoses().optional(),
            rehearsals().optional(),
            states(),
            records().list().ofMaxSize(3),
            TIMES,
            baselines().optional())
        .as(
            (plan, diagnosis, rehearsal, state, record, atNs, baseline) ->
                new Proposal(
                    plan.proposal(), 3, plan, diagnosis, rehearsal, state, record, atNs, baseline));
  }

  private static Arbitrary<Baseline> baselines() {
    return Combinators.combine(CHANNELS, values())
        .as(Baseline.Shown::new)
        .list()
        .ofMaxSize(3)
        .map(Baseline::new);
  }

  private static Arbitrary<Value> values() {
    return Arbitraries.oneOf(
        NUMBERS.map(Value.DoubleValue::new),
        TIMES.map(Value.LongValue::new),
        WORDS.map(Value.TextValue::new),
        WORDS.map(w -> new Value.ChoiceValue(2, w)),
        NUMBERS.map(d -> DoubleArrayValue.of(d, 1, -d)),
        NUMBERS.map(
            d -> new HistogramValue(DoubleArrayValue.of(0, 1, 2), DoubleArrayValue.of(d, 4))));
  }

  private static Arbitrary<Precondition> preconditions() {
    Arbitrary<Precondition.Condition> conditions =
        Arbitraries.oneOf(
            NUMBERS.map(d -> new Precondition.Condition.Within(d, d + 1)),
            WORDS.map(Precondition.Condition.Shows::new));
    return Combinators.combine(CHANNELS, conditions, TIMES, WORDS).as(Precondition::new);
  }

  private static Arbitrary<Step> steps() {
    Arbitrary<VerificationLimit> limits =
        Combinators.combine(CHANNELS, NUMBERS, NUMBERS, WORDS, TIMES)
            .as((c, low, high, unit, t) -> new VerificationLimit(c, low, high, unit, t, t / 2));
    Arbitrary<Step.Undo> undos =
        Combinators.combine(values(), preconditions().list().ofMaxSize(2), WORDS)
            .as(Step.Undo::new);
    return Combinators.combine(
            WORDS,
            CHANNELS,
            values(),
            preconditions().list().ofMaxSize(2),
            limits.list().ofMaxSize(2),
            undos.optional())
        .as(
            (title, channel, value, preconditions, verification, undo) ->
                new Step(title, channel, value, "u", preconditions, verification, title, undo, 5));
  }

  private static Arbitrary<Plan> plans() {
    return Combinators.combine(
            WORDS,
            Arbitraries.of("anna", "orrery").optional(),
            Arbitraries.of(RiskClass.class),
            preconditions().list().ofMaxSize(2),
            steps().list().ofMaxSize(3),
            TIMES,
            Arbitraries.longs().greaterOrEqual(1).optional(),
            roles().optional())
        .as(
            (words, asker, risk, preconditions, steps, expiresAtNs, limitNs, roles) ->
                new Plan(
                    new ProposalId("p-1"),
                    "x/1",
                    words,
                    words,
                    Optional.empty(),
                    asker,
                    risk,
                    preconditions,
                    steps,
                    expiresAtNs,
                    words,
                    limitNs.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    roles));
  }

  private static Arbitrary<Set<Person.Role>> roles() {
    return Arbitraries.of(Person.Role.class).set();
  }

  private static Arbitrary<Diagnosis> diagnoses() {
    Arbitrary<Hypothesis> hypotheses =
        Arbitraries.oneOf(
            WORDS.map(w -> new Hypothesis.PlantFault("F5", w, "purif.pump-a")),
            WORDS.map(w -> new Hypothesis.External("F10", w)),
            CHANNELS.map(Hypothesis.LyingSensor::new),
            Arbitraries.of(Set.of(new Hypothesis.NoneOfThese(), new Hypothesis.NothingWrong())));
    return Combinators.combine(hypotheses, NUMBERS, TIMES).as(Fixtures::diagnosis);
  }

  private static Arbitrary<Rehearsal> rehearsals() {
    return Arbitraries.oneOf(
        WORDS.map(Rehearsal.NotRehearsed::new),
        Combinators.combine(NUMBERS, TIMES, WORDS.optional(), Arbitraries.of(Agreement.class))
            .as(
                (d, t, words, agreement) ->
                    new Rehearsal.Rehearsed(
                        t,
                        List.of(
                            new Trajectory(
                                Fixtures.FLOW,
                                "kg/s",
                                List.of(new Trajectory.Point(t, new Band(d, d, d))))),
                        List.of(),
                        List.of("x"),
                        agreement,
                        words,
                        "1",
                        new Provenance(t, t, words, "twin", "1", t, ""))));
  }

  private static Arbitrary<ProposalState> states() {
    Arbitrary<List<Approval>> approvals =
        Combinators.combine(WORDS, roles().optional())
            .as((w, roles) -> new Approval("anna", Bytes.of(new byte[32]), 1, w, roles))
            .list()
            .ofMaxSize(2);
    return Arbitraries.oneOf(
        TIMES.map(ProposalState.Draft::new),
        TIMES.map(ProposalState.Rehearsed::new),
        Combinators.combine(TIMES, approvals).as(ProposalState.AwaitingApproval::new),
        Combinators.combine(TIMES, approvals).as(ProposalState.Approved::new),
        Combinators.combine(TIMES, approvals, Arbitraries.of(Phase.class))
            .as((t, a, phase) -> new ProposalState.Executing(t, a, 1, phase)),
        Combinators.combine(TIMES, approvals, WORDS)
            .as((t, a, w) -> new ProposalState.Held(t, a, 0, w)),
        Combinators.combine(TIMES, approvals, WORDS, roles().optional(), TIMES.optional())
            .as(
                (t, a, w, roles, said) ->
                    new ProposalState.RollingBack(
                        t,
                        a,
                        0,
                        w,
                        roles,
                        said.map(OptionalLong::of).orElse(OptionalLong.empty()))),
        TIMES.map(ProposalState.Verified::new),
        TIMES.map(ProposalState.RolledBack::new),
        Combinators.combine(TIMES, WORDS).as(ProposalState.RollbackFailed::new),
        Combinators.combine(TIMES, WORDS, WORDS).as(ProposalState.Rejected::new),
        TIMES.map(ProposalState.Expired::new),
        Combinators.combine(TIMES, WORDS).as(ProposalState.Aborted::new),
        Combinators.combine(TIMES, WORDS).as(ProposalState.Failed::new));
  }

  private static Arbitrary<StepRecord> records() {
    CommandId id = new CommandId("c-1");
    Arbitrary<CommandOutcome> outcomes =
        Arbitraries.oneOf(
            values().map(v -> new CommandOutcome.Confirmed(id, 1, v)),
            Combinators.combine(Arbitraries.of(Reason.class), WORDS)
                .as((reason, w) -> new CommandOutcome.Refused(id, 2, reason, w)),
            WORDS.map(w -> new CommandOutcome.Unknown(id, 3, w)));
    Arbitrary<StepRecord.Check> checks =
        Combinators.combine(CHANNELS, NUMBERS, TIMES)
            .as((c, d, t) -> new StepRecord.Check(c, d, -d, d + 1, d > 0, t));
    return Combinators.combine(
            Arbitraries.integers(),
            Arbitraries.of(true, false),
            outcomes.list().ofMaxSize(2),
            checks.list().ofMaxSize(2))
        .as((step, undo, o, c) -> new StepRecord(step, undo, id, o, c));
  }
}
