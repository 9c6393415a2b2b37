package org.orrery.twin.core.model;

import org.orrery.twin.core.graph.Expr;

/**
 * The drift high voltage: the supply ramps to its set point, or collapses when tripped or off; the
 * resistor chains draw a proportional current; a streamer adds to it and returns through the ground
 * planes, a warm-side leak adds to it and does not.
 */
final class HighVoltage {
  /** Time in which the voltage decays once the supply is off, s. */
  private static final double DECAY_SECONDS = 4.0;

  /** Share of a streamer's current that ground plane 6 collects; default. */
  private static final double PLANE_SHARE = 0.7;

  private HighVoltage() {}

  static void build(ModelBuilder b) {
    Expr voltage = b.state(StateVariable.CATHODE_KILOVOLTS);
    Expr on =
        b.input(InputVariable.CATHODE_ENABLED)
            .times(b.state(StateVariable.FAULT_HV_TRIPPED).negate().plus(1.0));
    Expr reach =
        b.input(InputVariable.CATHODE_RAMP_VOLTS_PER_SECOND)
            .times(b.input(InputVariable.STEP_SECONDS))
            .over(1000.0);
    Expr set = b.input(InputVariable.CATHODE_SET_KILOVOLTS);
    Expr ramped = set.min(voltage.plus(reach)).max(voltage.minus(reach));
    Expr decayed = voltage.minus(voltage.times(b.lag(DECAY_SECONDS)));
    b.next(StateVariable.CATHODE_KILOVOLTS, on.then(ramped, decayed));
    b.next(
        StateVariable.FAULT_HV_TRIPPED,
        b.input(InputVariable.CATHODE_RESET)
            .then(b.constant(0.0), b.state(StateVariable.FAULT_HV_TRIPPED)));

    Expr streamer = b.state(StateVariable.FAULT_STREAMER_MICROAMPS);
    Expr chain =
        voltage
            .times(StateVariable.CHAIN_MICROAMPS_PER_KILOVOLT)
            .times(b.state(StateVariable.LOG_CHAIN).exp());
    Expr flowing = voltage.greater(1.0);
    Expr current =
        chain
            .plus(flowing.times(streamer))
            .plus(flowing.times(b.state(StateVariable.FAULT_WARM_LEAK_MICROAMPS)));
    b.sensor(
        new Sensor("hv.cathode.voltage", "hv.voltage", new Calibration.Exact(), 60.0, "kV"),
        voltage.negate(),
        b.constant(0.1));
    b.sensor(
        new Sensor("hv.cathode.current", "hv.current", new Calibration.Exact(), 15.0, "uA"),
        current,
        current.times(0.0005).plus(0.05));
    b.sensor(
        new Sensor("hv.cathode.state", "hv.state", new Calibration.Exact(), 1.5, "1"),
        b.state(StateVariable.FAULT_HV_TRIPPED),
        b.constant(0.15));
    Expr collected = flowing.times(streamer).times(1000.0);
    b.sensor(
        new Sensor("hv.groundplane.gp06", "hv.gp06", new Calibration.Offset(20.0), 2000.0, "nA"),
        collected.times(PLANE_SHARE),
        collected.times(0.35).plus(1.0));
    b.sensor(
        new Sensor("hv.beamplug.current", "hv.beamplug", new Calibration.Offset(20.0), 500.0, "nA"),
        collected.times(0.05),
        collected.times(0.1).plus(1.0));
  }
}
