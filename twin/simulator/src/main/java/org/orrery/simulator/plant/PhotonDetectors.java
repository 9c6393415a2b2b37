package org.orrery.simulator.plant;

/** Silicon photomultipliers in the liquid. Advanced by the plant; not thread-safe. */
public final class PhotonDetectors {
  /** Channels that the slow control reads. */
  public static final int CHANNELS = 12;

  private static final double OVER_VOLTAGE = 3.0;
  private static final double BREAKDOWN_VOLTS_PER_KELVIN = 0.054;
  private static final double REFERENCE_KELVIN = 88.2;

  private final double[] breakdownVolts = new double[CHANNELS];
  private final double[] biasVolts = new double[CHANNELS];
  private final double[] gainPerVolt = new double[CHANNELS];
  private final double[] darkHertz = new double[CHANNELS];
  private double kelvin;

  PhotonDetectors(Cryostat cryostat, SimRandom random) {
    for (int i = 0; i < CHANNELS; i++) {
      breakdownVolts[i] = 42.0 + 0.15 * Math.clamp(random.gaussian(), -2.0, 2.0);
      biasVolts[i] = breakdownVolts[i] + OVER_VOLTAGE + random.uniform(-0.03, 0.03);
      gainPerVolt[i] = random.uniform(1.17, 1.23);
      darkHertz[i] = random.uniform(160.0, 240.0);
    }
    kelvin = cryostat.meanKelvin();
  }

  void advance(double liquidKelvin) {
    kelvin = liquidKelvin;
  }

  /** Bias of channel {@code index} from 0, V. */
  public double biasVolts(int index) {
    return biasVolts[index];
  }

  private double overVolts(int index) {
    return biasVolts[index]
        - breakdownVolts[index]
        - BREAKDOWN_VOLTS_PER_KELVIN * (kelvin - REFERENCE_KELVIN);
  }

  /** Gain of channel {@code index}, millions of electrons per photo-electron. */
  public double gainMillions(int index) {
    return gainPerVolt[index] * overVolts(index);
  }

  /** Dark rate of channel {@code index}, Hz; tunnelling, nearly independent of temperature. */
  public double darkHertz(int index) {
    return darkHertz[index] * Math.pow(Math.max(0.0, overVolts(index)) / OVER_VOLTAGE, 1.6);
  }

  /** Current of channel {@code index}, uA: dark counts plus light of the trigger rate. */
  public double currentMicroamps(int index, double lightRelative) {
    double countsPerSecond = darkHertz(index) + 4.0e4 * lightRelative;
    return 0.05 + countsPerSecond * gainMillions(index) * 1e6 * 1.602e-19 * 1e6 * 20.0;
  }

  /** Mean gain relative to nominal. */
  public double meanGainRelative() {
    double sum = 0.0;
    for (int i = 0; i < CHANNELS; i++) {
      sum += gainMillions(i);
    }
    return sum / CHANNELS / (1.2 * OVER_VOLTAGE);
  }

  void exchange(StateCodec codec) {
    kelvin = codec.ofDouble(kelvin);
  }
}
