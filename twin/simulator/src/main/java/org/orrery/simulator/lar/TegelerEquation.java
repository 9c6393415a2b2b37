package org.orrery.simulator.lar;

/**
 * The equation of state of argon: Tegeler, Span, Wagner, J. Phys. Chem. Ref. Data 28 (1999) 779, a
 * sum over powers, exponentials and Gaussians in {@code tau = Tc/T} and {@code delta = rho/rho_c}
 * for the residual Helmholtz energy, with the coefficients as CoolProp ships them. Temperatures in
 * K, molar densities in mol/m3. Stateless and thread-safe.
 */
public final class TegelerEquation {
  /** Critical temperature, K. */
  public static final double T_CRITICAL_KELVIN = 150.687;

  /** Critical density, mol/m3. */
  public static final double RHO_CRITICAL_MOL_PER_M3 = 13407.42965855612;

  /** Critical pressure, Pa. */
  public static final double P_CRITICAL_PASCAL = 4.863e6;

  /** Molar gas constant that belongs to the equation, J/mol/K. */
  public static final double GAS_CONSTANT = 8.31451;

  /** Molar mass, kg/mol. */
  public static final double MOLAR_MASS = 0.039948;

  /**
   * Each row: coefficient, exponent of delta, exponent of tau, exponent inside exp (0 for none).
   */
  private static final double[][] POWERS = {
    {0.088722304990011, 1, 0, 0},
    {0.70514805167298, 1, 0.25, 0},
    {-1.682011565409, 1, 1, 0},
    {-0.14909014431486, 1, 2.75, 0},
    {-0.1202480460094, 1, 4, 0},
    {-0.12164978798599, 2, 0, 0},
    {0.40035933626752, 2, 0.25, 0},
    {-0.27136062699129, 2, 0.75, 0},
    {0.24211924579645, 2, 2.75, 0},
    {0.005788958318557, 3, 0, 0},
    {-0.041097335615341, 3, 2, 0},
    {0.024710761541614, 4, 0.75, 0},
    {-0.32181391750702, 1, 3, 1},
    {0.33230017695794, 1, 3.5, 1},
    {0.031019986287345, 3, 1, 1},
    {-0.030777086002437, 4, 2, 1},
    {0.093891137419581, 4, 4, 1},
    {-0.090643210682031, 5, 3, 1},
    {-0.00045778349276654, 7, 0, 1},
    {-8.2659729025197e-05, 10, 0.5, 1},
    {0.00013013415603147, 10, 1, 1},
    {-0.011397840001996, 2, 1, 2},
    {-0.024455169960535, 2, 7, 2},
    {-0.064324067175955, 4, 5, 2},
    {0.058889471093674, 4, 6, 2},
    {-0.00064933552112965, 8, 6, 2},
    {-0.013889862158435, 3, 10, 3},
    {0.4048983929691, 5, 13, 3},
    {-0.38612519594749, 5, 14, 3},
    {-0.18817142332233, 6, 11, 3},
    {0.15977647596482, 6, 14, 3},
    {0.053985518513856, 7, 8, 3},
    {-0.028953417958014, 7, 14, 3},
    {-0.013025413381384, 8, 6, 3},
    {0.0028948696775778, 9, 7, 3},
    {-0.0022647134304796, 5, 24, 4},
    {0.0017616456196368, 6, 22, 4},
  };

  /** Each row: coefficient, exponent of delta, exponent of tau, eta, beta, gamma; epsilon is 1. */
  private static final double[][] GAUSSIANS = {
    {0.0058552454482774, 2, 3, 20, 250, 1.11},
    {-0.69251908270028, 1, 1, 20, 375, 1.14},
    {1.5315490030516, 2, 0, 20, 300, 1.17},
    {-0.0027380447449783, 3, 0, 20, 225, 1.11},
  };

  private TegelerEquation() {}

