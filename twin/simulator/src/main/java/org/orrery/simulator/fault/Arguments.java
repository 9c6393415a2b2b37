package org.orrery.simulator.fault;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The words {@code name=value} behind the start of a fault. Each is taken once; what nobody took is
 * an error. Not thread-safe.
 */
public final class Arguments {
  private final Map<String, String> words = new LinkedHashMap<>();
  private final long chance;

  private Arguments(long chance) {
    this.chance = chance;
  }

  /**
   * Reads the words.
   *
   * @param words {@code name=value} each, or only a name
   * @param chance what the fault leaves to chance comes from this number
   * @throws IllegalArgumentException if a name comes twice
   */
  public static Arguments of(List<String> words, long chance) {
    Arguments arguments = new Arguments(chance);
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      if (arguments.words.put(name.toLowerCase(Locale.ROOT), value) != null) {
        throw new IllegalArgumentException("twice: " + name);
      }
    }
    return arguments;
  }

  /** Returns what chance is drawn from. */
  public long chance() {
    return chance;
  }

  /** Returns a number in [low, high) that chance decides. */
  public double uniform(double low, double high) {
    long z = (chance ^ 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return low + (high - low) * (((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53);
  }

  /** Takes a text, where it was given. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(words.remove(name));
  }

  /** Takes a number between two bounds. */
  public double number(String name, double otherwise, double least, double most) {
    String text = words.remove(name);
    if (text == null) {
      return otherwise;
    }
    double value = numberOf(name, text);
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must lie within %s and %s: %s".formatted(name, least, most, text));
    }
    return value;
  }

  /** Takes a whole number between two bounds. */
  public int whole(String name, int otherwise, int least, int most) {
    double value = number(name, otherwise, least, most);
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(name + " must be a whole number: " + value);
    }
    return (int) value;
  }

  /** Takes one of some words. */
  public String choice(String name, String otherwise, String... allowed) {
    String text = words.remove(name);
    if (text == null) {
      return otherwise;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!Arrays.asList(allowed).contains(lower)) {
      throw new IllegalArgumentException(
          "%s must be one of %s: %s".formatted(name, String.join(", ", allowed), text));
    }
    return lower;
  }

  /** Takes the severity, 0 to 1. */
  public double severity(double otherwise) {
    return number("severity", otherwise, 0.0, 1.0);
  }

  /** Takes the time over which a fault grows, s; 0 is sudden. */
  public double rampSeconds(double otherwise) {
    return number("ramp", otherwise, 0.0, 1e8);
  }

  /** Returns a course that grows over the asked time to {@code amount}. */
  public Profile growing(double amount, double usualRampSeconds) {
    return new Profile.Ramp(amount, rampSeconds(usualRampSeconds));
  }

  /**
   * Makes sure that every word was taken.
   *
   * @throws IllegalArgumentException naming what was not
   */
  public void end() {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("not understood: " + String.join(", ", words.keySet()));
    }
  }

  static double numberOf(String name, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below, as for an infinite number.
    }
    throw new IllegalArgumentException(name + " is not a number: " + text);
  }
}
