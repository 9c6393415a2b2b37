package org.orrery.simulator.lar;

/**
 * Mobility and drift velocity of electrons in liquid argon. Fields in kV/cm, temperatures in K.
 * Stateless and thread-safe.
 */
public final class DriftVelocity {
  private static final double A0 = 551.6;
  private static final double A1 = 7953.7 * 0.9;
  private static final double A2 = 4440.43;
  private static final double A3 = 4.29;
  private static final double A4 = 43.63;
  private static final double A5 = 0.2053;
  private static final double T_REFERENCE_KELVIN = 89.0;
  private static final double MM_PER_CM = 10.0;

  /** P1 to P6 and T0 of the six-parameter formula, for results in mm/us. */
  private static final double[] ICARUS = {
    -0.04640, 0.01712, 1.88125, 0.99408, 0.01172, 4.20214, 105.749
  };

  private static final double[] ICARUS_LONG = {
    -0.04640231, 0.0171171, 1.881246, 0.9940772, 0.0117183, 4.202141, 105.7491
  };

  private static final double[] WALKOWIAK = {-0.01481, -0.0075, 0.141, 12.4, 1.627, 0.317, 90.371};

  private DriftVelocity() {}

  /**
   * Electron mobility, cm2/V/s: the global fit of Li et al. 2016 (NIM A816 160) with the
   * coefficient a1 scaled by 0.9 to the MicroBooNE and ProtoDUNE-SP drift velocities, as on
   * lar.bnl.gov.
   */
  public static double mobilityLi(double fieldKvPerCm, double temperatureKelvin) {
    return mobility(fieldKvPerCm, temperatureKelvin, A1);
  }

  private static double mobility(double fieldKvPerCm, double temperatureKelvin, double a1) {
    double root = Math.sqrt(fieldKvPerCm);
    double e2 = fieldKvPerCm * fieldKvPerCm;
    double numerator = A0 + a1 * fieldKvPerCm + A2 * fieldKvPerCm * root + A3 * e2 * root;
    double denominator = 1.0 + (a1 / A0) * fieldKvPerCm + A4 * e2 + A5 * e2 * fieldKvPerCm;
    double t = temperatureKelvin / T_REFERENCE_KELVIN;
    return numerator / denominator / (t * Math.sqrt(t));
  }

  /** Drift velocity, cm/us, from {@link #mobilityLi}. */
  public static double li(double fieldKvPerCm, double temperatureKelvin) {
    return mobilityLi(fieldKvPerCm, temperatureKelvin) * fieldKvPerCm * 1e-3;
  }

  /**
   * Drift velocity, cm/us, as the default of LArSoft's {@code
   * DetectorPropertiesStandard::DriftVelocity}: Walkowiak (NIM A449 288) blended with ICARUS data
   * below 0.699 kV/cm.
   */
  public static double larSoft(double fieldKvPerCm, double temperatureKelvin) {
    double s = temperatureKelvin - 87.203;
    double xFit = 0.0938163 - 0.0052563 * s - 0.0001470 * s * s;
    double uFit = 5.18406 + 0.01448 * s - 0.003497 * s * s - 0.000516 * s * s * s;
    return blend(fieldKvPerCm, temperatureKelvin, xFit, uFit, ICARUS) / MM_PER_CM;
  }

  /**
   * Drift velocity, mm/us, of the BNL {@code LAr.C vDrift}: the same blend as {@link #larSoft} with
   * the original digits of C. Thorn's fits.
   */
  public static double thornBlendMmPerUs(double fieldKvPerCm, double temperatureKelvin) {
    double s = temperatureKelvin - 87.302;
    double xFit = 0.0938163 - 0.0052563 * s - 0.000146981 * s * s;
    double uFit = 5.183987 + 0.01447761 * s - 0.0034972 * s * s - 0.0005162374 * s * s * s;
    return blend(fieldKvPerCm, temperatureKelvin, xFit, uFit, ICARUS_LONG);
  }

  /**
   * Drift velocity, cm/us, as larnd-sim has it: E times the mobility of Li et al. with a1 = 7158.3.
   */
  public static double larndSim(double fieldKvPerCm, double temperatureKelvin) {
    return mobility(fieldKvPerCm, temperatureKelvin, 7158.3) * fieldKvPerCm * 1e-3;
  }

  /**
   * Drift velocity, cm/us: LArSoft's {@code UseIcarusMicrobooneDriftModel}, the polynomial of
   * arXiv:2008.09765, for fields up to 1 kV/cm.
   */
  public static double icarusMicroBooNe(double fieldKvPerCm, double temperatureKelvin) {
    double e = fieldKvPerCm;
    double polynomial =
        e * (5.53416 + e * (-6.53093 + e * (3.20752 + e * (0.389696 + e * -0.556184))));
    return (1.0 - 0.0184 * (temperatureKelvin - 89.0)) * polynomial / MM_PER_CM;
  }

  private static double blend(
      double fieldKvPerCm, double temperatureKelvin, double xFit, double uFit, double[] icarus) {
    if (fieldKvPerCm < xFit) {
      return fieldKvPerCm * uFit;
    }
    if (fieldKvPerCm < 0.619) {
      return sixParameters(fieldKvPerCm, temperatureKelvin, icarus);
    }
    if (fieldKvPerCm < 0.699) {
      return 12.5
              * (fieldKvPerCm - 0.619)
              * sixParameters(fieldKvPerCm, temperatureKelvin, WALKOWIAK)
          + 12.5 * (0.699 - fieldKvPerCm) * sixParameters(fieldKvPerCm, temperatureKelvin, icarus);
    }
    return sixParameters(fieldKvPerCm, temperatureKelvin, WALKOWIAK);
  }

  private static double sixParameters(double e, double kelvin, double[] p) {
    double dT = kelvin - p[6];
    return (p[0] * dT + 1.0) * (p[2] * e * Math.log(1.0 + p[3] / e) + p[4] * Math.pow(e, p[5]))
        + p[1] * dT;
  }
}
