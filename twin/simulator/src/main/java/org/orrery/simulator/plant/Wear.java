package org.orrery.simulator.plant;

/**
 * Slow ageing of one part: nothing during a hidden induction time, then growth that reaches 1 at
 * the end of a hidden life. Both are drawn anew when the part is exchanged. Not thread-safe.
 */
public final class Wear {
  private static final double HOUR_SECONDS = 3600.0;

  private final Law law;
  private final SimRandom random;
  private double inductionHours;
  private double lifeHours;
  private double hours;
  private double amount;

  /**
   * How parts of one kind age.
   *
   * @param leastInductionDays shortest time without a trace, days of use
   * @param mostInductionDays longest time without a trace, days of use
   * @param leastLifeDays shortest time from the first trace to the end, days of use
   * @param mostLifeDays longest time from the first trace to the end, days of use
   * @param steepness 0.1 for nearly even growth, 4 for one that gathers speed
   */
  record Law(
      double leastInductionDays,
      double mostInductionDays,
      double leastLifeDays,
      double mostLifeDays,
      double steepness) {}

  Wear(Law law, long seed) {
    this.law = law;
    this.random = new SimRandom(seed, 51);
    draw();
    // A detector in its steady state has parts of some age, but none that shows it.
    this.hours = random.uniform(0.0, 0.3) * inductionHours;
  }

  private void draw() {
    inductionHours = 24.0 * random.uniform(law.leastInductionDays(), law.mostInductionDays());
    lifeHours = 24.0 * random.uniform(law.leastLifeDays(), law.mostLifeDays());
  }

  /** Uses the part for {@code seconds}. */
  void use(double seconds) {
    hours += seconds / HOUR_SECONDS;
    if (hours > inductionHours) {
      double share = (hours - inductionHours) / lifeHours;
      amount = Math.min(2.0, Math.expm1(law.steepness() * share) / Math.expm1(law.steepness()));
    }
  }

  /** Replaces the part by a new one. */
  void renew() {
    draw();
    hours = 0.0;
    amount = 0.0;
  }

  /** Returns how far it has aged: 0 without a trace, 1 at the end of its life, at most 2. */
  double amount() {
    return amount;
  }

  void exchange(StateCodec codec) {
    random.exchange(codec);
    inductionHours = codec.ofDouble(inductionHours);
    lifeHours = codec.ofDouble(lifeHours);
    hours = codec.ofDouble(hours);
    amount = codec.ofDouble(amount);
  }
}
