package org.orrery.simulator.plant;

import org.orrery.simulator.lar.DriftVelocity;
import org.orrery.simulator.lar.Recombination;
import org.orrery.simulator.lar.Saturation;
import org.orrery.simulator.lar.SpaceCharge;

/**
 * What through-going muons show: charge near anode and cathode, drift time, light. Space charge
 * follows the field with the transit time of the ions. Advanced by the plant; not thread-safe.
 */
public final class TrackObservables {
  /** Points of the charge profile along the drift. */
  public static final int PROFILE_POINTS = 20;

  private static final double MPV_MEV_PER_CM = 1.7;
  private static final double NOMINAL_ALPHA = 0.70;
  private static final double NOMINAL_KV_PER_CM = 0.5;
  private static final double ION_METRE_PER_SECOND = 0.008;
  private static final double LEAST_KV_PER_CM = 0.02;
  private static final double SLOW_LIGHT_SHARE = 0.77;
  private static final double SLOW_LIGHT_US = 1.59;
  private static final double NITROGEN_PER_US_PPM = 0.11;

  /** Departure of tracks from straight lines after calibration, mm [M]. */
  private static final double RESIDUAL_MM = 0.6;

  /** Share of the drift length by which tracks bend per relative change of the ion density [M]. */
  private static final double BEND_BY_IONS = 0.01;

  private final double driftCm;
  private final double injection;
  private final Wander injectionWander;
  private final double calibratedDensity;
  private double ionDensity;
  private double driftMicroseconds = Double.NaN;
  private double anodeKePerCm = Double.NaN;
  private double cathodeKePerCm = Double.NaN;
  private double lightRelative = 1.0;
  private double survivalAtCathode = Double.NaN;

  TrackObservables(DetectorConfig config, SimRandom random) {
    this.driftCm = config.driftMetres() * 100.0;
    this.injection = random.uniform(0.9, 1.1);
    this.injectionWander = new Wander(0.02, 6.0 * 3600.0, random);
    double alpha = NOMINAL_ALPHA * NOMINAL_KV_PER_CM;
    this.ionDensity = alpha * alpha * injection / NOMINAL_KV_PER_CM;
    this.calibratedDensity = ionDensity;
  }

  void advance(
      double dtSeconds,
      double cathodeVolts,
      double kelvin,
      Purity purity,
      double flowRelative,
      SimRandom random) {
    double field = cathodeVolts * 1e-3 / driftCm;
    double wander = 1.0 + injectionWander.advance(dtSeconds, random);
    // The ions set (alpha E)^2 = K L^2 / (eps mu) in the steady state, at any field. Their density
    // goes as 1/E and
    // follows within the transit time, so that after a step of the field the old density meets the
    // new field.
    double full = NOMINAL_ALPHA * NOMINAL_KV_PER_CM;
    double stirred = 1.04 - 0.04 * flowRelative;
    double steady = full * full * injection * wander * stirred;
    double target = field > LEAST_KV_PER_CM ? steady / field : 0.0;
    double transit =
        driftCm * 0.01 / ION_METRE_PER_SECOND * NOMINAL_KV_PER_CM / Math.max(0.05, field);
    ionDensity += (target - ionDensity) * Math.min(1.0, dtSeconds / transit);
    observe(field, kelvin, purity);
  }

  private void observe(double field, double kelvin, Purity purity) {
    double rho = Saturation.liquidDensityGramPerCm3(kelvin);
    if (field < LEAST_KV_PER_CM) {
      driftMicroseconds = Double.NaN;
      anodeKePerCm = Double.NaN;
      cathodeKePerCm = Double.NaN;
      survivalAtCathode = Double.NaN;
      lightRelative = light(0.0, purity);
      return;
    }
    double alpha = Math.min(1.2, Math.sqrt(ionDensity / field));
    double a = SpaceCharge.anodeFieldRatio(alpha);
    double anodeField = field * a;
    double cathodeField = field * Math.sqrt(a * a + alpha * alpha);
    double microseconds = 0.0;
    double lost = 0.0;
    int steps = 8;
    for (int i = 0; i < steps; i++) {
      double x = (i + 0.5) / steps;
      double local = field * Math.sqrt(a * a + alpha * alpha * x * x);
      double part = driftCm / steps / DriftVelocity.li(local, kelvin);
      microseconds += part;
      lost += part * 1e-3 / purity.lifetimeMilliseconds(local);
    }
    driftMicroseconds = microseconds;
    survivalAtCathode = Math.exp(-lost);
    double perMev = 1e-3 / Recombination.W_ION_MEV * MPV_MEV_PER_CM;
    anodeKePerCm = perMev * Recombination.modifiedBox(MPV_MEV_PER_CM, anodeField, rho);
    cathodeKePerCm =
        perMev * Recombination.modifiedBox(MPV_MEV_PER_CM, cathodeField, rho) * survivalAtCathode;
    lightRelative = light(Recombination.modifiedBox(MPV_MEV_PER_CM, field, rho), purity);
  }

  private static double light(double recombination, Purity purity) {
    double slow = 1.0 / (1.0 + SLOW_LIGHT_US * NITROGEN_PER_US_PPM * purity.nitrogenPpm());
    double quench = 1.0 - SLOW_LIGHT_SHARE + SLOW_LIGHT_SHARE * slow;
    double reference = Recombination.light(0.7145) * 0.83;
    return Recombination.light(recombination) * quench / reference;
  }

  /** Time that charge needs from cathode to anode, us; NaN without field. */
  public double driftMicroseconds() {
    return driftMicroseconds;
  }

  /** Most probable charge density near the anode, thousand electrons per cm; NaN without field. */
  public double anodeKePerCm() {
    return anodeKePerCm;
  }

  /**
   * Most probable charge density near the cathode, thousand electrons per cm; NaN without field.
   */
  public double cathodeKePerCm() {
    return cathodeKePerCm;
  }

  /** Light per track relative to nominal. */
  public double lightRelative() {
    return lightRelative;
  }

  /**
   * Departure of tracks that cross anode and cathode from straight lines, mm; NaN without field.
   * The map of the field was made with the ion density of quiet running.
   *
   * @param fieldDistortion shift of the potential near the field cage, as a share of the voltage
   */
  public double residualMillimetres(double fieldDistortion) {
    if (Double.isNaN(driftMicroseconds)) {
      return Double.NaN;
    }
    double driftMm = driftCm * 10.0;
    double ions = BEND_BY_IONS * driftMm * Math.abs(ionDensity / calibratedDensity - 1.0);
    return Math.hypot(Math.hypot(RESIDUAL_MM, ions), driftMm * fieldDistortion);
  }

  /** Charge density along the drift, thousand electrons per cm, from anode to cathode. */
  public double profileKePerCm(int point) {
    double x = (point + 0.5) / PROFILE_POINTS;
    double unattenuated = anodeKePerCm + x * (cathodeKePerCm / survivalAtCathode - anodeKePerCm);
    return unattenuated * Math.pow(survivalAtCathode, x);
  }

  void exchange(StateCodec codec) {
    injectionWander.exchange(codec);
    ionDensity = codec.ofDouble(ionDensity);
    driftMicroseconds = codec.ofDouble(driftMicroseconds);
    anodeKePerCm = codec.ofDouble(anodeKePerCm);
    cathodeKePerCm = codec.ofDouble(cathodeKePerCm);
    lightRelative = codec.ofDouble(lightRelative);
    survivalAtCathode = codec.ofDouble(survivalAtCathode);
  }
}
