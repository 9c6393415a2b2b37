package org.orrery.twin.core.model;

import org.orrery.twin.core.graph.Expr;

/**
 * Two circulation pumps in parallel, a filter, and one oxygen-equivalent impurity with a constant
 * source: the flow carries it to the filter and back.
 */
final class Purification {
  private Purification() {}

  /** What the other subsystems need to know: the flow in kg/s and the pumps' heat in kW. */
  record Circulation(Expr flow, Expr pumpKilowatts) {}

  private record Pump(Expr share, Expr capacity) {}

  static Circulation build(ModelBuilder b) {
    Pump a =
        pump(
            b,
            "purif.pump-a",
            StateVariable.PUMP_A_HERTZ,
            b.input(InputVariable.PUMP_A_ENABLED).times(b.input(InputVariable.PUMP_A_SET_HERTZ)),
            b.state(StateVariable.FAULT_PUMP_A_HEALTH),
            b.state(StateVariable.LOG_CAPACITY_A));
    Pump c =
        pump(
            b,
            "purif.pump-b",
            StateVariable.PUMP_B_HERTZ,
            b.input(InputVariable.PUMP_B_ENABLED).times(b.input(InputVariable.PUMP_B_SET_HERTZ)),
            b.state(StateVariable.FAULT_PUMP_B_HEALTH),
            b.state(StateVariable.LOG_CAPACITY_B));
    // Two pumps into one line give less than their sum.
    Expr flow =
        a.capacity().pow(2.0).plus(c.capacity().pow(2.0)).sqrt().times(Constants.NOMINAL_FLOW);
    b.sensor(
        new Sensor("purif.flow", "flow", new Calibration.Exact(), 0.8, "kg/s"),
        flow,
        flow.times(0.002).plus(0.025));
    Expr drop = flow.over(Constants.NOMINAL_FLOW).pow(2.0).times(50.0);
    Expr viaB = b.input(InputVariable.FILTER_B_SELECTED);
    filter(b, "purif.filter-a.dp", drop.times(viaB.negate().plus(1.0)));
    filter(b, "purif.filter-b.dp", drop.times(viaB));

    Expr log = b.state(StateVariable.LOG_IMPURITY);
    Expr source =
        b.state(StateVariable.LOG_SOURCE)
            .minus(log)
            .exp()
            .times(Constants.NOMINAL_TURNOVER_PER_SECOND);
    Expr removal =
        flow.times(b.state(StateVariable.FAULT_FILTER_EFFICIENCY)).over(Constants.LIQUID_KILOGRAMS);
    b.next(
        StateVariable.LOG_IMPURITY,
        log.plus(source.minus(removal).times(b.input(InputVariable.STEP_SECONDS))));
    Expr lifetime =
        Argon.lifetimeTimesImpurity(b.constant(0.5))
            .over(log.exp().times(Constants.NOMINAL_IMPURITY_PPB));
    // A charge ratio that hardly differs from 1 says little: the error grows with the lifetime.
    Expr relative = lifetime.times(0.0008).plus(0.008);
    for (int i = 1; i <= 3; i++) {
      b.sensor(
          new Sensor(
              "purif.prm" + i + ".lifetime", "purity", new Calibration.Gain(0.25), 3.0, "ms"),
          lifetime,
          lifetime.times(relative));
    }
    Expr heat =
        a.share().pow(3.0).plus(c.share().pow(3.0)).times(b.state(StateVariable.PUMP_KILOWATTS));
    return new Circulation(flow, heat);
  }

  private static Pump pump(
      ModelBuilder b,
      String device,
      StateVariable speedState,
      Expr target,
      Expr health,
      Expr logCapacity) {
    Expr speed = b.state(speedState);
    b.next(
        speedState,
        speed.plus(target.times(health).minus(speed).times(b.lag(Constants.PUMP_LAG_SECONDS))));
    Expr share = speed.over(Constants.NOMINAL_HERTZ);
    b.sensor(
        new Sensor(device + ".speed", device + ".speed", new Calibration.Exact(), 25.0, "Hz"),
        speed,
        speed.times(0.005).plus(0.1));
    Expr load = share.times(share);
    b.sensor(
        new Sensor(device + ".current", device + ".current", new Calibration.Gain(0.9), 5.0, "A"),
        load.times(10.0),
        load.times(0.03).plus(0.15));
    b.sensor(
        new Sensor(device + ".dp", device + ".dp", new Calibration.Gain(0.9), 400.0, "mbar"),
        load.times(800.0),
        load.times(4.0).plus(8.0));
    return new Pump(share, logCapacity.exp().times(share));
  }

  private static void filter(ModelBuilder b, String channel, Expr drop) {
    b.sensor(
        new Sensor(channel, channel, new Calibration.Gain(0.9), 40.0, "mbar"),
        drop,
        drop.times(0.01).plus(0.5));
  }
}
