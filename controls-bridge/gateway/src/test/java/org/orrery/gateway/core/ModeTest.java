package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.HEATER;
import static org.orrery.gateway.core.TestPlant.MODE;
import static org.orrery.gateway.core.TestPlant.MODES;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.label;
import static org.orrery.gateway.core.TestPlant.pv;
import static org.orrery.gateway.core.TestPlant.sign;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.value.Value;

/** Which detector mode the gate takes: the heater of the test plant is armed in PHYSICS only. */
class ModeTest {
  private final GateRig rig = new GateRig();
  private int number;

  @Example
  void shouldTakeTheModeForUnknownWhileItsChannelCannotBeRead() {
    // Given: operations goes on saying PHYSICS, as it heard last
    rig.takeModeFromChannel();
    assertThat(heat(41)).isInstanceOf(Confirmed.class);

    // When: the channel that tells the mode falls silent
    rig.time.advance(60 * SECOND);
    rig.control.tell(pv(HEATER));
    rig.connections.tick();
    CommandOutcome after = heat(42);
    rig.control.tell(pv(HEATER));
    CommandOutcome towardsSafety = heat(30);

    // Then
    assertNotArmed(after, "the detector mode is not known (its channel cannot be read: daq.mode");
    assertThat(towardsSafety).isInstanceOf(Confirmed.class);
  }

  @Example
  void shouldNotWaitForOperationsToHearThatTheModeHasChanged() {
    // Given
    rig.takeModeFromChannel();

    // When
    rig.control.show(pv(MODE), label(MODES, "STANDBY"));
    CommandOutcome outcome = heat(41);

    // Then
    assertNotArmed(outcome, "daq.mode shows STANDBY and operations says PHYSICS");
  }

  @Example
  void shouldTakeOperationsWordWhereNoChannelTellsTheMode() {
    // When
    rig.control.show(pv(MODE), label(MODES, "STANDBY"));

    // Then
    assertThat(heat(41)).isInstanceOf(Confirmed.class);
  }

  /** Only where both say a mode in which the channel is armed, whichever said it first. */
  @Property(tries = 50)
  void shouldWriteOnlyWhereChannelAndOperationsAgreeOnAModeInWhichItIsArmed(
      @ForAll List<Boolean> turns) {
    // Given
    GateRig own = new GateRig();
    own.takeModeFromChannel();
    String channel = "PHYSICS";
    String operations = "PHYSICS";

    for (boolean channelTurns : turns) {
      // When
      if (channelTurns) {
        channel = other(channel);
        own.control.show(pv(MODE), label(MODES, channel));
      } else {
        operations = other(operations);
        own.operations = Optional.of(inMode(operations));
      }
      own.control.show(pv(HEATER), Value.of(40.0));
      CommandOutcome outcome = heat(own, 41);
      own.time.advance(600 * SECOND);

      // Then
      boolean armed = channel.equals("PHYSICS") && operations.equals("PHYSICS");
      assertThat(outcome instanceof Confirmed).as(channel + " " + operations).isEqualTo(armed);
    }
  }

  private static String other(String mode) {
    return mode.equals("PHYSICS") ? "STANDBY" : "PHYSICS";
  }

  private static OperationsState inMode(String mode) {
    return new OperationsState(mode, Optional.empty(), Optional.empty(), List.of());
  }

  private static void assertNotArmed(CommandOutcome outcome, String detail) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            no -> {
              assertThat(no.reason()).isEqualTo(Reason.NOT_ARMED);
              assertThat(no.detail()).contains(detail);
            });
  }

  private CommandOutcome heat(double watts) {
    return heat(rig, watts);
  }

  private CommandOutcome heat(GateRig own, double watts) {
    List<CommandOutcome> answers =
        own.execute(
            sign(
                TestPlant.command(
                    "c-" + ++number, HEATER, Value.of(watts), "W", own.time.nowNs(), List.of())));
    own.time.advance(40 * SECOND);
    return answers.getFirst();
  }
}
