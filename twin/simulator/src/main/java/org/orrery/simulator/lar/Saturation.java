package org.orrery.simulator.lar;

/**
 * Short formulas for argon on its saturation line. Temperatures in K. Stateless and thread-safe.
 * {@link TegelerEquation} has the full equation of state.
 */
public final class Saturation {
  /** Critical temperature, K (Tegeler et al., JPCRD 28 (1999) 779). */
  public static final double T_CRITICAL_KELVIN = 150.687;

  /** Critical pressure, bar (same source). */
  public static final double P_CRITICAL_BAR = 48.630;

  /** Critical density, g/cm3 (same source). */
  public static final double RHO_CRITICAL_GRAM_PER_CM3 = 0.5356;

  /** Molar mass, kg/mol. */
  public static final double MOLAR_MASS_KG_PER_MOL = 0.039948;

  private static final int NEWTON_STEPS = 30;

  private Saturation() {}

  /** Vapour pressure, bar: Tegeler's ancillary equation, as in BNL {@code LAr.C VPressure}. */
  public static double pressureBar(double temperatureKelvin) {
    double phi = 1.0 - temperatureKelvin / T_CRITICAL_KELVIN;
    return P_CRITICAL_BAR * Math.exp(T_CRITICAL_KELVIN / temperatureKelvin * exponent(phi));
  }

  private static double exponent(double phi) {
    double root = Math.sqrt(phi);
    double phi2 = phi * phi;
    return -5.9409785 * phi
        + 1.3553888 * phi * root
        - 0.46497607 * phi2
        - 1.5399043 * phi2 * phi2 * root;
  }

  /** Slope of the vapour pressure, mbar/K: the derivative of {@link #pressureBar}. */
  public static double slopeMillibarPerKelvin(double temperatureKelvin) {
    return 1e3 * pressureBar(temperatureKelvin) * logarithmicSlope(temperatureKelvin);
  }

  private static double logarithmicSlope(double temperatureKelvin) {
    double phi = 1.0 - temperatureKelvin / T_CRITICAL_KELVIN;
    double root = Math.sqrt(phi);
    double phi2 = phi * phi;
    double byPhi =
        -5.9409785
            + 1.5 * 1.3553888 * root
            - 2.0 * 0.46497607 * phi
            - 4.5 * 1.5399043 * phi2 * phi * root;
    return -T_CRITICAL_KELVIN / (temperatureKelvin * temperatureKelvin) * exponent(phi)
        - byPhi / temperatureKelvin;
  }

  /** Temperature at which {@link #pressureBar} takes the given value, K; for 0.5 to 10 bar. */
  public static double temperatureKelvin(double pressureBar) {
    double t = 87.303 + 9.35 * Math.log(pressureBar / 1.01325);
    for (int i = 0; i < NEWTON_STEPS; i++) {
      double next = temperatureNear(pressureBar, t);
      boolean settled = Math.abs(next - t) < 1e-10;
      t = next;
      if (settled) {
        break;
      }
    }
    return t;
  }

  /**
   * One Newton step of {@link #temperatureKelvin} from a guess, K; exact to 1e-9 K where the guess
   * is within 1 mK.
   */
  public static double temperatureNear(double pressureBar, double guessKelvin) {
    double logRatio = Math.log(pressureBar / pressureBar(guessKelvin));
    return guessKelvin + logRatio / logarithmicSlope(guessKelvin);
  }

  /** Density of the saturated liquid, g/cm3: Tegeler's ancillary equation, as on lar.bnl.gov. */
  public static double liquidDensityGramPerCm3(double temperatureKelvin) {
    double phi = 1.0 - temperatureKelvin / T_CRITICAL_KELVIN;
    double phi2 = phi * phi;
    return RHO_CRITICAL_GRAM_PER_CM3
        * Math.exp(
            1.5004262 * Math.pow(phi, 0.334)
                - 0.31381290 * Math.pow(phi, 2.0 / 3.0)
                + 0.086461622 * Math.pow(phi, 7.0 / 3.0)
                - 0.041477525 * phi2 * phi2);
  }

  /** Density of the liquid, g/cm3, as in LArSoft's {@code Density()}; 0.3 % below the rest. */
  public static double densityLarSoftGramPerCm3(double temperatureKelvin) {
    return -0.00615 * temperatureKelvin + 1.928;
  }

  /** Heat of vaporisation, kJ/mol, 83.8 to 100 K: BNL {@code LAr.C Enthalpy}. */
  public static double heatOfVaporisationKjPerMol(double temperatureKelvin) {
    return (7.98304 - 0.0481275 * temperatureKelvin) / (1.0 - 0.0047259 * temperatureKelvin);
  }

  /** Heat of vaporisation, J/kg, from {@link #heatOfVaporisationKjPerMol}. */
  public static double heatOfVaporisationJoulePerKg(double temperatureKelvin) {
    return heatOfVaporisationKjPerMol(temperatureKelvin) / MOLAR_MASS_KG_PER_MOL * 1e3;
  }

  /** Heat capacity of the liquid, kJ/kg/K: BNL {@code LAr.C Cp}. */
  public static double heatCapacityKjPerKgKelvin(double temperatureKelvin) {
    return 2.126910
        - 0.02416936 * temperatureKelvin
        + 1.4438771e-4 * temperatureKelvin * temperatureKelvin;
  }

  /** Melting pressure, bar (Tegeler 1999), triple point 83.8058 K. */
  public static double meltingPressureBar(double temperatureKelvin) {
    double theta = temperatureKelvin / 83.8058;
    return 0.68891
        * (1.0
            - 7476.2665 * (Math.pow(theta, 1.05) - 1.0)
            + 9959.0613 * (Math.pow(theta, 1.275) - 1.0));
  }

  /** Speed of sound in the liquid, m/s: BNL {@code LAr.C} fit. */
  public static double speedOfSoundMetrePerSecond(double temperatureKelvin) {
    return (1327.6370386 - 7.4603194 * temperatureKelvin)
        / (1.0 - 0.002213558263 * temperatureKelvin);
  }
}
