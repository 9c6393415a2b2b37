package org.orrery.simulator.lar;

/** Capture of drifting electrons by impurities. Fields in kV/cm. Stateless and thread-safe. */
public final class Attachment {
  private Attachment() {}

  /**
   * Capture rate on oxygen per unit mole fraction, 1/s: fit of Li et al., arXiv:2205.06888, as on
   * lar.bnl.gov.
   */
  public static double oxygenRatePerSecond(double fieldKvPerCm) {
    double e = fieldKvPerCm;
    return 1e11
        * (39.4 / 0.925794 + 39.4 * e + 1.20062 * e * e)
        / (1.0 + 0.925794 * e + 1.63816 * e * e);
  }

  /** Electron lifetime, ms, for an oxygen-equivalent mole fraction in parts per 1e9. */
  public static double lifetimeMilliseconds(double fieldKvPerCm, double oxygenEquivalentPpb) {
    return 1e3 / (oxygenRatePerSecond(fieldKvPerCm) * oxygenEquivalentPpb * 1e-9);
  }

  /** Share of the charge that survives {@code driftMilliseconds} of drift. */
  public static double survival(double driftMilliseconds, double lifetimeMilliseconds) {
    return Math.exp(-driftMilliseconds / lifetimeMilliseconds);
  }
}
