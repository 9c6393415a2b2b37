package org.orrery.simulator.lar;

/**
 * Share of the ionisation that escapes recombination. dE/dx in MeV/cm, fields in kV/cm, densities
 * in g/cm3. Stateless and thread-safe.
 */
public final class Recombination {
  /** Energy per electron-ion pair, MeV (LArSoft {@code kGeVToElectrons} 4.237e7 per GeV). */
  public static final double W_ION_MEV = 1.0e3 / 4.237e7;

  /** Energy per excitation or ionisation as seen by light, eV. */
  public static final double W_PHOTON_EV = 19.5;

  private static final double ICARUS_ALPHA = 0.904;
  private static final double ICARUS_B90 = 0.204;
  private static final double ICARUS_R = 1.25;

  private Recombination() {}

  /** Birks' law with A = 0.800, k = 0.0486 kV/cm g/cm2/MeV: ICARUS, Amoruso et al. 2004. */
  public static double birks(double dEdx, double fieldKvPerCm, double densityGramPerCm3) {
    return 0.800 / (1.0 + 0.0486 * dEdx / (fieldKvPerCm * densityGramPerCm3));
  }

  /** Modified Box with A = 0.930, B = 0.212: ArgoNeuT 2013. */
  public static double modifiedBox(double dEdx, double fieldKvPerCm, double densityGramPerCm3) {
    double xi = 0.212 * dEdx / (fieldKvPerCm * densityGramPerCm3);
    return Math.log(0.930 + xi) / xi;
  }

  /**
   * Ellipsoidal Modified Box: ICARUS, as in larsim {@code ISCalcCorrelated}.
   *
   * @param angleDegrees angle between track and field
   */
  public static double ellipsoidalBox(
      double dEdx, double fieldKvPerCm, double densityGramPerCm3, double angleDegrees) {
    double phi = Math.toRadians(angleDegrees);
    double sin = Math.sin(phi);
    double cos = Math.cos(phi);
    double stretch = Math.sqrt(sin * sin + cos * cos / (ICARUS_R * ICARUS_R));
    double b = ICARUS_B90 * dEdx / (densityGramPerCm3 * fieldKvPerCm * stretch);
    return Math.log(ICARUS_ALPHA + b) / b;
  }

  /** Birks plus the low-field term of LArQL, as in larsim {@code ISCalcCorrelated}. */
  public static double larQl(double dEdx, double fieldKvPerCm, double densityGramPerCm3) {
    double escaping = 0.00338427 / (-6.57037 + Math.exp(1.88418 + 0.000129379 * dEdx));
    double correction = Math.exp(-fieldKvPerCm / (0.0372 * Math.log(dEdx) + 0.0124));
    return birks(dEdx, fieldKvPerCm, densityGramPerCm3) + escaping * correction;
  }

  /** Light per deposited energy relative to full recombination: 1 - 0.803 R (lar.bnl.gov). */
  public static double light(double chargeRecombination) {
    return 1.0 - 0.803 * chargeRecombination;
  }

  /** dE/dx, MeV/cm, of a charge density in e/cm under {@link #birks} (LArSoft BirksCorrection). */
  public static double birksInverse(
      double dQdxElectronsPerCm, double fieldKvPerCm, double densityGramPerCm3) {
    double k = 0.0486 / densityGramPerCm3;
    return dQdxElectronsPerCm / (0.800 / W_ION_MEV - k / fieldKvPerCm * dQdxElectronsPerCm);
  }

  /**
   * dE/dx, MeV/cm, of a charge density in e/cm under {@link #modifiedBox} (LArSoft
   * ModBoxCorrection).
   */
  public static double modifiedBoxInverse(
      double dQdxElectronsPerCm, double fieldKvPerCm, double densityGramPerCm3) {
    double beta = 0.212 / (densityGramPerCm3 * fieldKvPerCm);
    return (Math.exp(beta * W_ION_MEV * dQdxElectronsPerCm) - 0.930) / beta;
  }
}
