package org.orrery.archive.core;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A UTC day of plant time; the archive keeps one partition for each.
 *
 * @param epochDay days since 1970-01-01
 */
public record PlantDay(long epochDay) implements Comparable<PlantDay> {
  /** Length of a day, ns; plant time has no leap seconds. */
  public static final long DAY_NS = 86_400_000_000_000L;

  /** First instant that a plant can have, ns. */
  public static final long FIRST_NS = LocalDate.of(2000, 1, 1).toEpochDay() * DAY_NS;

  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
  private static final long FIRST = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(2199, 12, 31).toEpochDay();

  /** The day of an instant, plant ns since the epoch. */
  public static PlantDay of(long timeNs) {
    return new PlantDay(Math.floorDiv(timeNs, DAY_NS));
  }

  /**
   * Whether a plant can have this day (years 2000 to 2199). Others share one partition, so that a
   * device whose clock was never set cannot make thousands of them.
   */
  public boolean isPlausible() {
    return epochDay >= FIRST && epochDay <= LAST;
  }

  /** First instant, inclusive, ns. */
  public long fromNs() {
    return Math.multiplyExact(epochDay, DAY_NS);
  }

  /** Last instant, exclusive, ns. */
  public long toNs() {
    return Math.multiplyExact(epochDay + 1, DAY_NS);
  }

  /** The day after. */
  public PlantDay next() {
    return new PlantDay(epochDay + 1);
  }

  /** The day as it stands in a partition's name, for example {@code 20261123}. */
  public String suffix() {
    return SUFFIX.format(LocalDate.ofEpochDay(epochDay));
  }

  /** The day of a partition's name; the reverse of {@link #suffix}. */
  public static PlantDay parse(String suffix) {
    return new PlantDay(LocalDate.parse(suffix, SUFFIX).toEpochDay());
  }

  @Override
  public int compareTo(PlantDay other) {
    return Long.compare(epochDay, other.epochDay);
  }
}
