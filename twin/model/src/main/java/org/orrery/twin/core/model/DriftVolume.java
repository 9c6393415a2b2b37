package org.orrery.twin.core.model;

import org.orrery.twin.core.graph.Expr;

/**
 * What tracks show: charge near the anode and near the cathode, the drift time of crossing tracks,
 * light. They tie voltage, temperature and purity together: a change of field moves charge and
 * light in opposite directions, a change of purity moves only charge that drifts.
 */
final class DriftVolume {
  /** Field at which the detector runs, kV/cm. */
  private static final double NOMINAL_FIELD = 0.5;

  private DriftVolume() {}

  static void build(ModelBuilder b) {
    Expr kelvin = b.state(StateVariable.BULK_KELVIN);
    Expr field =
        b.state(StateVariable.CATHODE_KILOVOLTS).over(Constants.DRIFT_CENTIMETRES).max(1e-3);
    Expr velocity = Argon.driftMillimetresPerMicrosecond(field, kelvin);
    Expr driftMicroseconds =
        velocity.pow(-1.0).times(10.0 * Constants.DRIFT_CENTIMETRES).min(60_000.0);
    Expr survival = Argon.recombinationSurvival(field, kelvin);
    Expr impurity = b.state(StateVariable.LOG_IMPURITY).exp().times(Constants.NOMINAL_IMPURITY_PPB);
    Expr lifetime = Argon.lifetimeTimesImpurity(field).over(impurity);
    Expr anode = survival.times(50.7 / 0.7);
    Expr lost = driftMicroseconds.over(-1000.0).over(lifetime).max(-30.0).exp();
    Expr cathode = anode.times(lost);
    // Below a tenth of the nominal field hardly any track is measured.
    Expr dark = field.less(0.05);
    Expr none = dark.times(20.0);
    // Far from the nominal field, recombination and drift are known less well.
    Expr strange = field.minus(NOMINAL_FIELD).abs().over(NOMINAL_FIELD).times(0.15);
    b.sensor(
        new Sensor("mon.dqdx.anode", "dqdx.anode", new Calibration.Gain(0.3), 15.0, "ke/cm"),
        anode,
        anode.times(strange.plus(0.005)).plus(none));
    b.sensor(
        new Sensor("mon.dqdx.cathode", "dqdx.cathode", new Calibration.Gain(0.3), 15.0, "ke/cm"),
        cathode,
        cathode.times(strange.plus(0.007)).plus(none));
    b.sensor(
        new Sensor("mon.crosser.drift-time", "drift-time", new Calibration.Gain(0.03), 300.0, "us"),
        driftMicroseconds,
        driftMicroseconds.times(strange.plus(0.001)).plus(dark.times(1e5)));
    Expr light = survival.times(-0.803).plus(1.0).over(0.44);
    b.sensor(
        new Sensor("mon.light.yield", "light", new Calibration.Gain(0.9), 0.5, "1"),
        light,
        light.times(strange.plus(0.01)));
  }
}
