package org.orrery.simulator.plant;

/**
 * Cathode supply, filter resistor, resistor chains and streamers. The cathode is negative; inside
 * this class voltages are magnitudes. Advanced by the plant; not thread-safe.
 */
public final class HighVoltage {
  /** States of the supply, in the order of its status channel. */
  public enum State {
    /** No voltage. */
    OFF,
    /** At its set value. */
    ON,
    /** On its way. */
    RAMPING,
    /** Tripped; needs a reset. */
    TRIPPED
  }

  private static final double FILTER_OHM = 4.0e6;
  private static final double CAPACITY_FARAD = 1.0e-8;
  private static final double NOMINAL_MICROAMPS = 100.0;
  private static final double COLLAPSE_SECONDS = 1.5;
  private static final double OVER_CURRENT_MICROAMPS = 150.0;
  private static final double STREAMER_STEEPNESS = 8.0;
  private static final double QUENCH_BELOW_SHARE = 0.9;
  private static final double QUENCH_SECONDS = 60.0;

  private final Knob streamer;
  private final Knob trip;
  private final Knob supplyLeak;
  private final double nominalVolts;
  private final double chainOhm;
  private final double[] chainShare = new double[4];
  private final double groundShare;
  private final double beamPlugShare;
  private final Wander flicker;
  private double setVolts;
  private double rampVoltsPerSecond = 60.0;
  private boolean enabled = true;
  private boolean tripped;
  private double supplyVolts;
  private double cathodeVolts;
  private double streamerMicroamps;
  private double leakMicroamps;
  private double lowSeconds;
  private boolean quenched;

  HighVoltage(DetectorConfig config, Knobs knobs, SimRandom random) {
    this.streamer =
        knobs.add(
            "hv.streamer.share",
            "1",
            0.0,
            0.0,
            0.5,
            "Current of a streamer from the cathode, as a share of the chain current");
    this.trip = knobs.share("hv.supply.trip", "1 tells the cathode supply to trip");
    this.supplyLeak =
        knobs.add(
            "hv.supply.leak",
            "1",
            0.0,
            0.0,
            0.5,
            "Leak before the filter resistor, as a share of the chain current");
    this.nominalVolts = Math.abs(config.cathodeKilovolts()) * 1e3;
    this.chainOhm = nominalVolts / (NOMINAL_MICROAMPS * 1e-6) * random.uniform(0.98, 1.02);
    double sum = 0.0;
    for (int i = 0; i < chainShare.length; i++) {
      chainShare[i] = random.uniform(0.99, 1.01);
      sum += chainShare[i];
    }
    for (int i = 0; i < chainShare.length; i++) {
      chainShare[i] /= sum;
    }
    this.groundShare = random.uniform(0.65, 0.75);
    this.beamPlugShare = random.uniform(0.04, 0.06);
    this.flicker = new Wander(0.12, 20.0, random);
    this.setVolts = nominalVolts;
    this.supplyVolts = nominalVolts;
    this.cathodeVolts = nominalVolts * chainOhm / (chainOhm + FILTER_OHM);
  }

  void advance(double dtSeconds, boolean interlock, SimRandom random) {
    if (trip.isOn() || interlock || currentMicroamps() > OVER_CURRENT_MICROAMPS) {
      trip();
    }
    double target = enabled && !tripped ? setVolts : 0.0;
    if (tripped) {
      supplyVolts *= Math.exp(-dtSeconds / COLLAPSE_SECONDS);
      supplyVolts = supplyVolts < 1.0 ? 0.0 : supplyVolts;
    } else {
      double most = rampVoltsPerSecond * dtSeconds;
      supplyVolts += Math.clamp(target - supplyVolts, -most, most);
    }
    leakMicroamps =
        supplyLeak.value()
            * NOMINAL_MICROAMPS
            * supplyVolts
            / nominalVolts
            * (1.0 + 0.5 * flicker.value());
    advanceStreamer(dtSeconds, streamer.value(), random);
    double load = supplyVolts / (chainOhm + FILTER_OHM) * chainOhm;
    double settled = load - streamerMicroamps * 1e-6 * FILTER_OHM;
    double rc = FILTER_OHM * CAPACITY_FARAD;
    cathodeVolts = settled + (cathodeVolts - settled) * Math.exp(-dtSeconds / rc);
  }

