package org.orrery.simulator.plant;

/**
 * Fast discharges of the cathode side, 10 ms each, and what sees them: toroid, ground planes,
 * trigger, front ends. They move no charge of tracks: ions drift 0.08 mm meanwhile. Advanced by the
 * high voltage; not thread-safe.
 *
 * <p>Published [V]: 10 a day at 180 kV, a full spike of the current without a lasting one, pulses
 * of 0.1 to 10 us on the toroid whose polarity tells the detector (downstream) from the supply
 * (upstream); amplifiers rail above 50 fC. Sizes of the rest are defaults [M].
 */
public final class Discharges {
  private static final double DAY = 86_400.0;
  private static final double PUBLISHED_PER_DAY = 10.0;
  private static final double SPIKE_MICROAMPS = 50.0;
  private static final double SPIKE_SECONDS = 0.010;
  private static final double LEAST_VOLTS = 1e3;
  private static final double BURST_HERTZ = 30.0;
  private static final double BASELINE_SECONDS = 20.0;
  private static final double SHOWERS_PER_DAY = 8.0;
  private static final double UPSTREAM_PER_HOUR_MICROAMP = 2.0;
  private static final double[] SPIKE_ADC = {600.0, 500.0, 180.0};
  private static final double[] RAILED = {80.0, 60.0, 12.0};
  private static final double BOILING_PER_DAY = 200.0;
  private static final double TRIPS_WHEN_BOILING = 0.05;
  private static final long STREAM = 42;

  private final Knob once;
  private final Knob perDay;
  private final boolean published;
  private final double nominalVolts;
  private final SimRandom chance;
  private final SimRandom sizes;
  private final SimRandom showers;
  private final SimRandom upstreamChance;
  private final double[] baselineAdc = new double[3];
  private final double[] railed = new double[3];
  private boolean wasAsked;
  private double spikeMicroamps;
  private double burstHertz;
  private double burstToCome;
  private double lastPulseMillivolts;
  private long downstream;
  private long upstream;
  private long fresh;

  Discharges(DetectorConfig config, Knobs knobs, long seed) {
    this.once = knobs.share("hv.discharge.now", "1 sets off one fast discharge");
    this.perDay =
        knobs.add(
            "hv.discharge.rate",
            "1/d",
            0.0,
            0.0,
            1e5,
            "Fast discharges at nominal voltage, beyond those of the configuration");
    this.published = config.hvActivity() == HvActivity.PUBLISHED;
    this.nominalVolts = Math.abs(config.cathodeKilovolts()) * 1e3;
    SimRandom own = new SimRandom(seed, STREAM);
    this.chance = new SimRandom(own.bits(), STREAM);
    this.sizes = new SimRandom(own.bits(), STREAM);
    this.showers = new SimRandom(own.bits(), STREAM);
    this.upstreamChance = new SimRandom(own.bits(), STREAM);
  }

  /**
   * Fast part.
   *
   * @param boilingShare how strongly the liquid boils: bubbles in the high field start discharges,
   *     and one of them may trip the supply [M]
   * @return whether the supply is to trip
   */
  boolean advanceFast(double dtSeconds, double cathodeVolts, double boilingShare) {
    spikeMicroamps = 0.0;
    boolean asked = once.isOn();
    boolean due = asked && !wasAsked;
    wasAsked = asked;
    double injected = perDay.value() + BOILING_PER_DAY * boilingShare;
    if (published || injected > 0.0) {
      double rate =
          (published ? PUBLISHED_PER_DAY * ChargeUp.steep(cathodeVolts) : 0.0)
              + injected * Math.pow(cathodeVolts / nominalVolts, 8.0);
      due |= chance.uniform() < rate * dtSeconds / DAY;
    }
    if (!due || cathodeVolts <= LEAST_VOLTS) {
      return false;
    }
    discharge(dtSeconds);
    return boilingShare > 0.0 && chance.uniform() < TRIPS_WHEN_BOILING;
  }

  private void discharge(double dtSeconds) {
    double size = sizes.uniform(0.6, 1.4);
    // The slow control averages over its reading, so the spike shows with its charge.
    spikeMicroamps = SPIKE_MICROAMPS * size * SPIKE_SECONDS / dtSeconds;
    burstToCome += BURST_HERTZ * size;
    for (int i = 0; i < 3; i++) {
      baselineAdc[i] += SPIKE_ADC[i] * size;
      railed[i] += Math.rint(RAILED[i] * size * sizes.uniform(0.5, 1.5));
    }
    pulse(true, 90.0 * size);
  }

  private void pulse(boolean fromDetector, double millivolts) {
    if (fromDetector) {
      downstream++;
    } else {
      upstream++;
    }
    fresh++;
    lastPulseMillivolts = fromDetector ? millivolts : -millivolts;
  }

  /**
   * Slow part.
   *
   * @param pickUp pulses of the background that the toroid counts anyhow
   * @param leakMicroamps leak of the supply, which sparks upstream of the toroid
   * @return new pulses beyond the background
   */
  long advanceSlow(double dtSeconds, long pickUp, double leakMicroamps) {
    burstHertz = burstToCome;
    burstToCome = 0.0;
    for (int i = 0; i < 3; i++) {
      baselineAdc[i] *= Math.exp(-dtSeconds / BASELINE_SECONDS);
      railed[i] += showers.poisson(SHOWERS_PER_DAY * dtSeconds / DAY);
    }
    if (leakMicroamps > 0.0) {
      double mean = UPSTREAM_PER_HOUR_MICROAMP * leakMicroamps * dtSeconds / 3_600.0;
      for (long n = upstreamChance.poisson(mean); n > 0; n--) {
        pulse(false, upstreamChance.uniform(30.0, 90.0));
      }
    }
    long beyond = fresh;
    for (long n = pickUp; n > 0; n--) {
      pulse(showers.uniform() < 0.5, showers.uniform(5.0, 15.0));
    }
    fresh = 0;
    return beyond;
  }

  /** Current of a discharge as one reading of the supply shows it, uA. */
  double spikeMicroamps() {
    return spikeMicroamps;
  }

  /** Additional triggers of a discharge, Hz over the present ten seconds. */
  public double burstHertz() {
    return burstHertz;
  }

  /** Excursion of the baseline of wire plane {@code plane}, ADC counts. */
  public double baselineAdc(int plane) {
    return baselineAdc[plane];
  }

  /** Channels of wire plane {@code plane} that have been driven to their rail so far. */
  public double railedChannels(int plane) {
    return railed[plane];
  }

  /** Toroid pulses from the detector side so far. */
  public long downstreamPulses() {
    return downstream;
  }

  /** Toroid pulses from the supply side so far. */
  public long upstreamPulses() {
    return upstream;
  }

  /** Height of the last toroid pulse, mV; positive from the detector, negative from the supply. */
  public double lastPulseMillivolts() {
    return lastPulseMillivolts;
  }

  void exchange(StateCodec codec) {
    chance.exchange(codec);
    sizes.exchange(codec);
    showers.exchange(codec);
    upstreamChance.exchange(codec);
    codec.ofArray(baselineAdc);
    codec.ofArray(railed);
    wasAsked = codec.ofBoolean(wasAsked);
    spikeMicroamps = codec.ofDouble(spikeMicroamps);
    burstHertz = codec.ofDouble(burstHertz);
    burstToCome = codec.ofDouble(burstToCome);
    lastPulseMillivolts = codec.ofDouble(lastPulseMillivolts);
    downstream = codec.ofLong(downstream);
    upstream = codec.ofLong(upstream);
    fresh = codec.ofLong(fresh);
  }
}
