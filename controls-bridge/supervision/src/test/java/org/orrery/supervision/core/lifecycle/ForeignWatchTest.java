package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.PUMP_B;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Baseline;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.sample.Sample;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.Rig;

class ForeignWatchTest {
  private static final CommandId FIRST = new CommandId("c-1");
  private static final long WRITTEN_NS = 10 * SECOND_NS;

  private final Function<ChannelId, Optional<Sample>> latest = id -> Optional.empty();
  private ForeignWatch watch = new ForeignWatch(Fixtures.facility());

  @BeforeTry
  void watchAnew() {
    watch = new ForeignWatch(Fixtures.facility());
  }

  @Example
  void shouldSayWhenAWrittenChannelNoLongerShowsWhatWasWritten() {
    // Given
    watch.onProposal(executing(ProposalState.Phase.VERIFYING, confirmed()), 0);
    assertThat(shown(PUMP_A, "OFF", 11)).isEmpty();

    // When
    List<ForeignWatch.Foreign> changes = shown(PUMP_A, "ON", 12);

    // Then
    assertThat(changes)
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.event().after()).contains(FIRST);
              assertThat(change.event().why())
                  .contains("purif.pump-a.enable changed", "shows ON", "command c-1 wrote OFF")
                  .contains("somebody at another client");
            });
    assertThat(shown(PUMP_A, "ON", 13)).as("said once").isEmpty();
  }

  @Example
  void shouldSayWhenAChannelChangesThatThePlanHasYetToWrite() {
    // Given
    watch.onProposal(executing(ProposalState.Phase.WRITING, issued()), 0);
    assertThat(shown(PUMP_B, "OFF", 1)).isEmpty();

    // When
    List<ForeignWatch.Foreign> changes = shown(PUMP_B, "ON", 2);

    // Then
    assertThat(changes)
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.event().after()).isEmpty();
              assertThat(change.event().why()).contains("it showed OFF when the plan began");
            });
  }

  @Example
  void shouldNotTakeTheFirstSightOfASetPointForWhatItShowedWhenThePlanBegan() {
    // Given: pump B was off when it began; nothing has spoken since
    watch.onProposal(executing(ProposalState.Phase.WRITING, issued()), 0);

    // When: the first thing that is heard of it is that somebody has switched it on
    List<ForeignWatch.Foreign> changes = shown(PUMP_B, "ON", 1, 0);

    // Then
    assertThat(changes)
        .singleElement()
        .satisfies(c -> assertThat(c.event().why()).contains("it showed OFF when the plan began"));
  }

  @Example
  void shouldJudgeOnTheTickWhatChangedBeforeTheBeginningWasOnRecord() {
    // Given: pump B was switched on while the beginning was being written down
    watch.onProposal(executing(ProposalState.Phase.WRITING, issued()), 0);

    // Then
    assertThat(tick(PUMP_B, "ON", 1, 1)).hasSize(1);
    assertThat(tick(PUMP_B, "ON", 1, 2)).as("said once").isEmpty();
  }

  @Example
  void shouldSayThatNobodyCanTellWhereASetPointCouldNotBeReadAtTheBeginning() {
    // Given
    Proposal begun = executing(ProposalState.Phase.WRITING, issued(), Optional.of(shows(PUMP_A)));
    watch.onProposal(begun, 0);

    // When
    List<ForeignWatch.Foreign> changes = shown(PUMP_B, "OFF", 1);

    // Then
    assertThat(changes)
        .singleElement()
        .satisfies(c -> assertThat(c.event().why()).contains("could not be read when the plan"));
  }

  @Example
  void shouldLearnFromTheFirstReadingOnlyWhereThePlanBeganBeforeSuchWasOnRecord() {
    // Given
    watch.onProposal(executing(ProposalState.Phase.WRITING, issued(), Optional.empty()), 0);
    assertThat(shown(PUMP_B, "ON", 1)).isEmpty();

    // Then
    assertThat(shown(PUMP_B, "OFF", 2)).hasSize(1);
  }

  @Example
  void shouldJudgeAgainOnTheTickWhatItSawWhileTheValueHadTimeToShow() {
    // Given: a set point that speaks on change only
    watch.onProposal(executing(ProposalState.Phase.VERIFYING, confirmed()), 0);

    // When: somebody changes it back two seconds after the write, and nothing more comes
    assertThat(shown(PUMP_A, "ON", 12, 2)).isEmpty();

    // Then
    assertThat(tick(PUMP_A, "ON", 12, 4)).as("it may still come").isEmpty();
    assertThat(tick(PUMP_A, "ON", 9, 6)).as("taken before the write").isEmpty();
    assertThat(tick(PUMP_A, "ON", 12, 6)).hasSize(1);
    assertThat(tick(PUMP_A, "ON", 12, 7)).as("said once").isEmpty();
  }

  @Example
  void shouldSayNothingAboutAChannelWhoseCommandIsUnderWay() {
    // Given
    watch.onProposal(executing(ProposalState.Phase.WRITING, issued()), 0);

    // Then
    assertThat(shown(PUMP_A, "ON", 1)).isEmpty();
    assertThat(shown(PUMP_A, "OFF", 2)).isEmpty();
    assertThat(shown(PUMP_A, "ON", 3)).isEmpty();
  }

  @Example
  void shouldGiveAConfirmedValueTimeToShow() {
    // Given: readings that were taken before the write, then ones that lag behind the gate's word
    watch.onProposal(executing(ProposalState.Phase.VERIFYING, confirmed()), 0);

    // Then
    assertThat(shown(PUMP_A, "ON", 9, 60)).as("taken before").isEmpty();
    assertThat(shown(PUMP_A, "ON", 11, 4)).as("on its way").isEmpty();
    assertThat(shown(PUMP_A, "ON", 12, 6)).as("never came").hasSize(1);
  }

  @Example
  void shouldNameTheCommandOfAnotherProposalAndALocalSwitch() {
    // Given
    watch.onProposal(executing(ProposalState.Phase.VERIFYING, confirmed()), 0);
    shown(PUMP_A, "OFF", 11);
    Command other =
        new Command(
            new CommandId("c-9"),
            new ProposalId("p-9"),
            Bytes.of(new byte[0]),
            0,
            PUMP_A,
            Rig.choice("ON"),
            "",
            List.of(),
            0,
            1,
            1,
            "vera",
            List.of("otto"));

    // When
    watch.onRecord(new GateRecord(other, Optional.empty()));

    // Then
    assertThat(shown(PUMP_A, "ON", 12).getFirst().event().why())
        .contains("command c-9 of proposal p-9 wrote that, asked for by vera and approved by otto");
  }

  @Example
  void shouldNameThePlansOwnCommandThatMayHaveArrivedLate() {
    // Given: an earlier command of the same plan was not answered
    watch.onProposal(executing(ProposalState.Phase.VERIFYING, confirmed()), 0);
    shown(PUMP_A, "OFF", 11);
    Command earlier =
        new Command(
            new CommandId("c-0"),
            executing(ProposalState.Phase.VERIFYING, confirmed()).id(),
            Bytes.of(new byte[0]),
            0,
            PUMP_A,
            Rig.choice("ON"),
            "",
            List.of(),
            0,
            1,
            1,
            "vera",
            List.of("otto"));

    // When
    watch.onRecord(
        new GateRecord(
            earlier, Optional.of(new CommandOutcome.Unknown(earlier.id(), 0, "no answer"))));

    // Then
    assertThat(shown(PUMP_A, "ON", 12).getFirst().event().why())
        .contains("command c-0 wrote that and was not answered: it may have arrived late");
  }

  @Example
  void shouldGoOnWatchingWhatWasWrittenWhileHeldAndNotWhatWillNotBe() {
    // Given
    Proposal running = executing(ProposalState.Phase.VERIFYING, confirmed());
    watch.onProposal(running, 0);
    shown(PUMP_A, "OFF", 11);

    // When
    watch.onProposal(held(running), 0);

    // Then
    assertThat(shown(PUMP_B, "ON", 12)).as("is not written any more").isEmpty();
    assertThat(shown(PUMP_A, "ON", 13)).hasSize(1);
  }

  @Example
  void shouldSayOnceWhatItSaidBeforeItWasHeldAndTakenBack() {
    // Given
    Proposal running = executing(ProposalState.Phase.VERIFYING, confirmed());
    watch.onProposal(running, 0);
    assertThat(shown(PUMP_A, "ON", 12)).hasSize(1);

    // When
    watch.onProposal(held(running), 0);
    watch.onProposal(with(running, rollingBack(), running.record()), 0);

    // Then
    assertThat(shown(PUMP_A, "ON", 13)).isEmpty();
    assertThat(tick(PUMP_A, "ON", 13, 90)).isEmpty();
  }

  @Example
  void shouldWatchWhatWasTakenBackAndWhatIsStillToBe() {
    // Given: both were written, and the second is taken back
    Proposal running = executing(ProposalState.Phase.VERIFYING, confirmed());
    CommandId second = new CommandId("c-2");
    CommandId undo = new CommandId("c-3");
    watch.onProposal(
        with(
            running,
            rollingBack(),
            List.of(
                confirmed(), confirmed(1, false, second, "ON"), confirmed(1, true, undo, "OFF"))),
        0);

    // Then
    assertThat(shown(PUMP_B, "OFF", 11)).isEmpty();
    assertThat(shown(PUMP_A, "OFF", 11)).isEmpty();
    assertThat(shown(PUMP_B, "ON", 12))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.event().after()).contains(undo);
              assertThat(change.event().why()).contains("command c-3 wrote OFF");
            });
    assertThat(shown(PUMP_A, "ON", 12)).hasSize(1);
  }

  @Example
  void shouldExpectWhatWasWrittenLastWhereALaterCommandNeverLeft() {
    // Given: the undo was refused for pace
    Proposal running = executing(ProposalState.Phase.VERIFYING, confirmed());
    CommandId undo = new CommandId("c-3");
    StepRecord refused =
        new StepRecord(
            0,
            true,
            undo,
            List.of(new CommandOutcome.Refused(undo, 20, CommandOutcome.Reason.TOO_FAST, "")),
            List.of());
    watch.onProposal(with(held(running), held(running).state(), List.of(confirmed(), refused)), 0);

    // Then
    assertThat(shown(PUMP_A, "OFF", 11)).isEmpty();
    assertThat(shown(PUMP_A, "ON", 12))
        .singleElement()
        .satisfies(change -> assertThat(change.event().after()).contains(FIRST));
  }

  @Example
  void shouldStopWatchingWhenThePlanHasEnded() {
    // Given
    Proposal running = executing(ProposalState.Phase.VERIFYING, confirmed());
    watch.onProposal(running, 0);
    shown(PUMP_A, "OFF", 11);

    // When
    watch.onProposal(with(running, new ProposalState.Aborted(1, "x"), running.record()), 0);

    // Then
    assertThat(shown(PUMP_A, "ON", 12)).isEmpty();
  }

  /** Whatever is shown: once the written value was seen, exactly the first other value is told. */
  @Property
  void shouldTellExactlyTheFirstDeparture(@ForAll List<Boolean> on) {
    // Given
    watch.onProposal(executing(ProposalState.Phase.VERIFYING, confirmed()), 0);

    // When
    long told = 0;
    for (int i = 0; i < on.size(); i++) {
      told += shown(PUMP_A, on.get(i) ? "ON" : "OFF", 11 + i, 0).size();
    }

    // Then
    int firstOff = on.indexOf(false);
    boolean departs = firstOff >= 0 && on.subList(firstOff, on.size()).contains(true);
    assertThat(told).isEqualTo(departs ? 1 : 0);
  }

  /** However quickly it changes after the write: what stands differently in the end was told. */
  @Property
  void shouldLeaveNothingUntoldThatStandsOtherwise(@ForAll List<Boolean> on) {
    // Given
    watch.onProposal(executing(ProposalState.Phase.VERIFYING, confirmed()), 0);

    // When: a change a second, and a tick after each
    long told = 0;
    for (int i = 0; i < on.size(); i++) {
      String label = on.get(i) ? "ON" : "OFF";
      told += shown(PUMP_A, label, 11 + i, i).size();
      told += tick(PUMP_A, label, 11 + i, i).size();
    }
    boolean standsOtherwise = !on.isEmpty() && on.getLast();
    told += tick(PUMP_A, standsOtherwise ? "ON" : "OFF", 11 + on.size(), 100).size();

    // Then
    assertThat(told).isLessThanOrEqualTo(1);
    if (standsOtherwise) {
      assertThat(told).isEqualTo(1);
    }
  }

  @Example
  void shouldHoldThePlanUnlessItWroteAgainSince() {
    // Given
    ProposalMachine machine = new ProposalMachine(LifecyclePolicy.DEFAULT);
    Proposal running = executing(ProposalState.Phase.VERIFYING, confirmed());

    // When
    Transition fresh =
        machine.step(running, new Event.ForeignChange(PUMP_A, Optional.of(FIRST), "somebody"), 5);
    Transition old =
        machine.step(running, new Event.ForeignChange(PUMP_A, Optional.empty(), "somebody"), 5);

    // Then
    assertThat(fresh)
        .isInstanceOfSatisfying(
            Transition.Moved.class,
            moved -> {
              assertThat(moved.next().state())
                  .isInstanceOfSatisfying(
                      ProposalState.Held.class, h -> assertThat(h.why()).isEqualTo("somebody"));
              assertThat(moved.effects()).hasOnlyElementsOfType(Effect.Call.class);
            });
    assertThat(old).isInstanceOf(Transition.Stayed.class);
  }

  @Example
  void shouldKeepAHeldPlanHeldAndSayWhatChangedMeanwhile() {
    // Given
    ProposalMachine machine = new ProposalMachine(LifecyclePolicy.DEFAULT);
    Proposal held = held(executing(ProposalState.Phase.VERIFYING, confirmed()));
    Event change = new Event.ForeignChange(PUMP_A, Optional.of(FIRST), "somebody");

    // When
    Transition first = machine.step(held, change, 5);
    Proposal after = ((Transition.Moved) first).next();
    Transition again = machine.step(after, change, 6);

    // Then
    assertThat(after.state())
        .isInstanceOfSatisfying(
            ProposalState.Held.class,
            h -> assertThat(h.why()).isEqualTo("missed; since then somebody"));
    assertThat(((Transition.Moved) first).effects()).hasOnlyElementsOfType(Effect.Call.class);
    assertThat(again).isInstanceOf(Transition.Stayed.class);
  }

  private static Proposal held(Proposal running) {
    ProposalState held = new ProposalState.Held(1, List.of(), 0, "missed");
    return with(running, held, running.record());
  }

  private static ProposalState rollingBack() {
    return new ProposalState.RollingBack(2, List.of(), 0, "anna");
  }

  private List<ForeignWatch.Foreign> shown(ChannelId channel, String label, long atSeconds) {
    return shown(channel, label, atSeconds, 60);
  }

  private List<ForeignWatch.Foreign> shown(
      ChannelId channel, String label, long atSeconds, long wallSeconds) {
    return watch.onSample(
        Fixtures.reading(channel.value(), label, atSeconds * SECOND_NS),
        latest,
        wallSeconds * SECOND_NS);
  }

  /** Time goes on, with this as the newest reading of a channel. */
  private List<ForeignWatch.Foreign> tick(
      ChannelId channel, String label, long atSeconds, long wallSeconds) {
    Sample newest = Fixtures.reading(channel.value(), label, atSeconds * SECOND_NS);
    return watch.onTick(
        id -> Optional.of(newest).filter(s -> s.channel().equals(id)), wallSeconds * SECOND_NS);
  }

  private static StepRecord confirmed() {
    return confirmed(0, false, FIRST, "OFF");
  }

  private static StepRecord confirmed(int step, boolean undo, CommandId command, String label) {
    return new StepRecord(
        step,
        undo,
        command,
        List.of(new CommandOutcome.Confirmed(command, WRITTEN_NS, Rig.choice(label))),
        List.of());
  }

  private static StepRecord issued() {
    return new StepRecord(0, false, FIRST, List.of(), List.of());
  }

  private static Proposal executing(ProposalState.Phase phase, StepRecord record) {
    return executing(phase, record, Optional.of(shows(PUMP_A, PUMP_B)));
  }

  private static Proposal executing(
      ProposalState.Phase phase, StepRecord record, Optional<Baseline> baseline) {
    Proposal draft = Fixtures.draft(Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE), 0);
    ProposalState state = new ProposalState.Executing(0, List.of(), 0, phase);
    return with(draft, state, List.of(record), baseline);
  }

  /** Pumps that were off when the plan began. */
  private static Baseline shows(ChannelId... pumps) {
    return new Baseline(
        Stream.of(pumps).map(pump -> new Baseline.Shown(pump, Rig.choice("OFF"))).toList());
  }

  private static Proposal with(Proposal p, ProposalState state, List<StepRecord> record) {
    return with(p, state, record, p.baseline());
  }

  private static Proposal with(
      Proposal p, ProposalState state, List<StepRecord> record, Optional<Baseline> baseline) {
    return new Proposal(
        p.id(), p.version(), p.plan(), p.diagnosis(), p.rehearsal(), state, record, 0, baseline);
  }
}
