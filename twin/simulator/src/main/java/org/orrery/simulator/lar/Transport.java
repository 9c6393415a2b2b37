package org.orrery.simulator.lar;

/**
 * Viscosity, thermal conductivity and surface tension of argon. Temperatures in K, molar densities
 * in mol/m3. Stateless and thread-safe.
 */
public final class Transport {
  private static final double WELL_KELVIN = 143.2;
  private static final double SIGMA_NANOMETRE = 0.335;
  private static final double[] COLLISION = {0.431, -0.4623, 0.08406, 0.005341, -0.00331};
  private static final double RHO_REDUCING = 13407.43;

  /** Rows: coefficient (Pa s), exponent of tau, of delta, exponent inside exp (0 for none). */
  private static final double[][] VISCOSITY = {
    {1.219e-05, 0.42, 1, 0},
    {1.399e-05, 0.0, 2, 0},
    {5.027e-09, 0.95, 10, 0},
    {-1.893e-05, 0.5, 5, 2},
    {-6.698e-06, 0.9, 1, 4},
    {-3.827e-06, 0.8, 2, 4},
  };

  /** Rows: coefficient (W/m/K), exponent of tau, of delta, exponent inside exp (0 for none). */
  private static final double[][] CONDUCTIVITY = {
    {0.01373, 0.0, 1, 0},
    {0.01007, 0.0, 2, 0},
    {0.0007375, 0.0, 4, 0},
    {-0.03396, 0.8, 5, 2},
    {0.02047, 1.2, 6, 2},
    {-0.002274, 0.8, 9, 2},
    {-0.003973, 0.5, 1, 4},
  };

  private Transport() {}

  /** Viscosity of the dilute gas, Pa s: Lemmon and Jacobsen, Int. J. Thermophys. 25 (2004) 21. */
  public static double diluteViscosity(double kelvin) {
    double log = Math.log(kelvin / WELL_KELVIN);
    double exponent = 0.0;
    for (int i = COLLISION.length - 1; i >= 0; i--) {
      exponent = exponent * log + COLLISION[i];
    }
    double gramPerMol = TegelerEquation.MOLAR_MASS * 1e3;
    return 2.66958e-8
        * Math.sqrt(gramPerMol * kelvin)
        / (SIGMA_NANOMETRE * SIGMA_NANOMETRE * Math.exp(exponent));
  }

  /** Viscosity, Pa s: Lemmon and Jacobsen 2004. */
  public static double viscosity(double kelvin, double molPerM3) {
    return diluteViscosity(kelvin) + sum(VISCOSITY, kelvin, molPerM3 / RHO_REDUCING);
  }

  /**
   * Thermal conductivity, W/m/K: Lemmon and Jacobsen 2004, with their simplified Olchowy-Sengers
   * enhancement near the critical point.
   */
  public static double conductivity(double kelvin, double molPerM3) {
    double tau = TegelerEquation.T_CRITICAL_KELVIN / kelvin;
    double dilute = 0.0008158 * diluteViscosity(kelvin) * 1e6 - 0.000432 * Math.pow(tau, -0.77);
    double delta = molPerM3 / TegelerEquation.RHO_CRITICAL_MOL_PER_M3;
    return dilute + sum(CONDUCTIVITY, kelvin, delta) + critical(kelvin, molPerM3);
  }

  private static double sum(double[][] rows, double kelvin, double delta) {
    double tau = TegelerEquation.T_CRITICAL_KELVIN / kelvin;
    double sum = 0.0;
    for (double[] row : rows) {
      double inside = row[3] == 0 ? 0.0 : Math.pow(delta, row[3]);
      sum += row[0] * Math.pow(tau, row[1]) * Math.pow(delta, row[2]) * Math.exp(-inside);
    }
    return sum;
  }

  private static double compressibility(double kelvin, double molPerM3) {
    TegelerEquation.Residual r = TegelerEquation.residual(kelvin, molPerM3);
    double slope = TegelerEquation.GAS_CONSTANT * kelvin * (1.0 + 2.0 * r.d() + r.dd());
    double rhoCritical = TegelerEquation.RHO_CRITICAL_MOL_PER_M3;
    return TegelerEquation.P_CRITICAL_PASCAL / (rhoCritical * rhoCritical) * molPerM3 / slope;
  }

  private static double critical(double kelvin, double molPerM3) {
    double reference = 301.374;
    double excess =
        compressibility(kelvin, molPerM3)
            - compressibility(reference, molPerM3) * reference / kelvin;
    if (excess <= 0.0) {
      return 0.0;
    }
    double length = 1.3e-10 * Math.pow(excess / 0.055, 0.63 / 1.2415);
    double reduced = length * 3.125e9;
    double cp = TegelerEquation.isobaricHeatCapacity(kelvin, molPerM3);
    double cv = TegelerEquation.isochoricHeatCapacity(kelvin, molPerM3);
    double delta = molPerM3 / TegelerEquation.RHO_CRITICAL_MOL_PER_M3;
    double omega = 2.0 / Math.PI * ((cp - cv) / cp * Math.atan(reduced) + cv / cp * reduced);
    double cube = reduced * reduced / (3.0 * delta * delta);
    double background = 2.0 / Math.PI * (1.0 - Math.exp(-1.0 / (1.0 / reduced + cube)));
    return molPerM3
        * cp
        * 1.01
        * 1.3806488e-23
        * kelvin
        / (6.0 * Math.PI * viscosity(kelvin, molPerM3) * length)
        * (omega - background);
  }

  /** Surface tension, N/m: Mulero, Cachadina, Parra, J. Phys. Chem. Ref. Data 41 (2012) 043105. */
  public static double surfaceTension(double kelvin) {
    return 0.037 * Math.pow(1.0 - kelvin / TegelerEquation.T_CRITICAL_KELVIN, 1.25);
  }

  /** Viscosity of the saturated liquid, uPa s: fit of BNL {@code LAr.C Viscosity}. */
  public static double viscosityBnlMicroPascalSecond(double kelvin) {
    double t = kelvin / 83.8058;
    return (-65.2768756 / t + 128.5931277 / (t * t))
        / (-0.390176214 + 1.215505389 / t - 0.618990054 / (t * t));
  }

  /** Drift velocity of positive ions, m/s: fit of BNL {@code LAr.C vDarIon}; field in kV/cm. */
  public static double ionVelocityMetrePerSecond(double kelvin, double fieldKvPerCm) {
    double mobility = -1.6024763e-3 + 1.157022e-5 * kelvin + 2.86982898e-7 * kelvin * kelvin;
    return fieldKvPerCm * 10.0 * mobility;
  }

  /** Dielectric constant of the liquid: Clausius-Mossotti as in BNL {@code LAr.C epsilon}. */
  public static double dielectricConstant(double kelvin) {
    double x = 4.12568 * Saturation.liquidDensityGramPerCm3(kelvin) / 39.948;
    return (1.0 + 2.0 * x) / (1.0 - x);
  }
}
