package org.orrery.twin.core.model;

import org.orrery.twin.core.graph.Expr;

/**
 * The cryostat as two heat nodes: bulk liquid, and a surface layer with which the vapour is
 * saturated. Heat enters both, mixing couples them (weaker when no pump runs), the condenser takes
 * heat from the surface in proportion to its valve, and a PI loop moves the valve to hold the gauge
 * pressure.
 */
final class Cryostat {
  /** Number of temperature sensors in the liquid. */
  static final int PROFILE_SENSORS = 40;

  /** How far mixing and stratification let the effect of a fault be foretold; default. */
  private static final double EFFECT_SHARE = 0.3;

  /** Share of the surface's temperature that the topmost sensor feels; default. */
  private static final double SURFACE_FEEL = 0.85;

  /** Depth over which that falls by e, in sensors; default. */
  private static final double SURFACE_DEPTH = 4.0;

  private Cryostat() {}

  static void build(ModelBuilder b, Expr flow, Expr pumpKilowatts) {
    Expr step = b.input(InputVariable.STEP_SECONDS);
    Expr bulk = b.state(StateVariable.BULK_KELVIN);
    Expr surface = b.state(StateVariable.SURFACE_KELVIN);
    Expr absolute = Argon.saturationMillibars(surface);
    Expr hold = b.state(StateVariable.FAULT_BAROMETER_HOLD);
    Expr atmosphere = hold.then(hold, b.input(InputVariable.BAROMETER_MILLIBARS));
    Expr gauge = absolute.minus(atmosphere);

    Expr integral = b.state(StateVariable.LOOP_INTEGRAL);
    Expr gain = b.state(StateVariable.LOG_LOOP_GAIN).exp().times(Constants.LOOP_GAIN_PER_MILLIBAR);
    Expr error =
        gauge
            .plus(b.state(StateVariable.LOOP_OFFSET_MILLIBARS))
            .minus(b.input(InputVariable.PRESSURE_SET_MILLIBARS));
    Expr integralSeconds =
        b.state(StateVariable.LOG_LOOP_TIME).exp().times(Constants.LOOP_INTEGRAL_SECONDS);
    Expr automatic = gain.times(error).plus(integral).max(0.0).min(1.0);
    Expr manual = b.input(InputVariable.CONDENSER_MANUAL);
    Expr command = manual.then(b.input(InputVariable.VALVE_MANUAL), automatic);
    Expr grown = integral.plus(gain.times(error).times(step).over(integralSeconds));
    // The integral stops at the ends of the valve, and follows a hand-set valve without a bump.
    b.next(
        StateVariable.LOOP_INTEGRAL,
        manual.then(b.input(InputVariable.VALVE_MANUAL), grown.max(0.0).min(1.0)));

    Expr opening = b.state(StateVariable.VALVE_OPENING);
    Expr moved = opening.plus(command.minus(opening).times(b.lag(Constants.VALVE_LAG_SECONDS)));
    b.next(
        StateVariable.VALVE_OPENING, b.state(StateVariable.FAULT_VALVE_STUCK).then(opening, moved));

    double nominalPerKelvin =
        1000.0
            * Constants.CONDENSER_KILOWATTS
            / (Constants.NOMINAL_SURFACE_KELVIN - Constants.NITROGEN_KELVIN);
    Expr condensed =
        b.state(StateVariable.LOG_CONDENSER)
            .exp()
            .times(nominalPerKelvin)
            .times(surface.minus(Constants.NITROGEN_KELVIN).max(0.0))
            .times(opening)
            .times(b.state(StateVariable.NITROGEN_SHARE));
    Expr share = b.state(StateVariable.NITROGEN_SHARE);
    b.next(
        StateVariable.NITROGEN_SHARE,
        share.plus(
            b.state(StateVariable.FAULT_LN2_SUPPLY)
                .minus(share)
                .times(b.lag(Constants.NITROGEN_LAG_SECONDS))));
    Expr heat = b.state(StateVariable.HEAT_KILOWATTS).plus(pumpKilowatts).times(1000.0);
    double bulkCapacity = Constants.LIQUID_KILOGRAMS * Argon.HEAT_CAPACITY;
    // Without circulation the bulk mixes by convection alone.
    Expr missing = flow.over(Constants.NOMINAL_FLOW).min(1.5).minus(1.0);
    Expr stirring = missing.times(b.state(StateVariable.STIRRED_SHARE)).plus(1.0);
    Expr mixed =
        bulk.minus(surface)
            .times(stirring)
            .times(bulkCapacity / Constants.MIXING_SECONDS)
            .over(b.state(StateVariable.LOG_MIXING).exp());
    b.next(
        StateVariable.BULK_KELVIN,
        bulk.plus(
            heat.times(1.0 - Constants.SURFACE_SHARE).minus(mixed).times(step).over(bulkCapacity)));
    Expr surfaceCapacity =
        b.state(StateVariable.LOG_SURFACE_CAPACITY)
            .exp()
            .times(Constants.SURFACE_JOULES_PER_KELVIN);
    b.next(
        StateVariable.SURFACE_KELVIN,
        surface.plus(
            heat.times(Constants.SURFACE_SHARE)
                .plus(mixed)
                .minus(condensed)
                .times(step)
                .over(surfaceCapacity)));

    b.sensor(
        new Sensor("cryo.pressure.absolute", "pressure", new Calibration.Offset(5.0), 30.0, "mbar")
            .withEffectShare(EFFECT_SHARE),
        absolute,
        b.constant(0.15));
    b.sensor(
        new Sensor("cryo.pressure.gauge", "pressure", new Calibration.Offset(3.0), 30.0, "mbar")
            .withEffectShare(EFFECT_SHARE),
        gauge,
        b.constant(0.15));
    b.sensor(
        new Sensor("cryo.condenser.valve-command", "valve.cmd", new Calibration.Exact(), 100.0, "%")
            .withEffectShare(EFFECT_SHARE),
        command.times(100.0),
        b.constant(1.0));
    b.sensor(
        new Sensor(
                "cryo.condenser.valve-position",
                "valve.pos",
                new Calibration.Offset(1.0),
                100.0,
                "%")
            .withEffectShare(EFFECT_SHARE),
        opening.times(100.0),
        b.constant(1.0));
    Expr nitrogen = condensed.over(Constants.NITROGEN_JOULES_PER_GRAM);
    b.sensor(
        new Sensor("cryo.ln2.flow", "ln2.flow", new Calibration.Gain(0.3), 50.0, "g/s")
            .withEffectShare(0.1),
        nitrogen,
        nitrogen.times(0.02).plus(0.5));
    for (int i = 1; i <= PROFILE_SENSORS; i++) {
      String channel = "cryo.rtd.t%02d".formatted(i);
      // The topmost sensors feel the surface, the lower ones only the bulk.
      double nearness = SURFACE_FEEL * Math.exp((i - PROFILE_SENSORS) / SURFACE_DEPTH);
      b.sensor(
          new Sensor(channel, "rtd", new Calibration.Offset(0.05), 1.0, "K")
              .withEffectShare(EFFECT_SHARE),
          bulk.plus(surface.minus(bulk).times(nearness)),
          b.constant(0.005));
    }
  }
}
