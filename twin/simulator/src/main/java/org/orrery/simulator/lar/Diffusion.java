package org.orrery.simulator.lar;

/**
 * Diffusion of drifting electrons: Li et al. 2016 as on lar.bnl.gov. Fields in kV/cm, temperatures
 * in K. Stateless and thread-safe.
 */
public final class Diffusion {
  private Diffusion() {}

  /** Longitudinal characteristic energy, eV. */
  public static double longitudinalEnergyEv(double fieldKvPerCm, double temperatureKelvin) {
    double e = fieldKvPerCm;
    return (0.0075 + 742.9 * e + 3269.6 * e * e)
        / (1.0 + 742.9 / 0.0075 * e + 31678.2 * e * e)
        * temperatureKelvin
        / 87.0;
  }

  /** Longitudinal diffusion coefficient, cm2/s. */
  public static double longitudinal(double fieldKvPerCm, double temperatureKelvin) {
    return longitudinalEnergyEv(fieldKvPerCm, temperatureKelvin)
        * DriftVelocity.mobilityLi(fieldKvPerCm, temperatureKelvin);
  }

  /**
   * Transverse diffusion coefficient, cm2/s, from {@code D_L/D_T = 1 + (E/mu) dmu/dE}; the slope is
   * taken over one part in a thousand of the field, as the source does.
   */
  public static double transverse(double fieldKvPerCm, double temperatureKelvin) {
    double mu = DriftVelocity.mobilityLi(fieldKvPerCm, temperatureKelvin);
    double next = DriftVelocity.mobilityLi(fieldKvPerCm * 1.001, temperatureKelvin);
    double slope = (next - mu) / (0.001 * fieldKvPerCm);
    return longitudinal(fieldKvPerCm, temperatureKelvin) / (1.0 + fieldKvPerCm / mu * slope);
  }
}
