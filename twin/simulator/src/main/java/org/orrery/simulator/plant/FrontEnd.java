package org.orrery.simulator.plant;

/**
 * Front-end boards in the liquid: their supply, their channels, what disturbs them, and the bias of
 * the wire planes in front of them. Advanced by the plant; not thread-safe.
 */
public final class FrontEnd {
  private static final double NOISE_PER_KELVIN = 0.0047;
  private static final double REFERENCE_KELVIN = 88.4;

  private final int boards;
  private final double[] boardNoise;
  private final double[] larAsicAmps;
  private final double[] adcAmps;
  private final double[] coldataAmps;
  private final double[] selfHeatingKelvin;
  private final double[] heightMetres;
  private final double[] boardKelvin;
  private final WireBias wireBias;
  private final BoardSupply supply;
  private final ReadoutChannels channels;
  private final NoiseSources noise;
  private final Wander common;
  private double rippleElectrons;

  /**
   * Builds the boards.
   *
   * @param hidden what the first detectors drew from
   * @param own what was added since draws from
   */
  FrontEnd(int boards, Cryostat cryostat, Knobs knobs, SimRandom hidden, SimRandom own) {
    this.boards = boards;
    this.boardNoise = new double[boards];
    this.larAsicAmps = new double[boards];
    this.adcAmps = new double[boards];
    this.coldataAmps = new double[boards];
    this.selfHeatingKelvin = new double[boards];
    this.heightMetres = new double[boards];
    this.boardKelvin = new double[boards];
    for (int i = 0; i < boards; i++) {
      boardNoise[i] = 600.0 + 45.0 * Math.clamp(hidden.gaussian(), -2.0, 2.0);
      larAsicAmps[i] = hidden.uniform(0.42, 0.48);
      adcAmps[i] = hidden.uniform(1.52, 1.68);
      selfHeatingKelvin[i] = hidden.uniform(0.9, 1.5);
      heightMetres[i] = i % 2 == 0 ? 6.6 : 0.6;
      boardKelvin[i] = cryostat.kelvinAt(heightMetres[i]) + selfHeatingKelvin[i];
      coldataAmps[i] = own.uniform(0.22, 0.28);
    }
    this.wireBias = new WireBias(knobs, hidden);
    this.common = new Wander(0.004, 3_600.0, hidden);
    this.supply = new BoardSupply(boards, knobs, own);
    this.channels = new ReadoutChannels(boards, knobs, own);
    this.noise = new NoiseSources(knobs, own);
  }

  /** Name of board {@code index} from 0 in channels and knobs. */
  public static String name(int index) {
    return "fe.femb%02d".formatted(index + 1);
  }

  void advance(
      double dtSeconds,
      Cryostat cryostat,
      HighVoltage highVoltage,
      double voltageShare,
      SimRandom random,
      SimRandom own) {
    rippleElectrons = highVoltage.rippleElectrons();
    common.advance(dtSeconds, random);
    supply.advance(dtSeconds);
    channels.advance(dtSeconds, own);
    noise.advance(dtSeconds, own);
    wireBias.advance(voltageShare);
    for (int i = 0; i < boards; i++) {
      double heat = selfHeatingKelvin[i] * supply.share(BoardSupply.Rail.COLDADC, i);
      double target = cryostat.kelvinAt(heightMetres[i]) + heat;
      boardKelvin[i] += (target - boardKelvin[i]) * Math.min(1.0, dtSeconds / 120.0);
    }
  }

  /** Lets what takes seconds go on. */
  void second(double dtSeconds) {
    supply.second(dtSeconds);
    channels.second(dtSeconds);
  }

  /** Number of boards. */
  public int boards() {
    return boards;
  }

  /** Returns supplies, switches and links of the boards. */
  public BoardSupply supply() {
    return supply;
  }

  /** Returns the channels behind the wires. */
  public ReadoutChannels channels() {
    return channels;
  }

  /** Returns what shakes many channels together. */
  public NoiseSources noise() {
    return noise;
  }

  /** Returns the bias of the wire planes. */
  public WireBias wireBias() {
    return wireBias;
  }

  /** Restarts the chips of all boards, which ends an oscillation of their regulators. */
  public void restartChips() {
    supply.restartChips();
    noise.still();
  }

  /** Temperature of board {@code index} from 0, K. */
  public double boardKelvin(int index) {
    return boardKelvin[index];
  }

  /** Noise of board {@code index} from 0, equivalent electrons RMS. */
  public double boardNoise(int index) {
    if (!supply.amplifies(index)) {
      return floorElectrons(index);
    }
    double warm = boardKelvin[index] - selfHeatingKelvin[index] - REFERENCE_KELVIN;
    double quiet = boardNoise[index] * (1.0 + common.value()) * (1.0 + NOISE_PER_KELVIN * warm);
    return noise.disturbed(channels.withOpenWires(index, quiet));
  }

  /** Noise of the converters of board {@code index} from 0, electrons RMS; 0 without supply. */
  public double floorElectrons(int index) {
    return channels.floorElectrons(index) * supply.share(BoardSupply.Rail.COLDADC, index);
  }

  /**
   * Mean noise over the working boards times a factor for the plane, with the ripple that the plane
   * picks up, equivalent electrons RMS; NaN without a working board.
   */
  public double planeNoise(double planeFactor, boolean induction) {
    double sum = 0.0;
    int working = 0;
    for (int i = 0; i < boards; i++) {
      if (supply.amplifies(i)) {
        sum += boardNoise(i);
        working++;
      }
    }
    if (working == 0) {
      return Double.NaN;
    }
    double ripple = induction ? rippleElectrons : 0.3 * rippleElectrons;
    return Math.hypot(planeFactor * sum / working, ripple);
  }

  /** Current of the amplifier rail of board {@code index}, A. */
  public double larAsicAmps(int index) {
    return larAsicAmps[index]
        * supply.share(BoardSupply.Rail.LARASIC, index)
        * noise.currentShare();
  }

  /** Current of the converter rail of board {@code index}, A. */
  public double adcAmps(int index) {
    return adcAmps[index] * supply.share(BoardSupply.Rail.COLDADC, index);
  }

  /** Current of the link rail of board {@code index}, A. */
  public double coldataAmps(int index) {
    return coldataAmps[index] * supply.share(BoardSupply.Rail.COLDATA, index);
  }

  /** Current of all low-voltage rails together, A. */
  public double lowVoltageAmps() {
    double sum = 0.0;
    for (int i = 0; i < boards; i++) {
      sum += larAsicAmps(i) + adcAmps(i) + coldataAmps(i);
    }
    return sum;
  }

  /** Channels of board {@code index} from 0 without signal. */
  public double silent(int index) {
    return supply.amplifies(index) ? channels.silent(index) : ReadoutChannels.PER_BOARD;
  }

  /** Channels of all boards without signal. */
  public double silent() {
    double sum = 0.0;
    for (int i = 0; i < boards; i++) {
      sum += silent(i);
    }
    return sum;
  }

  /** Channels of all boards. */
  public int allChannels() {
    return boards * ReadoutChannels.PER_BOARD;
  }

  void exchange(StateCodec codec) {
    common.exchange(codec);
    codec.ofArray(boardKelvin);
    rippleElectrons = codec.ofDouble(rippleElectrons);
    supply.exchange(codec);
    channels.exchange(codec);
    noise.exchange(codec);
    wireBias.exchange(codec);
  }
}
