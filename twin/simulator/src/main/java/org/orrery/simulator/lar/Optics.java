package org.orrery.simulator.lar;

/**
 * Refraction of scintillation light, as on lar.bnl.gov. Wavelengths in nm. Stateless and
 * thread-safe.
 */
public final class Optics {
  private static final double GAS_GRAM_PER_CM3 = 1.0034 * 0.0017840;

  private Optics() {}

  /** Refractive index of argon gas at normal conditions. */
  public static double gasIndex(double nanometres) {
    double um = nanometres / 1000.0;
    double k2 = 1.0 / (um * um);
    return 1.0
        + 1.2055e-2 * (0.2075 / (91.012 - k2) + 0.0415 / (87.892 - k2) + 4.3330 / (214.02 - k2));
  }

  /** Refractive index of liquid argon at a density in g/cm3 (Lorentz-Lorenz). */
  public static double liquidIndex(double nanometres, double densityGramPerCm3) {
    double n2 = gasIndex(nanometres) * gasIndex(nanometres);
    double gas = (2.0 + n2) * GAS_GRAM_PER_CM3;
    return Math.sqrt(gas + 2.0 * (n2 - 1.0) * densityGramPerCm3)
        / Math.sqrt(gas + densityGramPerCm3 - n2 * densityGramPerCm3);
  }

  /** Group velocity of light in liquid argon over that in vacuum. */
  public static double groupVelocity(double nanometres, double densityGramPerCm3) {
    double n = liquidIndex(nanometres, densityGramPerCm3);
    double slope = (liquidIndex(nanometres + 0.01, densityGramPerCm3) - n) / 0.01;
    return 1.0 / n + nanometres / (n * n) * slope;
  }
}
