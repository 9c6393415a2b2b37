package org.orrery.simulator.plant;

/**
 * SplitMix64 generator (Steele, Lea, Flood, OOPSLA 2014) whose whole state can be saved. Not
 * thread-safe.
 */
public final class SimRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private boolean hasSpare;
  private double spare;

  /** Starts the sequence of {@code seed} and {@code stream}; different streams are independent. */
  public SimRandom(long seed, long stream) {
    this.state = mix(seed + GOLDEN_GAMMA) ^ mix(stream * GOLDEN_GAMMA + 1);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns the next 64 random bits. */
  public long bits() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Returns the next number in [0, 1). */
  public double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** Returns the next number in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Returns the next standard normal number (Marsaglia's polar method). */
  public double gaussian() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    while (true) {
      double u = 2.0 * uniform() - 1.0;
      double v = 2.0 * uniform() - 1.0;
      double s = u * u + v * v;
      if (s < 1.0 && s > 0.0) {
        double factor = Math.sqrt(-2.0 * Math.log(s) / s);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
      }
    }
  }

  /** Returns the number of events of a Poisson process; exact below a mean of 30, else normal. */
  public long poisson(double mean) {
    if (mean <= 0.0) {
      return 0;
    }
    if (mean > 30.0) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian()));
    }
    double limit = Math.exp(-mean);
    double product = uniform();
    long n = 0;
    while (product > limit) {
      product *= uniform();
      n++;
    }
    return n;
  }

  /** Writes or reads the state. */
  public void exchange(StateCodec codec) {
    state = codec.ofLong(state);
    hasSpare = codec.ofBoolean(hasSpare);
    spare = codec.ofDouble(spare);
  }
}
