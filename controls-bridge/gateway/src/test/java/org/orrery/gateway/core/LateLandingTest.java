package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.FIELD;
import static org.orrery.gateway.core.TestPlant.FIELD_SHOWN;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.pv;
import static org.orrery.gateway.core.TestPlant.sign;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.CommandOutcome.Unknown;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.FakeControl.Mood;

/** Puts that were not answered, and servers that may still have them in hand. */
class LateLandingTest {
  private final GateRig rig = new GateRig();

  private SignedCommand field(String id, double kilovolts) {
    return sign(
        TestPlant.command(id, FIELD, Value.of(kilovolts), "kV", rig.time.nowNs(), List.of()));
  }

  private Optional<CommandOutcome> settled(String id) {
    return AttemptBook.of(rig.journal).settled(new CommandId(id));
  }

  @Test
  void shouldNotSayThatAPutWasNotTakenWhileTheServerOfItsSetPointHangs() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(field("c-1", 50));
    rig.control.hanging.add(pv(FIELD));

    // When
    rig.tickFor(3_600 * SECOND);
    Optional<CommandOutcome> whileItHangs = rig.outcome("c-1");
    rig.control.hanging.clear();
    rig.control.show(pv(FIELD), Value.of(50.0));
    rig.control.show(pv(FIELD_SHOWN), Value.of(50.0));
    rig.tickFor(2 * SECOND);

