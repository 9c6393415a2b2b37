package org.orrery.simulator.plant;

/**
 * Front-end boards in the liquid and the bias of the wire planes. Advanced by the plant; not
 * thread-safe.
 */
public final class FrontEnd {
  /** Wire planes in the order grid, first induction, second induction, collection. */
  public static final int PLANES = 4;

  private static final double[] BIAS_VOLTS = {-665.0, -370.0, 0.0, 820.0};
  private static final double NOISE_PER_KELVIN = 0.0047;
  private static final double REFERENCE_KELVIN = 88.4;

  private final int boards;
  private final double[] boardNoise;
  private final double[] larAsicAmps;
  private final double[] adcAmps;
  private final double[] selfHeatingKelvin;
  private final double[] heightMetres;
  private final double[] boardKelvin;
  private final double[] biasError = new double[PLANES];
  private final Wander common;
  private double rippleElectrons;

  FrontEnd(int boards, Cryostat cryostat, SimRandom random) {
    this.boards = boards;
    this.boardNoise = new double[boards];
    this.larAsicAmps = new double[boards];
    this.adcAmps = new double[boards];
    this.selfHeatingKelvin = new double[boards];
    this.heightMetres = new double[boards];
    this.boardKelvin = new double[boards];
    for (int i = 0; i < boards; i++) {
      boardNoise[i] = 600.0 + 45.0 * Math.clamp(random.gaussian(), -2.0, 2.0);
      larAsicAmps[i] = random.uniform(0.42, 0.48);
      adcAmps[i] = random.uniform(1.52, 1.68);
      selfHeatingKelvin[i] = random.uniform(0.9, 1.5);
      heightMetres[i] = i % 2 == 0 ? 6.6 : 0.6;
      boardKelvin[i] = cryostat.kelvinAt(heightMetres[i]) + selfHeatingKelvin[i];
    }
    for (int i = 0; i < PLANES; i++) {
      biasError[i] = random.uniform(-0.4, 0.4);
    }
    this.common = new Wander(0.004, 3_600.0, random);
  }

  void advance(double dtSeconds, Cryostat cryostat, double newRippleElectrons, SimRandom random) {
    rippleElectrons = newRippleElectrons;
    common.advance(dtSeconds, random);
    for (int i = 0; i < boards; i++) {
      double target = cryostat.kelvinAt(heightMetres[i]) + selfHeatingKelvin[i];
      boardKelvin[i] += (target - boardKelvin[i]) * Math.min(1.0, dtSeconds / 120.0);
    }
  }

  /** Number of boards. */
  public int boards() {
    return boards;
  }

  /** Temperature of board {@code index} from 0, K. */
  public double boardKelvin(int index) {
    return boardKelvin[index];
  }

  /** Noise of board {@code index} from 0, equivalent electrons RMS. */
  public double boardNoise(int index) {
    double warm = boardKelvin[index] - selfHeatingKelvin[index] - REFERENCE_KELVIN;
    return boardNoise[index] * (1.0 + common.value()) * (1.0 + NOISE_PER_KELVIN * warm);
  }

  /**
   * Mean noise over the boards times a factor for the plane, with the ripple that the plane picks
   * up, equivalent electrons RMS.
   */
  public double planeNoise(double planeFactor, boolean induction) {
    double sum = 0.0;
    for (int i = 0; i < boards; i++) {
      sum += boardNoise(i);
    }
    double ripple = induction ? rippleElectrons : 0.3 * rippleElectrons;
    return Math.hypot(planeFactor * sum / boards, ripple);
  }

  /** Current of the amplifier rail of board {@code index}, A. */
  public double larAsicAmps(int index) {
    return larAsicAmps[index];
  }

  /** Current of the converter rail of board {@code index}, A. */
  public double adcAmps(int index) {
    return adcAmps[index];
  }

  /** Bias voltage of a wire plane, V. */
  public double wireBiasVolts(int plane) {
    return BIAS_VOLTS[plane] + (plane == 2 ? 0.0 : biasError[plane]);
  }

  void exchange(StateCodec codec) {
    common.exchange(codec);
    codec.ofArray(boardKelvin);
    rippleElectrons = codec.ofDouble(rippleElectrons);
  }
}
