package org.orrery.simulator.plant;

/**
 * A quantity that wanders around zero and is pulled back: an Ornstein-Uhlenbeck process, exact for
 * any step. Not thread-safe.
 */
public final class Wander {
  private final double sigma;
  private final double relaxationSeconds;
  private double value;
  private double cachedDtSeconds = -1.0;
  private double keep;
  private double kick;

  /** Starts within one standard deviation {@code sigma}, with the given correlation time. */
  public Wander(double sigma, double relaxationSeconds, SimRandom random) {
    this.sigma = sigma;
    this.relaxationSeconds = relaxationSeconds;
    this.value = sigma * Math.clamp(random.gaussian(), -1.0, 1.0);
  }

  /** Advances by {@code dtSeconds} and returns the new value. */
  public double advance(double dtSeconds, SimRandom random) {
    if (dtSeconds != cachedDtSeconds) {
      cachedDtSeconds = dtSeconds;
      keep = Math.exp(-dtSeconds / relaxationSeconds);
      kick = sigma * Math.sqrt(1.0 - keep * keep);
    }
    value = value * keep + kick * random.gaussian();
    return value;
  }

  /** Returns the present value. */
  public double value() {
    return value;
  }

  /** Writes or reads the state. */
  public void exchange(StateCodec codec) {
    value = codec.ofDouble(value);
  }
}