    // Then
    assertThat(whileItHangs)
        .get()
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).contains(FIELD + " cannot be read back yet"));
    assertThat(settled("c-1")).get().isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldCountTheTimeFromTheFirstAnswerOnAndAnewAfterASilence() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.control.hanging.add(pv(SPEED));
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.tickFor(60 * SECOND);

    // When
    rig.control.hanging.clear();
    rig.tickFor(4 * SECOND);
    rig.control.disconnect();
    rig.tickFor(4 * SECOND);
    rig.control.connect();
    rig.tickFor(4 * SECOND);
    Optional<CommandOutcome> early = settled("c-1");
    rig.tickFor(4 * SECOND);

    // Then
    assertThat(early).isEmpty();
    assertThat(settled("c-1"))
        .get()
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.READS_AS_BEFORE));
  }

  @Test
  void shouldNotSayThatAPutWasNotTakenWhenItsSetPointShowsIt() {
    // Given: the set point took it, and what it moves does not move
    rig.control.moods.add(Mood.LOSES);
    rig.run(field("c-1", 50));
    rig.control.show(pv(FIELD), Value.of(50.0));

    // When
    rig.tickFor(10 * SECOND);

    // Then
    assertThat(settled("c-1"))
        .get()
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).contains("reads 40.0", "reads 50.0", "look"));
  }

  @Test
  void shouldTellOfAPutThatArrivesAfterAConfirmedWriteTowardsSafety() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(field("c-1", 50));
    rig.control.moods.add(Mood.LOSES);
    rig.execute(field("c-2", 10));
    rig.control.show(pv(FIELD), Value.of(10.0));
    rig.control.show(pv(FIELD_SHOWN), Value.of(10.0));
    rig.tickFor(20 * SECOND);
    Optional<CommandOutcome> down = settled("c-2");
    Optional<String> before = rig.gate.doubt();

    // When
    rig.control.show(pv(FIELD), Value.of(50.0));
    rig.tickFor(2 * SECOND);
    Optional<String> told = rig.gate.doubt();
    rig.control.show(pv(FIELD), Value.of(10.0));
    rig.tickFor(2 * SECOND);

    // Then
    assertThat(down).get().isInstanceOf(Confirmed.class);
    assertThat(before).isEmpty();
    assertThat(told).get().asString().contains("arrived late", FIELD + " to 50.0 by command c-1");
    assertThat(settled("c-1"))
        .get()
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).contains("shows 50.0", "arrived late"));
    assertThat(putLog().getLast().reason()).isEmpty();
    assertThat(putLog().getLast().detail()).contains("arrived late");
    assertThat(rig.gate.doubt()).isEmpty();
    assertThat(rig.control.puts).hasSize(2);
  }

  @Test
  void shouldTellOfAPutThatArrivesAfterTheDeviceReadAsBeforeAlsoAfterARestart() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.tickFor(10 * SECOND);
    Optional<CommandOutcome> notTaken = settled("c-1");
    rig.crashAndRestart();
    rig.tickFor(300 * SECOND);

    // When
    rig.control.show(pv(SPEED), Value.of(50.0));
    rig.tickFor(4 * SECOND);

    // Then
    assertThat(notTaken).get().isInstanceOf(Refused.class);
    assertThat(rig.gate.doubt()).get().asString().contains("arrived late");
    assertThat(rig.records.getLast().outcome()).get().isInstanceOf(Unknown.class);
  }

  @Test
  void shouldSayNothingOfAValueThatWasWrittenAnewOrComesTooLate() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.tickFor(10 * SECOND);
    CommandOutcome again = rig.run(sign(speed("c-2", 50, rig.time.nowNs())));
    rig.control.moods.add(Mood.LOSES);
    rig.run(field("c-3", 50));
    rig.tickFor(10 * SECOND);
    int records = rig.records.size();

    // When
    rig.tickFor(100 * SECOND);
    rig.time.advance(LateLandings.WATCHED_NS);
    rig.control.show(pv(FIELD), Value.of(50.0));
    rig.tickFor(10 * SECOND);

    // Then
    assertThat(again).isInstanceOf(Confirmed.class);
    assertThat(rig.gate.doubt()).isEmpty();
    assertThat(rig.records).hasSize(records);
  }

  @Test
  void shouldTellOfALatePutAlsoWhereAWriteOfTheSameValueNeverLeft() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(field("c-1", 50));
    rig.tickFor(10 * SECOND);
    rig.control.moods.add(Mood.NEVER_SENDS);
    CommandOutcome again = rig.run(field("c-2", 50));

    // When
    rig.control.show(pv(FIELD), Value.of(50.0));
    rig.tickFor(4 * SECOND);

    // Then
    assertThat(again).isInstanceOf(Refused.class);
    assertThat(rig.gate.doubt()).get().asString().contains("arrived late");
  }

  @Test
  void shouldNotTakeADeviceThatIsSlowToShowAPutForALateOne() {
    // Given: the set point took it, and what it moves is on its way
    rig.control.moods.add(Mood.LOSES);
    rig.run(field("c-1", 50));
    rig.control.show(pv(FIELD), Value.of(50.0));
    rig.control.show(pv(FIELD_SHOWN), Value.of(43.0));

    // When
    rig.tickFor(60 * SECOND);
    rig.control.show(pv(FIELD_SHOWN), Value.of(50.0));
    rig.tickFor(60 * SECOND);

    // Then
    assertThat(settled("c-1"))
        .get()
        .isInstanceOfSatisfying(
            Unknown.class, u -> assertThat(u.why()).doesNotContain("arrived late"));
    assertThat(rig.gate.doubt()).isEmpty();
  }

  @Test
  void shouldNotTakeTheValueOfALaterConfirmedWriteForALatePut() {
    // Given
    rig.control.moods.add(Mood.LOSES);
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    rig.tickFor(10 * SECOND);
    CommandOutcome again = rig.run(sign(speed("c-2", 50, rig.time.nowNs())));
    rig.control.moods.add(Mood.LOSES);
    rig.run(sign(speed("c-3", 20, rig.time.nowNs())));

    // When
    rig.tickFor(60 * SECOND);

    // Then
    assertThat(again).isInstanceOf(Confirmed.class);
    assertThat(settled("c-3")).get().isInstanceOf(Refused.class);
    assertThat(rig.gate.doubt()).isEmpty();
  }

  private List<PutRecord> putLog() {
    PutLog log = new PutLog();
    List<PutRecord> puts = new ArrayList<>();
    for (int i = 0; i < rig.journal.size(); i++) {
      log.step(i, rig.journal.get(i)).ifPresent(puts::add);
    }
    return puts;
  }
}
