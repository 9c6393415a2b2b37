package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** An outage of the mains, and the way back. */
class SiteFaultTest {

  @Test
  void shouldMoveWhatTheTruthSaysAndNothingElse() {
    // Given
    TruthCheck check = new TruthCheck(51).hours(1);
    // When / Then
    assertThat(check.failures("F22 start hours=2")).isEmpty();
  }

  @Test
  void shouldStayOffWhenTheMainsReturnUntilTheCrewActs() {
    // Given
    Recorder recorder = new Recorder(52);
    recorder.hours(1).say("F22 start hours=3").hours(2);
    assertThat(recorder.put("purif.pump-a.enable", 1)).isInstanceOf(PutResult.Refused.class);
    assertThat(recorder.put("cryo.condenser.enable", 1)).isInstanceOf(PutResult.Refused.class);
    // When
    recorder.hours(2);
    // Then
    assertThat(recorder.last("site.power")).isEqualTo(1);
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.last("purif.pump-a.enable")).isZero();
    assertThat(recorder.last("purif.flow")).isCloseTo(0, within(0.05));
    assertThat(recorder.last("cryo.condenser.valve-position")).isLessThan(2);
    assertThat(recorder.last("cryo.pressure.gauge")).isGreaterThan(148);
  }

  @Test
  void shouldComeBackInTheRightOrder() {
    // Given
    Recorder recorder = new Recorder(52);
    double lifetime = recorder.hours(24).last("purif.prm2.lifetime");
    recorder.say("F22 start hours=3").hours(20);
    double low = recorder.last("purif.prm2.lifetime");
    // When
    recorder.put("cryo.condenser.enable", 1);
    recorder.hours(6);
    recorder.put("purif.pump-a.enable", 1);
    recorder.hours(6);
    // Then
    assertThat(low).isLessThan(lifetime - 0.5);
    assertThat(recorder.last("cryo.pressure.gauge")).isCloseTo(140, within(2.0));
    assertThat(recorder.last("purif.flow")).isGreaterThan(1.5);
    assertThat(recorder.last("purif.prm2.lifetime")).isLessThan(lifetime - 0.4);
    recorder.hours(14 * 24);
    assertThat(recorder.last("purif.prm2.lifetime")).isCloseTo(lifetime, within(0.6));
  }

  @Test
  void shouldRaiseThePressureFasterWhenAPumpComesBeforeTheCondenser() {
    // Given
    Recorder waiting = new Recorder(53);
    Recorder hasty = new Recorder(53);
    waiting.hours(1).say("F22 start hours=1").hours(1.5);
    hasty.hours(1).say("F22 start hours=1").hours(1.5);
    // When
    hasty.put("purif.pump-a.enable", 1);
    waiting.hours(4);
    hasty.hours(4);
    // Then
    assertThat(hasty.last("cryo.pressure.gauge"))
        .isGreaterThan(waiting.last("cryo.pressure.gauge") + 1.5);
  }
}
