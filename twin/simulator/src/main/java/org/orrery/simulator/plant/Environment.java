package org.orrery.simulator.plant;

/** Weather, the hall around the detector and its mains. Advanced by the plant; not thread-safe. */
public final class Environment {
  private static final double DAY_SECONDS = 86_400.0;

  /** Fastest change of an injected front, mbar/s: 4 mbar in an hour. */
  private static final double FRONT_RATE = 4.0 / 3600.0;

  /** Time with which a front follows its cause, so that it has no edges. */
  private static final double FRONT_SECONDS = 1_200.0;

  /** Weather does not change faster than over hours. */
  private static final double SMOOTH_SECONDS = 3.0 * 3600.0;

  private final Knob front;
  private final Knob powerLost;
  private final double meanMillibar;
  private final Wander slow;
  private final Wander hall;
  private final double tidePhase;
  private double seconds;
  private double smoothMillibar;
  private double frontMillibar;

  Environment(double meanMillibar, Knobs knobs, SimRandom random) {
    this.front =
        knobs.add("env.front", "mbar", 0.0, -60.0, 60.0, "Departure of the atmospheric pressure");
    this.powerLost = knobs.share("site.power.lost", "Share of the mains of the site that is lost");
    this.meanMillibar = meanMillibar;
    this.slow = new Wander(3.0, 2.5 * DAY_SECONDS, random);
    this.smoothMillibar = slow.value();
    this.hall = new Wander(0.3, 4.0 * 3600.0, random);
    this.tidePhase = random.uniform(0.0, 2.0 * Math.PI);
  }

  void advance(double dtSeconds, SimRandom random) {
    seconds += dtSeconds;
    slow.advance(dtSeconds, random);
    smoothMillibar += (slow.value() - smoothMillibar) * dtSeconds / SMOOTH_SECONDS;
    hall.advance(dtSeconds, random);
    double gap = front.value() - frontMillibar;
    double most = FRONT_RATE * dtSeconds;
    frontMillibar += Math.clamp(gap * dtSeconds / FRONT_SECONDS, -most, most);
  }

  /** Atmospheric pressure, mbar. */
  public double barometerMillibar() {
    double tide = 0.6 * Math.sin(4.0 * Math.PI * seconds / DAY_SECONDS + tidePhase);
    return meanMillibar + smoothMillibar + tide + frontMillibar;
  }

  /** Temperature of the hall, degrees Celsius. */
  public double hallCelsius() {
    return 22.0 + 0.5 * Math.sin(2.0 * Math.PI * seconds / DAY_SECONDS + tidePhase) + hall.value();
  }

  /**
   * Share of the mains of the site that is there: 1 in a healthy detector, 0 in an outage. What
   * went off with it stays off when it returns, until the crew switches it on.
   */
  public double powerShare() {
    return 1.0 - powerLost.value();
  }

  void exchange(StateCodec codec) {
    slow.exchange(codec);
    hall.exchange(codec);
    seconds = codec.ofDouble(seconds);
    smoothMillibar = codec.ofDouble(smoothMillibar);
    frontMillibar = codec.ofDouble(frontMillibar);
  }
}
