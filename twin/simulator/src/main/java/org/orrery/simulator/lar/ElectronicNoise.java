package org.orrery.simulator.lar;

/**
 * Noise of a charge amplifier behind a wire, as equivalent noise charge (lar.bnl.gov, electronics)
 * [V]: {@code ENC^2 = A1/2 e_n^2 C^2 / t_p + A2 pi C^2 A_f + A3 (q I_o + 2 k T / R_b) t_p}. The
 * noise voltage goes with the root of the temperature, which gives about half the noise of room
 * temperature in liquid argon. Stateless.
 */
public final class ElectronicNoise {
  /** Capacity of a wire at a pitch of 4.75 mm, F/m [C]. */
  public static final double WIRE_FARAD_PER_METRE = 22.8e-12;

  /** Capacity of the input transistor and its traces, F [M]. */
  public static final double INPUT_FARAD = 20e-12;

  /** Peaking time of the shaper, s [V]. */
  public static final double PEAKING_SECONDS = 2e-6;

  private static final double ELECTRON_COULOMB = 1.602177e-19;
  private static final double BOLTZMANN = 1.380649e-23;
  private static final double REFERENCE_KELVIN = 88.4;

  // [M], chosen for 550 e- at 6 m (ProtoDUNE-SP, collection, measured [V]).
  private static final double WHITE_SHAPE = 1.0;
  private static final double FLICKER_SHAPE = 0.5;
  private static final double PARALLEL_SHAPE = 0.6;
  private static final double WHITE_VOLTS_PER_ROOT_HERTZ = 0.95e-9;
  private static final double FLICKER_VOLTS_SQUARED = 4.8e-14;
  private static final double LEAK_AMPERE = 1e-10;
  private static final double BIAS_OHM = 50e6;

  private ElectronicNoise() {}

  /**
   * Equivalent noise charge, electrons RMS.
   *
   * @param farad all capacity at the input, F
   * @param peakingSeconds peaking time, s
   * @param kelvin temperature of the amplifier, K
   */
  public static double electrons(double farad, double peakingSeconds, double kelvin) {
    double relative = kelvin / REFERENCE_KELVIN;
    double white = WHITE_VOLTS_PER_ROOT_HERTZ * farad;
    double series =
        relative
            * (0.5 * WHITE_SHAPE * white * white / peakingSeconds
                + FLICKER_SHAPE * Math.PI * farad * farad * FLICKER_VOLTS_SQUARED);
    double parallel =
        PARALLEL_SHAPE
            * peakingSeconds
            * (ELECTRON_COULOMB * LEAK_AMPERE + 2.0 * BOLTZMANN * kelvin / BIAS_OHM);
    return Math.sqrt(series + parallel) / ELECTRON_COULOMB;
  }

  /** Noise of a channel with a wire of that length, electrons RMS. */
  public static double ofWire(double metres, double kelvin) {
    return electrons(INPUT_FARAD + WIRE_FARAD_PER_METRE * metres, PEAKING_SECONDS, kelvin);
  }
}