  private void advanceStreamer(double dtSeconds, double share, SimRandom random) {
    double relative = cathodeVolts / nominalVolts;
    double shape = 1.0 + flicker.advance(dtSeconds, random);
    lowSeconds = relative < QUENCH_BELOW_SHARE ? lowSeconds + dtSeconds : 0.0;
    if (share <= 0.0) {
      quenched = false;
    } else if (lowSeconds > QUENCH_SECONDS) {
      quenched = true;
    }
    double wanted =
        quenched ? 0.0 : share * NOMINAL_MICROAMPS * Math.pow(relative, STREAMER_STEEPNESS) * shape;
    streamerMicroamps = Math.max(0.0, wanted);
  }

  /** Puts the supply into its latched trip. */
  public void trip() {
    tripped = true;
    enabled = false;
  }

  /** Releases the latch. */
  public void reset() {
    tripped = false;
  }

  /** Returns the state of the supply. */
  public State state() {
    if (tripped) {
      return State.TRIPPED;
    }
    double target = enabled ? setVolts : 0.0;
    if (Math.abs(target - supplyVolts) > 50.0) {
      return State.RAMPING;
    }
    return supplyVolts < 100.0 ? State.OFF : State.ON;
  }

  /** Returns whether the streamer has gone out although its cause is still there. */
  public boolean quenched() {
    return quenched;
  }

  /** Voltage at the supply, V (magnitude). */
  public double supplyVolts() {
    return supplyVolts;
  }

  /** Voltage at the cathode, V (magnitude). */
  public double cathodeVolts() {
    return cathodeVolts;
  }

  /** Current of the supply, uA. */
  public double currentMicroamps() {
    return (supplyVolts - cathodeVolts) / FILTER_OHM * 1e6 + leakMicroamps;
  }

  /** Ripple and sparking of a leaking supply as read back at its terminals, V RMS. */
  public double readBackNoiseVolts() {
    return 2.0 * leakMicroamps;
  }

  /** Noise that the ripple of the cathode induces on the induction wires, electrons RMS. */
  double rippleElectrons() {
    return 25.0 * leakMicroamps;
  }

  /** Current of ground plane {@code index} from 0, nA. */
  public double groundPlaneNanoamps(int index) {
    double leak = 0.4 * cathodeVolts / nominalVolts;
    double share = index == 5 ? groundShare : index == 4 || index == 6 ? 0.04 : 0.0;
    return leak + 1e3 * share * streamerMicroamps;
  }

  /** Current of the beam plug, nA. */
  public double beamPlugNanoamps() {
    return 0.2 * cathodeVolts / nominalVolts + 1e3 * beamPlugShare * streamerMicroamps;
  }

  /** Voltage at the pick-off of chain {@code index} from 0, V. */
  public double pickOffVolts(int index) {
    double chainAmps = cathodeVolts / chainOhm * chainShare[index];
    return chainAmps * 1.0e6;
  }

  /** Asked voltage, V (magnitude). */
  public double setVolts() {
    return setVolts;
  }

  /** Changes the asked voltage, V (magnitude). */
  public void setVolts(double value) {
    setVolts = value;
  }

  /** Ramp rate, V/s. */
  public double rampVoltsPerSecond() {
    return rampVoltsPerSecond;
  }

  /** Changes the ramp rate, V/s. */
  public void rampVoltsPerSecond(double value) {
    rampVoltsPerSecond = value;
  }

  /** Returns whether the supply is switched on. */
  public boolean enabled() {
    return enabled;
  }

  /** Switches the supply on or off. */
  public void enabled(boolean value) {
    enabled = value;
  }

  /** Returns whether the trip is latched. */
  public boolean tripped() {
    return tripped;
  }

  void exchange(StateCodec codec) {
    flicker.exchange(codec);
    setVolts = codec.ofDouble(setVolts);
    rampVoltsPerSecond = codec.ofDouble(rampVoltsPerSecond);
    enabled = codec.ofBoolean(enabled);
    tripped = codec.ofBoolean(tripped);
    supplyVolts = codec.ofDouble(supplyVolts);
    cathodeVolts = codec.ofDouble(cathodeVolts);
    streamerMicroamps = codec.ofDouble(streamerMicroamps);
    leakMicroamps = codec.ofDouble(leakMicroamps);
    lowSeconds = codec.ofDouble(lowSeconds);
    quenched = codec.ofBoolean(quenched);
  }
}
