package org.orrery.simulator.lar;

/**
 * Energy loss of charged particles in liquid argon, with Sternheimer's density effect. Momenta in
 * GeV/c, masses in MeV/c2, densities in g/cm3, results in MeV/cm. Stateless and thread-safe.
 */
public final class EnergyLoss {
  private static final double K_MEV_CM2_PER_MOL = 0.307075;
  private static final double ELECTRON_MEV = 0.510998918;
  private static final double Z = 18.0;
  private static final double A = 39.948;
  private static final double EXCITATION_EV = 188.0;

  private EnergyLoss() {}

  /** Mean loss of a muon without a cut on delta rays: Bethe-Bloch as in LArSoft {@code Eloss}. */
  public static double mean(double gevPerC, double massMev, double densityGramPerCm3) {
    double bg = gevPerC * 1e3 / massMev;
    double gamma = Math.sqrt(1.0 + bg * bg);
    double beta2 = bg * bg / (gamma * gamma);
    double ratio = ELECTRON_MEV / massMev;
    double mostMev = 2.0 * ELECTRON_MEV * bg * bg / (1.0 + 2.0 * gamma * ratio + ratio * ratio);
    double logarithm =
        Math.log(2.0 * ELECTRON_MEV * bg * bg * mostMev / (1e-12 * EXCITATION_EV * EXCITATION_EV));
    double stopping = Math.max(1.0, 0.5 * logarithm - beta2 - 0.5 * densityEffect(bg));
    return densityGramPerCm3 * K_MEV_CM2_PER_MOL * Z * stopping / (A * beta2);
  }

  /** Most probable loss over a thickness in cm: Landau-Vavilov-Bichsel as on lar.bnl.gov. */
  public static double mostProbable(
      double gevPerC, double massMev, double thicknessCm, double densityGramPerCm3) {
    double bg = gevPerC * 1e3 / massMev;
    double beta2 = bg * bg / (1.0 + bg * bg);
    double psi = K_MEV_CM2_PER_MOL / 2.0 * Z / A / beta2 * densityGramPerCm3 * thicknessCm;
    double coefficient =
        Math.log(2.0 * ELECTRON_MEV * 1e6 * bg * bg / EXCITATION_EV)
            + Math.log(psi * 1e6 / EXCITATION_EV)
            + 0.2
            - beta2
            - densityEffect(bg);
    return psi * coefficient / thicknessCm;
  }

  private static double densityEffect(double bg) {
    double x = Math.log10(bg);
    if (x < 0.2) {
      return 0.0;
    }
    double delta = 2.0 * Math.log(10.0) * x - 5.2146;
    return x < 3.0 ? delta + 0.1956 * Math.pow(3.0 - x, 3.0) : delta;
  }
}
