package org.orrery.simulator.lar;

/**
 * Electron lifetimes for single impurities as in the BNL tool {@code LAr.C} of 2015 (Bakale-type
 * curves). Superseded for oxygen by {@link Attachment}; the water curve is a scaled N2O curve and
 * the nitrogen curve is not credible. Fields in kV/cm, temperatures in K. Stateless and
 * thread-safe.
 */
public final class LegacyLifetime {
  /** Impurities with a curve. */
  public enum Impurity {
    /** Oxygen. */
    O2,
    /** Carbon dioxide. */
    CO2,
    /** Nitrous oxide. */
    N2O,
    /** Water, scaled from nitrous oxide. */
    H2O,
    /** Sulphur hexafluoride. */
    SF6,
    /** Nitrogen. */
    N2
  }

  private LegacyLifetime() {}

  /** Electron lifetime, ms, for a concentration in parts per 1e9. */
  public static double milliseconds(
      Impurity impurity, double ppb, double kelvin, double fieldKvPerCm) {
    double density = Saturation.liquidDensityGramPerCm3(kelvin);
    double molPerLitre = 1e-9 * 1000.0 / 39.948 * density * ppb;
    return 1e3 / (rate(impurity, kelvin, fieldKvPerCm) * molPerLitre);
  }

  /** Capture rate, l/mol/s. */
  private static double rate(Impurity impurity, double kelvin, double e) {
    return switch (impurity) {
      case O2 ->
          1e10
              * (10.5435 + 9701.70895 * e + 6020.07535 * e * e)
              / (1.0 + 958.28688 * e + 415.2558 * e * e + 1053.92648 * e * e * e);
      case CO2 -> 1e10 * (0.529678 + 0.504343 * e + 4.481952 * e * e) / (1.0 + 1.69546 * e);
      case N2O -> 1e11 * nitrousOxide(e);
      case H2O -> 1.97023e11 * nitrousOxide(e);
      case SF6 -> 1e14 * (1.884705 + 0.026195 * e + 0.00009571 * e * e) / (1.0 + 0.240995 * e);
      case N2 ->
          2.66347e7
              * (1.0 + e)
              / e
              / Saturation.liquidDensityGramPerCm3(kelvin)
              * DriftVelocity.thornBlendMmPerUs(e, kelvin);
    };
  }

  private static double nitrousOxide(double e) {
    return (1.09709 + 6.68216 * e - 0.05016 * e * e) / (1.0 + 0.0276336 * e);
  }
}
