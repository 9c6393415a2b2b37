package org.orrery.simulator.plant;

import org.orrery.simulator.lar.ElectronicNoise;

/**
 * The 128 channels of each board: dead ones, which become more, open wires, gain, converter, and
 * those that a large charge has driven to the rail. Advanced by the plant; not thread-safe.
 */
public final class ReadoutChannels {
  /** Channels of a board. */
  public static final int PER_BOARD = 128;

  private static final double RECOVERY_SECONDS = 2.0;
  private static final double DAY_SECONDS = 86_400.0;

  /** Dead at birth, per board: 99.7 % were alive in ProtoDUNE-SP [V]. */
  private static final double DEAD_AT_BIRTH = 0.4;

  private static final double OPEN_ELECTRONS =
      ElectronicNoise.electrons(ElectronicNoise.INPUT_FARAD, ElectronicNoise.PEAKING_SECONDS, 88.4);

  private final int boards;
  private final Knob[] openWires;
  private final Knob saturation;
  private final double[] dead;
  private final double[] gain;
  private final double[] floorElectrons;
  private final double deathsPerSecond;
  private double railed;

  ReadoutChannels(int boards, Knobs knobs, SimRandom random) {
    this.boards = boards;
    this.openWires = new Knob[boards];
    this.dead = new double[boards];
    this.gain = new double[boards];
    this.floorElectrons = new double[boards];
    this.saturation = knobs.share("fe.saturation", "Share of all channels driven to the rail");
    for (int i = 0; i < boards; i++) {
      openWires[i] =
          knobs.add(
              FrontEnd.name(i) + ".open-wires",
              "1",
              0.0,
              0.0,
              PER_BOARD,
              "Open wires at board " + (i + 1));
      dead[i] = random.poisson(DEAD_AT_BIRTH);
      gain[i] = random.uniform(13.8, 14.2);
      // Quantisation of 12 bit over 2 V behind 14 mV/fC: 63 e- [C].
      floorElectrons[i] = random.uniform(61.0, 67.0);
    }
    this.deathsPerSecond = boards * random.uniform(0.01, 0.03) / DAY_SECONDS;
  }

  void advance(double dtSeconds, SimRandom random) {
    if (random.uniform() < deathsPerSecond * dtSeconds) {
      int board = (int) (random.uniform() * boards);
      dead[board] = Math.min(PER_BOARD, dead[board] + 1.0);
    }
  }

  void second(double dtSeconds) {
    double driven = saturation.value() * boards * PER_BOARD;
    if (railed == 0.0 && driven == 0.0) {
      return;
    }
    double left = railed * Math.exp(-dtSeconds / RECOVERY_SECONDS);
    railed = Math.max(left < 0.5 ? 0.0 : left, driven);
  }

  /**
   * Drives channels to the rail, as a discharge of the cathode does; they recover within seconds.
   *
   * @param share share of all channels, 0 to 1
   */
  public void saturate(double share) {
    railed = Math.max(railed, Math.clamp(share, 0.0, 1.0) * boards * PER_BOARD);
  }

  /** Channels at the rail now. */
  public long railed() {
    return Math.round(railed);
  }

  /** Channels of board {@code index} from 0 without signal, as long as the board works. */
  public double silent(int index) {
    return Math.min(PER_BOARD, dead[index] + openWires[index].value());
  }

  /** Noise of the board's channels with a wire, made into the mean over all its channels. */
  double withOpenWires(int index, double electrons) {
    double share = openWires[index].value() / PER_BOARD;
    return share == 0.0 ? electrons : (1.0 - share) * electrons + share * OPEN_ELECTRONS;
  }

  /** Gain of board {@code index} from 0, mV/fC. */
  public double gain(int index) {
    return gain[index];
  }

  /** Noise of the converters of board {@code index} from 0 alone, equivalent electrons RMS. */
  public double floorElectrons(int index) {
    return floorElectrons[index];
  }

  void exchange(StateCodec codec) {
    codec.ofArray(dead);
    railed = codec.ofDouble(railed);
  }
}
