package org.orrery.supervision.core.playbook;

import static org.orrery.supervision.core.playbook.Writes.MINUTE_NS;
import static org.orrery.supervision.core.playbook.Writes.PUT_TIMEOUT_NS;
import static org.orrery.supervision.core.playbook.Writes.SECOND_NS;
import static org.orrery.supervision.core.playbook.Writes.shows;
import static org.orrery.supervision.core.playbook.Writes.within;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.value.Value;

/**
 * Channels and steps that the high-voltage playbooks share. The cathode is negative; kV. Stateless.
 */
final class HighVoltage {
  static final ChannelId VOLTAGE_SET = new ChannelId("hv.cathode.voltage-set");
  static final ChannelId RAMP_SET = new ChannelId("hv.cathode.ramp-set");
  static final ChannelId ENABLE = new ChannelId("hv.cathode.enable");
  static final ChannelId RESET = new ChannelId("hv.cathode.reset");
  static final ChannelId VOLTAGE = new ChannelId("hv.cathode.voltage");
  static final ChannelId STATE = new ChannelId("hv.cathode.state");
  static final ChannelId REMOTE = new ChannelId("hv.cathode.remote");
  static final ChannelId GROUND_PLANE = new ChannelId("hv.groundplane.gp06");
  static final ChannelId INTERLOCK = new ChannelId("interlock.hv-level");
  static final ChannelId PRESSURE = new ChannelId("cryo.pressure.absolute");

  static final List<ChannelId> CHANNELS =
      List.of(
          VOLTAGE_SET,
          RAMP_SET,
          ENABLE,
          RESET,
          VOLTAGE,
          STATE,
          REMOTE,
          GROUND_PLANE,
          INTERLOCK,
          PRESSURE);

  /** Ramp rate, V/s: the lower end of what is usual, 60 to 120. */
  static final double RAMP_VOLTS_PER_S = 60;

  private static final double NA_BELOW = -100;

  /** Ground-plane current above which something sparks or streams, nA; leakage is below 1. */
  static final double QUIET_NANOAMPS = 100;

  /**
   * Voltage read back may differ from the set point by the drop over the filter resistor and the
   * meter, 1 %.
   */
  private static final double TOLERANCE_SHARE = 0.01;

  private static final double TOLERANCE_KV = 0.5;

  private HighVoltage() {}

  static Precondition remote() {
    return shows(REMOTE, "REMOTE", "nobody works at the cathode supply");
  }

  static Precondition interlock() {
    return shows(INTERLOCK, "OK", "the level interlock allows high voltage");
  }

  static Precondition pressure() {
    return within(PRESSURE, 1000, 1200, "the liquid does not boil");
  }

  /** How long a change takes at the ramp rate, plus five minutes, plant ns. */
  static long rampNs(double fromKilovolts, double toKilovolts) {
    double seconds = Math.abs(toKilovolts - fromKilovolts) * 1e3 / RAMP_VOLTS_PER_S;
    return Math.round(seconds) * SECOND_NS + 5 * MINUTE_NS;
  }

  static VerificationLimit voltageAt(Writes writes, double kilovolts, long withinNs, long holdNs) {
    double tolerance = Math.max(TOLERANCE_KV, TOLERANCE_SHARE * Math.abs(kilovolts));
    return writes.limit(VOLTAGE, kilovolts - tolerance, kilovolts + tolerance, withinNs, holdNs);
  }

  static VerificationLimit quiet(Writes writes, long withinNs, long holdNs) {
    return writes.limit(GROUND_PLANE, NA_BELOW, QUIET_NANOAMPS, withinNs, holdNs);
  }

  static Step setRamp(Writes writes) {
    return new Step(
        "Set the ramp rate to 60 V/s",
        RAMP_SET,
        Value.of(RAMP_VOLTS_PER_S),
        writes.channel(RAMP_SET).unit(),
        List.of(remote()),
        List.of(),
        "The voltage has not moved; only its ramp rate is set.",
        Optional.empty(),
        PUT_TIMEOUT_NS);
  }

  static Step setVoltage(
      Writes writes,
      String title,
      double kilovolts,
      List<Precondition> preconditions,
      List<VerificationLimit> verification,
      Optional<Step.Undo> undo) {
    return new Step(
        title,
        VOLTAGE_SET,
        Value.of(kilovolts),
        writes.channel(VOLTAGE_SET).unit(),
        preconditions,
        verification,
        "The supply ramps by itself to the last set point and stays there; its own trip protects"
            + " the detector.",
        undo,
        PUT_TIMEOUT_NS);
  }

  /** Down is always safe. */
  static Step.Undo backTo(double kilovolts) {
    return new Step.Undo(
        Value.of(kilovolts),
        List.of(remote()),
        "the supply ramps down to " + kilovolts + " kV by itself, and down is always safe");
  }
}
