package org.orrery.simulator.plant;

/**
 * A quantity that ages: it grows day by day, at a rate of its own and not quite evenly. Brought up
 * to date once a day, since the ageing of a day is below what any sensor resolves. Not thread-safe.
 */
final class Ageing {
  private static final double DAY_SECONDS = 86_400.0;
  private static final double UNEVENNESS = 0.2;

  private final double perDay;
  private final SimRandom random;
  private double seconds;
  private double value;

  /** Starts at 0, grows by {@code perDay}; unevenness comes from {@code random}, its own. */
  Ageing(double perDay, SimRandom random) {
    this.perDay = perDay;
    this.random = random;
  }

  void advance(double dtSeconds) {
    seconds += dtSeconds;
    while (seconds >= DAY_SECONDS) {
      seconds -= DAY_SECONDS;
      value += perDay * (1.0 + UNEVENNESS * random.gaussian());
    }
  }

  /** What it has grown to. */
  double value() {
    return value;
  }

  void exchange(StateCodec codec) {
    random.exchange(codec);
    seconds = codec.ofDouble(seconds);
    value = codec.ofDouble(value);
  }
}
