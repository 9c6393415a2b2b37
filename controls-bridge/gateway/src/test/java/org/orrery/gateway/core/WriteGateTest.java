package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.contract.proposal.ProposalState.Phase.WRITING;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.pv;
import static org.orrery.gateway.core.TestPlant.sign;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.CommandOutcome.Unknown;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.FakeControl.Mood;

class WriteGateTest {
  private final GateRig rig = new GateRig();

  @Test
  void shouldConfirmAWriteThatIsReadBack() {
    // Given
    SignedCommand command = sign(speed("c-1", 50, rig.time.nowNs()));

    // When
    CommandOutcome outcome = rig.run(command);

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Confirmed.class, c -> assertThat(c.readback()).isEqualTo(Value.of(50.0)));
    assertThat(rig.control.puts).containsExactly(new FakeControl.Put(pv(SPEED), Value.of(50.0)));
    assertThat(rig.records)
        .containsExactly(
            new GateRecord(command.command(), Optional.empty()),
            new GateRecord(command.command(), Optional.of(outcome)));
    assertThat(rig.outcome("c-1")).contains(outcome);
  }

  @Test
  void shouldNotWriteWhereTheChannelShowsNoNumber() {
    // Given
    rig.control.show(pv(SPEED), Value.of(Double.NaN));

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertRefused(outcome, Reason.STALE_READING);
    assertThat(rig.control.puts).isEmpty();
  }

  @Test
  void shouldRefuseAForgedCommandOnRecordWithoutTakingItsId() {
    // Given
    Command genuine = speed("c-1", 50, rig.time.nowNs());
    SignedCommand forged = sign(genuine, TestPlant.keys());
    SignedCommand unsigned = new SignedCommand(genuine, Bytes.of(new byte[0]));
    SignedCommand altered =
        new SignedCommand(speed("c-1", 60, rig.time.nowNs()), sign(genuine).signature());

    // When
    List<CommandOutcome> outcomes = new ArrayList<>();
    outcomes.addAll(rig.execute(forged));
    outcomes.addAll(rig.execute(unsigned));
    outcomes.addAll(rig.execute(altered));
    Optional<CommandOutcome> known = rig.outcome("c-1");

    // Then
    assertThat(outcomes).hasSize(3).allSatisfy(o -> assertRefused(o, Reason.BAD_SIGNATURE));
    assertThat(rig.control.puts).isEmpty();
    assertThat(rig.records).hasSize(3);
    assertThat(known).isEmpty();
    assertThat(rig.run(sign(genuine))).isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldWriteDownWhatItTurnsAwayButNotAFlood() {
    // Given
    SignedCommand genuine = sign(speed("c-1", 50, rig.time.nowNs()));
    SignedCommand forged = new SignedCommand(genuine.command(), Bytes.of(new byte[0]));
    rig.run(genuine);

    // When
    rig.execute(genuine);
    for (int i = 0; i < 100; i++) {
      rig.execute(forged);
    }
    rig.time.advance(60 * SECOND);
    rig.execute(forged);
    rig.time.advance(SECOND);

    // Then
    List<JournalEntry.TurnedAway> entries =
        rig.journal.stream()
            .filter(JournalEntry.TurnedAway.class::isInstance)
            .map(JournalEntry.TurnedAway.class::cast)
            .toList();
    assertThat(entries)
        .extracting(JournalEntry.TurnedAway::reason)
        .startsWith(Reason.DUPLICATE, Reason.BAD_SIGNATURE)
        .hasSize(TurnedAwayQuota.AT_ONCE + 1);
    assertThat(entries.getFirst().text()).contains("purif.pump-b.speed-set to 50.0", "orrery");
    assertThat(entries.getLast().omitted()).isEqualTo(81);
    assertThat(rig.outcome("c-1")).get().isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldWriteDownNoMoreThanAShareOfTheJournal() {
    // Given
    TurnedAwayQuota quota = new TurnedAwayQuota(TurnedAwayQuota.IN_ONE_JOURNAL - 1, 0);

    // When
    boolean last = quota.admits(1);
    boolean tooMany = quota.admits(600 * SECOND);

    // Then
    assertThat(last).isTrue();
    assertThat(tooMany).isFalse();
  }

  @Test
  void shouldNeverCarryOutACommandTwice() {
    // Given
    SignedCommand command = sign(speed("c-1", 50, rig.time.nowNs()));
    CommandOutcome first = rig.run(command);

    // When
    CommandOutcome second = rig.run(command);
    rig.crashAndRestart();
    CommandOutcome third = rig.run(command);

    // Then
    assertThat(first).isInstanceOf(Confirmed.class);
    assertRefused(second, Reason.DUPLICATE);
    assertRefused(third, Reason.DUPLICATE);
    assertThat(rig.control.puts).hasSize(1);
    assertThat(rig.outcome("c-1")).contains(first);
  }

  @Test
  void shouldHaveTheAttemptOnDiskBeforeThePut() {
    // Given
    SignedCommand command = sign(speed("c-1", 50, rig.time.nowNs()));
    rig.control.beforePut =
        () -> assertThat(rig.journal.getLast()).isInstanceOf(JournalEntry.Attempted.class);

    // When
    CommandOutcome outcome = rig.run(command);

    // Then
    assertThat(outcome).isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldRefuseWhenTheAttemptCannotBeWrittenDown() {
    // Given
    rig.journalFailure = Optional.of("no space left");

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertRefused(outcome, Reason.JOURNAL);
    assertThat(rig.control.puts).isEmpty();
  }

  @Test
  void shouldNotPutWhenWritingIsStoppedWhileTheAttemptIsBeingWrittenDown() {
    // Given
    rig.onJournal = () -> rig.writing = WritingSwitch.stopped("shifter", "smoke", 0);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertRefused(outcome, Reason.WRITING_STOPPED);
    assertThat(rig.control.puts).isEmpty();
  }

  @Test
  void shouldNotSendWhatIsStillBeingPreparedWhenWritingIsStopped() {
    // Given
    rig.control.moods.add(Mood.PREPARES_LONG);
    List<CommandOutcome> outcomes = rig.execute(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.time.advance(SECOND);

    // When
    rig.writing = WritingSwitch.stopped("shifter", "smoke", 0);
    rig.time.advance(5 * SECOND);

    // Then
    assertThat(rig.control.puts).hasSize(1);
    assertThat(rig.control.shown(TestPlant.pv(TestPlant.SPEED))).isEqualTo(Value.of(40.0));
    assertThat(outcomes)
        .singleElement()
        .satisfies(o -> assertRefused(o, Reason.WRITING_STOPPED))
        .extracting(o -> ((Refused) o).detail())
        .asString()
        .contains("nothing was sent", "shifter");
  }

  @Test
  void shouldNotSendWhatIsStillBeingPreparedWhenARuleObjectsByThen() {
    whilePreparing(
        Reason.TAGGED_OUT,
        house ->
            house.operations =
                Optional.of(working("PHYSICS", List.of(new TagOut("pump-b", "vera", "seal", 0)))));
    whilePreparing(
        Reason.LOCKED,
        house ->
            house.operations =
                Optional.of(
                    working(
                        "PHYSICS",
                        List.of(),
                        new DeviceLock("pump-b", "vera", "test", 0, Long.MAX_VALUE))));
    whilePreparing(
        Reason.NOT_ARMED, house -> house.operations = Optional.of(working("STANDBY", List.of())));
    whilePreparing(
        Reason.LOCAL_CONTROL,
        house ->
            house.control.show(
                pv(TestPlant.REMOTE), TestPlant.label(TestPlant.LOCAL_REMOTE, "LOCAL")));
    whilePreparing(
        Reason.INTERLOCK,
        house ->
            house.control.show(
                pv(TestPlant.INTERLOCK), TestPlant.label(TestPlant.OK_TRIPPED, "TRIPPED")));
  }

  private static void whilePreparing(Reason reason, Consumer<GateRig> change) {
    // Given
    GateRig house = new GateRig();
    house.control.moods.add(Mood.PREPARES_LONG);
    List<CommandOutcome> outcomes = house.execute(sign(speed("c-1", 50, house.time.nowNs())));
    house.time.advance(SECOND);

    // When
    change.accept(house);
    house.time.advance(5 * SECOND);

    // Then
    assertThat(house.control.puts).as("%s", reason).hasSize(1);
    assertThat(house.control.shown(pv(SPEED))).as("%s", reason).isEqualTo(Value.of(40.0));
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Refused.class,
            no -> {
              assertThat(no.reason()).isEqualTo(reason);
              assertThat(no.detail()).startsWith("nothing was sent: ");
            });
  }

  private static OperationsState working(String mode, List<TagOut> tags, DeviceLock... locks) {
    return new OperationsState(mode, Optional.empty(), Optional.empty(), tags, List.of(locks));
  }

  @Test
  void shouldSayWhatKeptAValueBackThoughItIsOverWhenTheClientAnswers() {
    // Given: a tag-out that is lifted between the client's question and its answer
    rig.control.moods.add(Mood.PREPARES_LONG);
    List<CommandOutcome> outcomes = rig.execute(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.time.advance(SECOND);
    rig.operations =
        Optional.of(working("PHYSICS", List.of(new TagOut("pump-b", "vera", "seal", 0))));
    rig.control.onWithheld = () -> rig.operations = Optional.of(TestPlant.inPhysics());

    // When
    rig.time.advance(5 * SECOND);

    // Then
    assertThat(outcomes)
        .singleElement()
        .satisfies(o -> assertRefused(o, Reason.TAGGED_OUT))
        .extracting(o -> ((Refused) o).detail())
        .asString()
        .contains("tagged out by vera");
  }

  @Test
  void shouldSendWhatTookLongToPrepareWhenNobodyStoppedIt() {
    // Given
    rig.control.moods.add(Mood.PREPARES_LONG);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertThat(outcome).isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldSayThatAValueNeverLeftWhenACheckBeforeSendingSaidNo() {
    // Given
    rig.control.moods.add(Mood.REJECTS);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertRefused(outcome, Reason.NOT_SENT);
    assertThat(Reason.NOT_SENT.mayHaveBeenWritten()).isFalse();
  }

  @Test
  void shouldRefuseAsNotSentWhatNeverLeft() {
    // Given
    rig.control.moods.add(Mood.NEVER_SENDS);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertRefused(outcome, Reason.NOT_SENT);
  }

  @Test
  void shouldResolveASilentlyTakenWriteByReadingBack() {
    // Given
    rig.control.moods.add(Mood.TAKES_SILENTLY);
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // When
    Optional<CommandOutcome> resolved = rig.outcome("c-1");

    // Then
    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(resolved).get().isInstanceOf(Confirmed.class);
    assertThat(rig.control.puts).hasSize(1);
  }

  @Test
  void shouldSayOfALostWriteThatItReadsAsBeforeOnceItCanNoLongerArrive() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    List<CommandOutcome> outcomes = rig.execute(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.time.advance(5 * SECOND + SECOND);

    // When
    Optional<CommandOutcome> early = rig.outcome("c-1");
    Optional<CommandOutcome> late = rig.outcome("c-1");

    // Then
    assertThat(outcomes).singleElement().isInstanceOf(Unknown.class);
    assertThat(early).get().isInstanceOf(Unknown.class);
    assertThat(late)
        .get()
        .satisfies(o -> assertRefused(o, Reason.READS_AS_BEFORE))
        .extracting(o -> ((Refused) o).detail())
        .asString()
        .contains("reads 40.0");
    assertThat(Reason.READS_AS_BEFORE.mayHaveBeenWritten()).isTrue();
    assertThat(rig.control.puts).hasSize(1);
  }

  @Test
  void shouldStayUnknownWhileTheDeviceIsAway() {
    // Given
    rig.control.moods.add(Mood.TAKES_SILENTLY);
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.control.disconnect();

    // When
    Optional<CommandOutcome> away = rig.outcome("c-1");
    rig.control.connect();
    Optional<CommandOutcome> back = rig.outcome("c-1");

    // Then
    assertThat(away).get().isInstanceOf(Unknown.class);
    assertThat(back).get().isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldLeaveAThirdValueUnknownForAPersonToLookAt() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.control.show(pv(SPEED), Value.of(33.0));

    // When
    rig.tickFor(6 * SECOND);
    Optional<CommandOutcome> outcome = rig.outcome("c-1");

    // Then
    assertThat(outcome)
        .get()
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).contains("33.0").contains("look"));
    assertThat(rig.run(sign(speed("c-2", 50, rig.time.nowNs())))).isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldNotBelieveADeviceThatDoesNotShowWhatItSaysItTook() {
    // Given
    rig.control.moods.add(Mood.LIES);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertThat(outcome).isInstanceOf(Unknown.class);
  }

  @Test
  void shouldHoldTheChannelWhileAnOutcomeIsUnknownExceptTowardsSafety() {
    // Given
    rig.control.moods.add(Mood.TAKES_SILENTLY);
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // When
    CommandOutcome up = rig.run(sign(speed("c-2", 55, rig.time.nowNs())));
    CommandOutcome down = rig.run(sign(speed("c-3", 0, rig.time.nowNs())));

    // Then
    assertRefused(up, Reason.DEVICE_BUSY);
    assertThat(down).isInstanceOf(Confirmed.class);
    assertThat(rig.outcome("c-1")).get().isInstanceOf(Unknown.class);
  }

  @Test
  void shouldMakeAnAttemptWithoutOutcomeUnknownAfterARestartAndNeverRepeatIt() {
    // Given
    rig.control.moods.add(Mood.TAKES_SILENTLY);
    SignedCommand command = sign(speed("c-1", 50, rig.time.nowNs()));
    rig.execute(command);
    rig.time.advance(SECOND);

    // When
    rig.crashAndRestart();
    CommandOutcome again = rig.run(command);
    rig.gate.tick();
    rig.time.advance(SECOND);

    // Then
    assertThat(rig.records)
        .anySatisfy(r -> assertThat(r.outcome()).get().isInstanceOf(Unknown.class));
    assertRefused(again, Reason.DUPLICATE);
    assertThat(rig.control.puts).hasSize(1);
    assertThat(rig.records.getLast().outcome()).get().isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldCarryOutOneCommandOfADeviceAtATime() {
    // Given
    rig.control.moods.add(Mood.TAKES_SILENTLY);
    rig.execute(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.time.advance(SECOND);
    Command enable =
        TestPlant.command(
            "c-2",
            TestPlant.ENABLE,
            TestPlant.label(TestPlant.OFF_ON, "ON"),
            "",
            rig.time.nowNs(),
            List.of());

    // When
    List<CommandOutcome> second = rig.execute(sign(enable));
    rig.time.advance(SECOND);

    // Then
    assertThat(second).singleElement().satisfies(o -> assertRefused(o, Reason.DEVICE_BUSY));
    assertThat(rig.control.puts).hasSize(1);
  }

  @Test
  void shouldAnswerThoughTheDiskHangsAndPutNothing() {
    // Given
    rig.diskHangs = true;

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertRefused(outcome, Reason.JOURNAL);
    assertThat(rig.control.puts).isEmpty();
  }

  @Test
  void shouldKeepADeviceForTheProposalThatIsBeingCarriedOutUntilItEnds() {
    // Given
    ProposalState held = new ProposalState.Held(0, List.of(), 0, "missed");
    rig.gate.onProposal(proposal("p-other", held));

    // When
    CommandOutcome whileHeld = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    CommandOutcome towardsSafety = rig.run(sign(speed("c-2", 30, rig.time.nowNs())));
    rig.gate.onProposal(proposal("p-other", new ProposalState.Aborted(0, "by a person")));
    rig.gate.onProposal(proposal("p-1", new ProposalState.Executing(0, List.of(), 0, WRITING)));
    CommandOutcome own = rig.run(sign(speed("c-3", 50, rig.time.nowNs())));

    // Then
    assertRefused(whileHeld, Reason.DEVICE_BUSY);
    assertThat(towardsSafety).isInstanceOf(Confirmed.class);
    assertThat(own).isInstanceOf(Confirmed.class);
  }

  private static Proposal proposal(String id, ProposalState state) {
    Step step =
        new Step(
            "Speed up",
            SPEED,
            Value.of(50.0),
            "Hz",
            List.of(),
            List.of(),
            "as it is",
            Optional.empty(),
            SECOND);
    Plan plan =
        new Plan(
            new ProposalId(id),
            "test",
            "Test",
            "",
            Optional.empty(),
            Optional.empty(),
            RiskClass.NORMAL,
            List.of(),
            List.of(step),
            0,
            "");
    return new Proposal(
        new ProposalId(id), 1, plan, Optional.empty(), Optional.empty(), state, List.of(), 0);
  }

  @Test
  void shouldRefuseEverythingOnceClosed() {
    // Given
    rig.gate.close();

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertRefused(outcome, Reason.WRITING_STOPPED);
    assertThat(rig.control.puts).isEmpty();
  }

  private static void assertRefused(CommandOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
