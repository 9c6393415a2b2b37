package org.orrery.simulator.plant;

/**
 * Silicon photomultipliers in the liquid, their bias supply and their slow ageing. Advanced by the
 * plant; not thread-safe.
 */
public final class PhotonDetectors {
  private static final double OVER_VOLTAGE = 3.0;
  private static final double BREAKDOWN_VOLTS_PER_KELVIN = 0.054;
  private static final double REFERENCE_KELVIN = 88.2;

  /** Parked this far below the asked bias, so 2 V below breakdown [M]. */
  private static final double PARKING_VOLTS = 5.0;

  private static final double PARKING_VOLTS_PER_SECOND = 0.25;

  /** Growth of the breakdown voltage, V a day: 0.6 to 1.8 % of gain a month [M]. */
  private static final double LEAST_AGEING = 0.0006;

  private static final double MOST_AGEING = 0.0018;

  private static final long AGEING_STREAM = 44;

  private final double[] breakdownVolts;
  private final double[] bornVolts;
  private final double[] setVolts;
  private final double[] gainPerVolt;
  private final double[] darkHertz;
  private final Knob[] shift;
  private final Knob supplyShift;
  private final Ageing[] ageing;
  private boolean parked;
  private double loweredVolts;
  private double kelvin;

  PhotonDetectors(int count, Cryostat cryostat, Knobs knobs, SimRandom random, long seed) {
    breakdownVolts = new double[count];
    bornVolts = new double[count];
    setVolts = new double[count];
    gainPerVolt = new double[count];
    darkHertz = new double[count];
    shift = new Knob[count];
    ageing = new Ageing[count];
    for (int i = 0; i < channels(); i++) {
      breakdownVolts[i] = 42.0 + 0.15 * Math.clamp(random.gaussian(), -2.0, 2.0);
      bornVolts[i] = breakdownVolts[i] + OVER_VOLTAGE + random.uniform(-0.03, 0.03);
      setVolts[i] = bornVolts[i];
      gainPerVolt[i] = random.uniform(1.17, 1.23);
      darkHertz[i] = random.uniform(160.0, 240.0);
    }
    SimRandom own = new SimRandom(seed, AGEING_STREAM);
    for (int i = 0; i < channels(); i++) {
      double perDay = own.uniform(LEAST_AGEING, MOST_AGEING);
      ageing[i] = new Ageing(perDay, new SimRandom(own.bits(), AGEING_STREAM));
      shift[i] =
          knobs.add(
              "pds.ch%02d.shift".formatted(i + 1),
              "V",
              0.0,
              -45.0,
              5.0,
              "Departure of the bias of the photon detector from what was asked");
    }
    supplyShift =
        knobs.add("pds.supply.shift", "V", 0.0, -45.0, 5.0, "The same, of all photon detectors");
    kelvin = cryostat.meanKelvin();
  }

  void advance(double dtSeconds, double liquidKelvin) {
    kelvin = liquidKelvin;
    double most = PARKING_VOLTS_PER_SECOND * dtSeconds;
    double target = parked ? PARKING_VOLTS : 0.0;
    loweredVolts += Math.clamp(target - loweredVolts, -most, most);
    for (Ageing each : ageing) {
      each.advance(dtSeconds);
    }
  }

  /** Channels that the slow control reads. */
  public int channels() {
    return shift.length;
  }

  /** Bias of channel {@code index} from 0, V. */
  public double biasVolts(int index) {
    return setVolts[index] + shift[index].value() + supplyShift.value() - loweredVolts;
  }

  /** Asked bias of channel {@code index}, V. */
  public double setVolts(int index) {
    return setVolts[index];
  }

  /** Changes the asked bias of channel {@code index}, V. */
  public void setVolts(int index, double value) {
    setVolts[index] = value;
  }

  /** Returns whether the detectors are parked below breakdown, or on their way. */
  public boolean parked() {
    return parked;
  }

  /** Parks all detectors, or brings them back. */
  public void park(boolean value) {
    parked = value;
  }

  private double overVolts(int index, double bias, double aged) {
    return bias
        - breakdownVolts[index]
        - BREAKDOWN_VOLTS_PER_KELVIN * (kelvin - REFERENCE_KELVIN)
        - aged;
  }

  private double overVolts(int index) {
    return Math.max(0.0, overVolts(index, biasVolts(index), ageing[index].value()));
  }

  /** Gain of channel {@code index}, millions of electrons per photo-electron. */
  public double gainMillions(int index) {
    return gainPerVolt[index] * overVolts(index);
  }

  /** Dark rate of channel {@code index}, Hz; tunnelling, nearly independent of temperature. */
  public double darkHertz(int index) {
    return darkHertz[index] * Math.pow(overVolts(index) / OVER_VOLTAGE, 1.6);
  }

  /** Current of channel {@code index}, uA: dark counts plus light of the trigger rate. */
  public double currentMicroamps(int index, double lightRelative) {
    double countsPerSecond = darkHertz(index) + 4.0e4 * lightRelative;
    return 0.05 + countsPerSecond * gainMillions(index) * 1e6 * 1.602e-19 * 1e6 * 20.0;
  }

  /** Mean gain relative to nominal. */
  public double meanGainRelative() {
    double sum = 0.0;
    for (int i = 0; i < channels(); i++) {
      sum += gainMillions(i);
    }
    return sum / channels() / (1.2 * OVER_VOLTAGE);
  }

  /**
   * Height of the pulses on which the trigger decides, relative to those of the young detector with
   * its first bias at the present temperature: the trigger was tuned on them.
   */
  public double pulseHeightRelative() {
    double now = 0.0;
    double born = 0.0;
    for (int i = 0; i < channels(); i++) {
      now += gainMillions(i);
      born += gainPerVolt[i] * Math.max(0.0, overVolts(i, bornVolts[i], 0.0));
    }
    return born > 0.0 ? now / born : 0.0;
  }

  void exchange(StateCodec codec) {
    kelvin = codec.ofDouble(kelvin);
    codec.ofArray(setVolts);
    parked = codec.ofBoolean(parked);
    loweredVolts = codec.ofDouble(loweredVolts);
    for (Ageing each : ageing) {
      each.exchange(codec);
    }
  }
}