  /**
   * The residual Helmholtz energy over RT and its derivatives, each multiplied by the powers of tau
   * and delta that make it dimensionless.
   *
   * @param a the energy itself
   * @param d delta times its derivative to delta
   * @param dd delta squared times its second derivative to delta
   * @param t tau times its derivative to tau
   * @param tt tau squared times its second derivative to tau
   * @param dt delta tau times its mixed derivative
   */
  public record Residual(double a, double d, double dd, double t, double tt, double dt) {}

  /** Evaluates the residual part. */
  public static Residual residual(double kelvin, double molPerM3) {
    double tau = T_CRITICAL_KELVIN / kelvin;
    double delta = molPerM3 / RHO_CRITICAL_MOL_PER_M3;
    double[] sum = new double[6];
    for (double[] row : POWERS) {
      double inside = row[3] == 0 ? 0.0 : Math.pow(delta, row[3]);
      double value = row[0] * Math.pow(delta, row[1]) * Math.pow(tau, row[2]) * Math.exp(-inside);
      double byDelta = row[1] - row[3] * inside;
      double byDelta2 = byDelta * (byDelta - 1.0) - row[3] * row[3] * inside;
      collect(sum, value, byDelta, byDelta2, row[2], row[2] * (row[2] - 1.0));
    }
    for (double[] row : GAUSSIANS) {
      double x = delta - 1.0;
      double y = tau - row[5];
      double value =
          row[0]
              * Math.pow(delta, row[1])
              * Math.pow(tau, row[2])
              * Math.exp(-row[3] * x * x - row[4] * y * y);
      double byDelta = row[1] - 2.0 * row[3] * delta * x;
      double byDelta2 = byDelta * byDelta - row[1] - 2.0 * row[3] * delta * delta;
      double byTau = row[2] - 2.0 * row[4] * tau * y;
      double byTau2 = byTau * byTau - row[2] - 2.0 * row[4] * tau * tau;
      collect(sum, value, byDelta, byDelta2, byTau, byTau2);
    }
    return new Residual(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5]);
  }

  private static void collect(
      double[] sum, double value, double d, double dd, double t, double tt) {
    sum[0] += value;
    sum[1] += value * d;
    sum[2] += value * dd;
    sum[3] += value * t;
    sum[4] += value * tt;
    sum[5] += value * d * t;
  }

  /** Pressure, Pa. */
  public static double pressurePascal(double kelvin, double molPerM3) {
    return molPerM3 * GAS_CONSTANT * kelvin * (1.0 + residual(kelvin, molPerM3).d());
  }

  /** Heat capacity at constant volume, J/mol/K. */
  public static double isochoricHeatCapacity(double kelvin, double molPerM3) {
    return GAS_CONSTANT * (1.5 - residual(kelvin, molPerM3).tt());
  }

  /** Heat capacity at constant pressure, J/mol/K. */
  public static double isobaricHeatCapacity(double kelvin, double molPerM3) {
    Residual r = residual(kelvin, molPerM3);
    double mixed = 1.0 + r.d() - r.dt();
    return GAS_CONSTANT * (1.5 - r.tt() + mixed * mixed / (1.0 + 2.0 * r.d() + r.dd()));
  }

  /** Speed of sound, m/s. */
  public static double speedOfSound(double kelvin, double molPerM3) {
    Residual r = residual(kelvin, molPerM3);
    double mixed = 1.0 + r.d() - r.dt();
    double square = 1.0 + 2.0 * r.d() + r.dd() + mixed * mixed / (1.5 - r.tt());
    return Math.sqrt(square * GAS_CONSTANT * kelvin / MOLAR_MASS);
  }

  /** Density at which the pressure takes the given value, mol/m3, found from a guess near it. */
  public static double density(double kelvin, double pascal, double guessMolPerM3) {
    double rho = guessMolPerM3;
    for (int i = 0; i < 100; i++) {
      Residual r = residual(kelvin, rho);
      double rt = GAS_CONSTANT * kelvin;
      double step = (rho * rt * (1.0 + r.d()) - pascal) / (rt * (1.0 + 2.0 * r.d() + r.dd()));
      rho -= step;
      if (Math.abs(step) < 1e-13 * rho) {
        break;
      }
    }
    return rho;
  }
}
