package org.orrery.simulator.plan;

import org.orrery.simulator.plant.SimRandom;

/**
 * Draws from the shapes that the assumptions name. Uses only operations that give the same bits on
 * every machine. Not thread-safe.
 */
final class Draws {
  static final double NS_PER_SECOND = 1e9;
  private static final double INTERVAL_JITTER = 0.2;

  private final SimRandom random;

  Draws(long seed, long stream) {
    this.random = new SimRandom(seed, stream);
  }

  double uniform() {
    return random.uniform();
  }

  boolean chance(Assumption share) {
    return random.uniform() < share.nominal();
  }

  int below(int bound) {
    return (int) (random.uniform() * bound);
  }

  /** Time to the next event of a Poisson process, s; infinite at a rate of 0. */
  double gapSeconds(double perSecond) {
    double u = random.uniform();
    return perSecond <= 0.0 ? Double.POSITIVE_INFINITY : -StrictMath.log1p(-u) / perSecond;
  }

  /** Triangular on [low, high] with mode nominal. */
  double triangular(Range range) {
    double u = random.uniform();
    double width = range.high() - range.low();
    if (width <= 0.0) {
      return range.nominal();
    }
    double left = range.nominal() - range.low();
    return u * width < left
        ? range.low() + Math.sqrt(u * width * left)
        : range.high() - Math.sqrt((1.0 - u) * width * (width - left));
  }

  /** Triangular in log(1 + x), x in the unit of the number. */
  double logTriangular(Range range) {
    Range logs =
        new Range(
            StrictMath.log1p(range.low()),
            StrictMath.log1p(range.nominal()),
            StrictMath.log1p(range.high()));
    return StrictMath.expm1(triangular(logs));
  }

  /** A length of time in ns, triangular in the logarithm. */
  long lengthNs(Assumption time) {
    return ns(logTriangular(time.range()) * time.secondsPerUnit());
  }

  /** An interval of planned work in ns: the nominal one, times 0.8 to 1.2. */
  long intervalNs(Assumption time) {
    return ns(time.seconds() * random.uniform(1.0 - INTERVAL_JITTER, 1.0 + INTERVAL_JITTER));
  }

  static long ns(double seconds) {
    return Math.round(seconds * NS_PER_SECOND);
  }
}
