package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.orrery.simulator.fault.Fault;
import org.orrery.simulator.fault.FaultFile;
import org.orrery.simulator.yaml.BadYamlException;

/** Faults that somebody else brings. */
class FaultFileTest {
  private static final String FILE =
      """
      # a regulator that hunts, and a thermometer that lies after it
      fault: hunting-pump
      effects:
        - knob: purif.pump-a.slip
          course: {pulses: 0.4, length: 2 min, every: 10 min}
        - sensor: cryo.rtd.t07
          lie: bias
          course: {ramp: 0.5, over: 10 min, after: 20 min}
        - actuator: purif.pump-b.enable
          trouble: refuses
          course: {step: 1}
      ends: {repaired: {channel: purif.pump-a.speed-set, value: 45, takes: 1 min}}
      truth:
        cause: the drive of pump A hunts
        subsystem: purif
        signs:
          - {channel: purif.flow, moves: down, within: 3 min}
        remedies: [lower the speed of pump A]
        mistakes: [start pump B without a look at its contactor]
      """;

  @Test
  void shouldDoWhatAFileSays() {
    // Given
    Recorder recorder = new Recorder(21);
    double thermometer = recorder.hours(0.2).mean("cryo.rtd.t07");
    // When
    recorder.say(FILE).seconds(100);
    // Then
    assertThat(recorder.last("purif.flow")).isLessThan(1.2);
    assertThat(recorder.seconds(200).last("purif.flow")).isGreaterThan(1.5);
    assertThat(recorder.put("purif.pump-b.enable", 1))
        .isEqualTo(new PutResult.Refused("purif.pump-b.enable: the device does not answer"));
    recorder.hours(0.5);
    assertThat(recorder.last("cryo.rtd.t07") - thermometer).isCloseTo(0.5, within(0.03));
    assertThat(recorder.simulator.truth().getFirst().cause()).contains("hunts");
    recorder.put("purif.pump-a.speed-set", 45);
    recorder.seconds(90);
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.put("purif.pump-b.enable", 1)).isEqualTo(new PutResult.Accepted());
  }

  @Test
  void shouldGoOnWithAFileAfterARestart() {
    // Given
    Recorder recorder = new Recorder(21);
    recorder.say(FILE).seconds(300);
    DetectorSimulator other =
        new DetectorSimulator(SimulatorConfig.reference(21), Recorder.START_NS);
    // When
    other.restore(recorder.simulator.save());
    // Then
    long until = recorder.simulator.timeNs() + 3_600_000_000_000L;
    assertThat(other.step(until)).isEqualTo(recorder.simulator.step(until));
    assertThat(other.save()).isEqualTo(recorder.simulator.save());
  }

  @Test
  void shouldTellAllThatIsWrongAtOnce() {
    // Given
    String bad =
        """
        fault: F5
        effects:
          - knob: purif.pump-a.slip
            course: {ramp: much, over: 10 parsecs}
          - sensor: cryo.rtd.t07
            lie: white
            course: {step: 1, wave: 2}
        colour: red
        truth: {cause: none, subsystem: x, signs: [{channel: a, moves: sideways, within: 1 h}]}
        """;
    // When
    BadYamlException thrown =
        catchThrowableOfType(BadYamlException.class, () -> FaultFile.read(bad));
    // Then
    assertThat(thrown.problems())
        .anySatisfy(p -> assertThat(p).contains("'fault'").contains("catalogue"))
        .anySatisfy(p -> assertThat(p).contains("'effects[1].course.ramp'").contains("number"))
        .anySatisfy(p -> assertThat(p).contains("'effects[1].course.over'").contains("10 min"))
        .anySatisfy(p -> assertThat(p).contains("'effects[2].lie'").contains("frozen"))
        .anySatisfy(p -> assertThat(p).contains("exactly one"))
        .anySatisfy(p -> assertThat(p).contains("'colour' is not known here"))
        .anySatisfy(p -> assertThat(p).contains("'truth.signs[1].moves'"));
  }

  @Test
  void shouldRefuseWhatTheDetectorDoesNotHave() {
    // Given
    Recorder recorder = new Recorder(21);
    String unknown = FILE.replace("purif.pump-a.slip", "purif.pump-c.slip");
    // When
    CommandReply reply = recorder.simulator.command(unknown);
    // Then
    assertThat(reply.done()).isFalse();
    assertThat(reply.text()).contains("purif.pump-c.slip");
    assertThat(recorder.simulator.truth()).isEmpty();
  }

  @Property(tries = 300)
  void shouldNeverFailOtherwise(@ForAll String text) {
    // Given
    String file = FaultFile.BEGINS + text;
    // When
    try {
      Fault fault = FaultFile.read(file);
      // Then
      assertThat(fault.effects()).isNotEmpty();
    } catch (BadYamlException told) {
      assertThat(told.problems()).isNotEmpty();
    }
  }
}
