package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.PUMP_B;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.List;
import java.util.Optional;
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
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.value.Value;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.Rig;

class ForeignWatchTest {
  private static final CommandId FIRST = new CommandId("c-1");
  private static final long WRITTEN_NS = 10 * SECOND_NS;

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
  void shouldStopWatchingWhenThePlanIsNoLongerCarriedOut() {
    // Given
    Proposal running = executing(ProposalState.Phase.VERIFYING, confirmed());
    watch.onProposal(running, 0);
    shown(PUMP_A, "OFF", 11);

    // When
    watch.onProposal(
        with(running, new ProposalState.Held(1, List.of(), 0, "x"), running.record()), 0);

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

  private List<ForeignWatch.Foreign> shown(ChannelId channel, String label, long atSeconds) {
    return shown(channel, label, atSeconds, 60);
  }

  private List<ForeignWatch.Foreign> shown(
      ChannelId channel, String label, long atSeconds, long wallSeconds) {
    return watch.onSample(
        Fixtures.reading(channel.value(), label, atSeconds * SECOND_NS),
        id -> Optional.<Value>empty(),
        wallSeconds * SECOND_NS);
  }

  private static StepRecord confirmed() {
    return new StepRecord(
        0,
        false,
        FIRST,
        List.of(new CommandOutcome.Confirmed(FIRST, WRITTEN_NS, Rig.choice("OFF"))),
        List.of());
  }

  private static StepRecord issued() {
    return new StepRecord(0, false, FIRST, List.of(), List.of());
  }

  private static Proposal executing(ProposalState.Phase phase, StepRecord record) {
    Proposal draft = Fixtures.draft(Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE), 0);
    return with(draft, new ProposalState.Executing(0, List.of(), 0, phase), List.of(record));
  }

  private static Proposal with(Proposal p, ProposalState state, List<StepRecord> record) {
    return new Proposal(
        p.id(), p.version(), p.plan(), p.diagnosis(), p.rehearsal(), state, record, 0);
  }
}
