package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.HEATER;
import static org.orrery.gateway.core.TestPlant.IDLE_RESET;
import static org.orrery.gateway.core.TestPlant.RESET;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.label;
import static org.orrery.gateway.core.TestPlant.pv;
import static org.orrery.gateway.core.TestPlant.sign;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.CommandOutcome.Unknown;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.FakeControl.Mood;

/** What the gate makes of a device that did something else than take the value and keep it. */
class AfterThePutTest {
  private final GateRig rig = new GateRig();

  @Test
  void shouldRefuseWhatTheDeviceSaidNoToAndDidNotTake() {
    // Given
    rig.control.moods.add(Mood.REJECTS_AFTER);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.REJECTED_BY_DEVICE));
    assertThat(Reason.REJECTED_BY_DEVICE.mayHaveBeenWritten()).isTrue();
  }

  @Test
  void shouldNotTakeANoForNothingWrittenWhenTheDeviceTookIt() {
    // Given
    rig.control.moods.add(Mood.TAKES_AND_REJECTS);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    Optional<CommandOutcome> resolved = rig.outcome("c-1");

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.why()).contains("not now", "reads 50.0"));
    assertThat(resolved).get().isInstanceOf(Confirmed.class);
    assertThat(rig.control.puts).hasSize(1);
  }

  @Test
  void shouldNotTakeANoForNothingWrittenWhenTheDeviceCannotBeRead() {
    // Given
    rig.control.moods.add(Mood.REJECTS_AFTER);
    List<CommandOutcome> outcomes = rig.execute(sign(speed("c-1", 50, rig.time.nowNs())));

    // When
    rig.time.advance(2_000_000);
    rig.control.disconnect();
    rig.time.advance(10 * SECOND);

    // Then
    assertThat(outcomes).singleElement().isInstanceOf(Unknown.class);
  }

  @Test
  void shouldWaitForAReadingFromAfterThePutBeforeItReadsAsBefore() {
    // Given: the source took its last reading before the put
    rig.control.takenNs.put(pv(HEATER), rig.time.nowNs());
    rig.control.moods.add(Mood.REJECTS_AFTER);

    // When
    List<CommandOutcome> outcomes = rig.execute(sign(heater()));
    rig.time.advance(4 * SECOND);
    boolean early = outcomes.isEmpty();
    rig.control.takenNs.put(pv(HEATER), rig.time.nowNs());
    rig.time.advance(SECOND);

    // Then
    assertThat(early).isTrue();
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.REJECTED_BY_DEVICE));
  }

  @Test
  void shouldNotTakeAnOldReadingForNothingWritten() {
    // Given: a source whose clock is ahead, and that is not read again
    rig.control.takenNs.put(pv(HEATER), rig.time.nowNs() + 5 * SECOND);
    rig.control.tell(pv(HEATER));
    rig.control.moods.add(Mood.REJECTS_AFTER);

    // When
    CommandOutcome outcome = rig.run(sign(heater()));

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.why()).contains("after the put"));
  }

  @Test
  void shouldNotResolveByAReadingFromBeforeThePutWasOver() {
    // Given: Orrery dies in the middle of a put that the device takes
    rig.control.takenNs.put(pv(HEATER), rig.time.nowNs());
    rig.control.moods.add(Mood.LOSES);
    rig.execute(sign(heater()));
    rig.time.advance(SECOND);
    rig.crashAndRestart();
    rig.time.advance(20 * SECOND);

    // When
    Optional<CommandOutcome> before = rig.outcome("c-1");
    rig.control.takenNs.put(pv(HEATER), rig.time.nowNs());
    rig.control.silently(pv(HEATER), Value.of(50.0));
    Optional<CommandOutcome> after = rig.outcome("c-1");

    // Then
    assertThat(before).get().isInstanceOf(Unknown.class);
    assertThat(after).get().isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldResolveAsBeforeByAReadingFromAfterwards() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(sign(heater()));
    rig.tickFor(6 * SECOND);

    // When
    Optional<CommandOutcome> resolved = rig.outcome("c-1");

    // Then
    assertThat(resolved)
        .get()
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.READS_AS_BEFORE));
  }

  @Test
  void shouldNotConfirmAValueThatTheDeviceLetGoOf() {
    // Given
    rig.control.moods.add(Mood.TAKES_AND_FALLS_BACK);

    // When
    CommandOutcome outcome = rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    Optional<CommandOutcome> later = rig.outcome("c-1");

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.why()).contains("reads 40.0"));
    assertThat(later).get().isInstanceOf(Unknown.class);
  }

  @Test
  void shouldConfirmAMomentaryValueThatWasShownAndReturned() {
    // Given
    rig.control.moods.add(Mood.TAKES_AND_FALLS_BACK);

    // When
    CommandOutcome outcome = rig.run(reset());

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Confirmed.class,
            done -> assertThat(done.readback()).isEqualTo(label(IDLE_RESET, "RESET")));
  }

  @Test
  void shouldNotTakeTheIdleValueOfAMomentaryChannelForNothingWritten() {
    // Given
    rig.control.moods.add(Mood.TAKES_SILENTLY);
    CommandOutcome outcome = rig.run(reset());
    rig.control.show(pv(RESET), label(IDLE_RESET, "IDLE"));

    // When
    rig.tickFor(60 * SECOND);
    Optional<CommandOutcome> late = rig.outcome("c-1");
    rig.control.moods.add(Mood.REJECTS_AFTER);
    CommandOutcome rejected = rig.run(sign(command("c-2")));

    // Then
    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(late)
        .get()
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.why()).contains("idle", "look"));
    assertThat(rejected).isInstanceOf(Unknown.class);
    assertThat(rig.control.puts).hasSize(2);
  }

  @Test
  void shouldNotConfirmByAPvThatMeansSomethingElse() {
    // Given
    rig.control.moods.add(Mood.LIES);
    List<CommandOutcome> outcomes = rig.execute(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.control.egus.put(pv(SPEED), "rpm");
    rig.control.silently(pv(SPEED), Value.of(50.0));

    // When
    rig.time.advance(40 * SECOND);

    // Then
    assertThat(outcomes).singleElement().isInstanceOf(Unknown.class);
  }

  private Command heater() {
    return TestPlant.command("c-1", HEATER, Value.of(50.0), "W", rig.time.nowNs(), List.of());
  }

  private SignedCommand reset() {
    return sign(command("c-1"));
  }

  private Command command(String id) {
    return TestPlant.command(
        id, RESET, label(IDLE_RESET, "RESET"), "", rig.time.nowNs(), List.of());
  }
}
