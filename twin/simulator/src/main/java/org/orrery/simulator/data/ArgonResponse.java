package org.orrery.simulator.data;

import org.orrery.simulator.lar.Diffusion;
import org.orrery.simulator.lar.DriftVelocity;
import org.orrery.simulator.lar.Recombination;
import org.orrery.simulator.lar.Saturation;
import org.orrery.simulator.lar.SpaceCharge;

/**
 * What muons show under given conditions of the argon: the same relations as in the plant's {@code
 * TrackObservables}. Immutable.
 *
 * @param drifts whether there is a field
 * @param driftMicroseconds time from cathode to anode, us
 * @param anodeKePerCm most probable charge near the anode before attachment, 1000 e/cm
 * @param cathodeKePerCm the same near the cathode, 1000 e/cm
 * @param survivalAtCathode share of the charge that reaches the anode from the cathode
 * @param lightRelative light of a muon relative to nominal
 * @param diffusionMicroseconds smearing of the arrival from the cathode, us RMS
 */
record ArgonResponse(
    boolean drifts,
    double driftMicroseconds,
    double anodeKePerCm,
    double cathodeKePerCm,
    double survivalAtCathode,
    double lightRelative,
    double diffusionMicroseconds) {
  /** Most probable loss of a muon, MeV/cm. */
  static final double MPV_MEV_PER_CM = 1.7;

  /** Below this field nothing arrives, kV/cm. */
  static final double LEAST_KV_PER_CM = 0.02;

  private static final double MOST_ALPHA = 1.2;
  private static final double SLOW_LIGHT_SHARE = 0.77;
  private static final double SLOW_LIGHT_US = 1.59;
  private static final double NITROGEN_PER_US_PPM = 0.11;
  private static final int STEPS = 8;

  static ArgonResponse of(ArgonConditions argon, double driftCm) {
    double field = argon.fieldKvPerCm();
    if (field < LEAST_KV_PER_CM) {
      return new ArgonResponse(false, 0, 0, 0, 0, light(0.0, argon.nitrogenPpm()), 0);
    }
    double alpha = Math.min(MOST_ALPHA, argon.spaceChargeAlpha());
    double a = SpaceCharge.anodeFieldRatio(alpha);
    double cathodeField = field * Math.hypot(a, alpha);
    double microseconds = 0.0;
    for (int i = 0; i < STEPS; i++) {
      double x = (i + 0.5) / STEPS;
      double local = field * Math.hypot(a, alpha * x);
      microseconds += driftCm / STEPS / DriftVelocity.li(local, argon.kelvin());
    }
    double rho = Saturation.liquidDensityGramPerCm3(argon.kelvin());
    double survival = Math.exp(-microseconds * 1e-3 / argon.lifetimeMilliseconds());
    double spreadCm =
        Math.sqrt(2.0 * Diffusion.longitudinal(field, argon.kelvin()) * microseconds * 1e-6);
    return new ArgonResponse(
        true,
        microseconds,
        chargeKePerCm(field * a, rho),
        chargeKePerCm(cathodeField, rho),
        survival,
        light(Recombination.modifiedBox(MPV_MEV_PER_CM, field, rho), argon.nitrogenPpm()),
        spreadCm / DriftVelocity.li(cathodeField, argon.kelvin()));
  }

  /** Most probable charge of a muon at a field, 1000 e/cm. */
  static double chargeKePerCm(double fieldKvPerCm, double rho) {
    return 1e-3
        / Recombination.W_ION_MEV
        * MPV_MEV_PER_CM
        * Recombination.modifiedBox(MPV_MEV_PER_CM, fieldKvPerCm, rho);
  }

  private static double light(double recombination, double nitrogenPpm) {
    double slow = 1.0 / (1.0 + SLOW_LIGHT_US * NITROGEN_PER_US_PPM * nitrogenPpm);
    double quench = 1.0 - SLOW_LIGHT_SHARE + SLOW_LIGHT_SHARE * slow;
    return Recombination.light(recombination) * quench / (Recombination.light(0.7145) * 0.83);
  }

  /** Most probable charge at a place between anode (0) and cathode (1), as it arrives. */
  double arrivingKePerCm(double x) {
    double made = anodeKePerCm + x * (cathodeKePerCm - anodeKePerCm);
    return made * Math.pow(survivalAtCathode, x);
  }

  /** The same in equal slices from anode to cathode. */
  double[] profileKePerCm(int slices) {
    double[] profile = new double[slices];
    for (int i = 0; i < slices; i++) {
      profile[i] = arrivingKePerCm((i + 0.5) / slices);
    }
    return profile;
  }
}
