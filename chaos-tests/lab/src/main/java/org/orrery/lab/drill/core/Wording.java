package org.orrery.lab.drill.core;

import java.util.OptionalLong;

/** Durations and small counts as people read them. Stateless. */
public final class Wording {
  private static final long SECOND_NS = 1_000_000_000L;

  private Wording() {}

  /** For example {@code 45 s}, {@code 4 min 10 s}, {@code 3 h 20 min}. */
  public static String duration(long ns) {
    long seconds = Math.max(0, Math.round((double) ns / SECOND_NS));
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds % 60 == 0
          ? seconds / 60 + " min"
          : seconds / 60 + " min " + seconds % 60 + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  /** For example {@code 97 %}; nothing is called certain that is not. */
  public static String percent(double probability) {
    return probability > 0.99 && probability < 1 ? ">99 %" : "%.0f %%".formatted(100 * probability);
  }

  /** A duration, or a word where there is none. */
  public static String duration(OptionalLong ns, String otherwise) {
    return ns.isPresent() ? duration(ns.getAsLong()) : otherwise;
  }
}
