package org.orrery.simulator.plan;

/**
 * One number of the benchmark with where it comes from. Immutable.
 *
 * @param range the number, in its unit
 * @param unit UCUM code
 * @param source key of a published source, or {@value #GUESS}
 * @param why what the source says, or the reason for the guess
 */
public record Assumption(Range range, String unit, String source, String why) {
  /** The source of a number that nobody published. */
  public static final String GUESS = "guess";

  private static final double SECONDS_PER_MONTH = 30.4375 * 86_400.0;

  /** Returns whether nobody published it. */
  public boolean guessed() {
    return source.equals(GUESS);
  }

  /** Returns the best single value, in its unit. */
  public double nominal() {
    return range.nominal();
  }

  /** Returns the best single value of a time, s. */
  public double seconds() {
    return nominal() * secondsPerUnit();
  }

  /** Returns the best single value of a rate, 1/s. */
  public double perSecond() {
    return switch (unit) {
      case "1/mo" -> nominal() / SECONDS_PER_MONTH;
      case "1/d" -> nominal() / 86_400.0;
      default -> throw new IllegalStateException("not a rate: " + unit);
    };
  }

  /** Returns the seconds in a unit of a time. */
  public double secondsPerUnit() {
    return switch (unit) {
      case "s" -> 1.0;
      case "min" -> 60.0;
      case "h" -> 3_600.0;
      case "d" -> 86_400.0;
      default -> throw new IllegalStateException("not a time: " + unit);
    };
  }

  /** Returns the same assumption with its low or high value as the best one, for a sensitivity. */
  public Assumption movedTo(Level level) {
    return new Assumption(new Range(range.low(), range.at(level), range.high()), unit, source, why);
  }
}
