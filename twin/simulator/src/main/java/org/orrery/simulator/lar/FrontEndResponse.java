package org.orrery.simulator.lar;

/** Response of the cold electronics and geometry of the wires. Stateless and thread-safe. */
public final class FrontEndResponse {
  private static final double VALID_MICROSECONDS = 10.0;

  private FrontEndResponse() {}

  /**
   * Response of the LArASIC shaper to a unit charge, in the unit of {@code gain}: the inverse
   * Laplace transform of its transfer function as in Wire-Cell {@code Response::coldelec}, whose
   * thirteen terms reduce to five by the addition theorems. Zero outside 0 to 10 us.
   *
   * @param timeMicroseconds time since the charge
   * @param peakingMicroseconds peaking time
   * @param gain gain, for example in mV/fC
   */
  public static double coldElectronics(
      double timeMicroseconds, double peakingMicroseconds, double gain) {
    if (timeMicroseconds <= 0.0 || timeMicroseconds >= VALID_MICROSECONDS) {
      return 0.0;
    }
    double t = timeMicroseconds / peakingMicroseconds;
    double first = 4.31054 * Math.exp(-2.94809 * t);
    double second =
        2.0
            * Math.exp(-2.82833 * t)
            * (0.762456 * Math.sin(1.19361 * t) - 2.6202 * Math.cos(1.19361 * t));
    double b = 2.5928 * t;
    double c = (5.18561 - 2.5928) * t;
    double third =
        Math.exp(-2.40318 * t)
            * (0.464924 * (Math.cos(b) + Math.cos(c)) - 0.327684 * (Math.sin(b) + Math.sin(c)));
    return gain * 10.0 * 1.012 * (first + second + third);
  }

  /** Capacitance of a wire in liquid argon, pF/m: lar.bnl.gov {@code wire_c_lar}. Lengths in mm. */
  public static double wireCapacitancePicofaradPerMetre(
      double pitchMm, double diameterMm, double gapMm) {
    double inAir =
        5.0
            + 2.0
                * Math.PI
                * 8.85
                / (Math.PI * gapMm / pitchMm - Math.log(Math.PI * diameterMm / pitchMm));
    return 1.505 * inAir;
  }

  /** Ratio of fields for full transparency of a wire plane: lar.bnl.gov {@code E_ratio_trans}. */
  public static double transparencyRatio(double pitchMm, double diameterMm) {
    double x = Math.PI * diameterMm / pitchMm;
    return (1.0 + x) / (1.0 - x);
  }
}
