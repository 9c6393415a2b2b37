package org.orrery.server.runtime;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.history.History;

/** What the Archiver Appliance's retrieval can be asked to do with samples before it gives them. */
sealed interface RetrievalOperator {
  /** The Archiver Appliance's interval where none is given, s. */
  int STANDARD_SECONDS = 900;

  /** The Archiver Appliance's number of points where none is given. */
  int STANDARD_POINTS = 1_000;

  /** As many as one answer of the archive holds. */
  int MOST_INTERVALS = 100_000;

  /** Of all PVs of a request together: some 100 MB of text. */
  int MOST_INTERVALS_TOGETHER = 1_000_000;

  /** Samples as they are. */
  record Raw() implements RetrievalOperator {}

  /**
   * A figure of each interval.
   *
   * @param name as it is asked for
   * @param seconds length of the intervals
   */
  record Summary(String name, int seconds) implements RetrievalOperator {
    /** What it says of an interval that has samples. */
    double of(History.Point point) {
      return switch (name) {
        case "mean", "errorbar" -> point.mean();
        case "min" -> point.min();
        case "max" -> point.max();
        case "count" -> point.count();
        case "std" -> point.deviation();
        case "variance" -> point.deviation() * point.deviation();
        case "popvariance" ->
            point.deviation() * point.deviation() * (point.count() - 1) / point.count();
        case "jitter" -> point.deviation() / point.mean();
        default -> throw new IllegalStateException("no summary " + name);
      };
    }

    /** Whether an interval without samples is 0; otherwise it repeats the one before. */
    boolean zeroWhereEmpty() {
      return name.equals("count");
    }
  }

  /**
   * The first or the last sample of each interval.
   *
   * @param last the last instead of the first
   * @param fill put it into the middle of the interval, and repeat it where an interval is empty
   * @param seconds length of the intervals
   */
  record Pick(boolean last, boolean fill, int seconds) implements RetrievalOperator {}

  /**
   * Every n-th sample.
   *
   * @param n 1 for all
   */
  record Nth(int n) implements RetrievalOperator {}

  /** The number of samples. */
  record NumberOf() implements RetrievalOperator {}

  /**
   * Samples where there are few; otherwise mean, deviation, least, greatest and number of each
   * interval.
   *
   * @param points about how many
   */
  record Optimized(int points) implements RetrievalOperator {}

  /**
   * What is asked of a channel.
   *
   * @param operator what to do
   * @param pv of what
   */
  record Asked(RetrievalOperator operator, String pv) {}

  /** Names of all operators. */
  List<String> NAMES =
      List.of(
          "mean",
          "min",
          "max",
          "count",
          "std",
          "variance",
          "popvariance",
          "jitter",
          "errorbar",
          "firstSample",
          "lastSample",
          "firstFill",
          "lastFill",
          "nth",
          "ncount",
          "optimized");

  /**
   * Reads {@code mean_60(PV)} or {@code PV}.
   *
   * @throws Json.BadRequestException when there is no such operator
   */
  static Asked parse(String text) {
    Matcher call = Pattern.compile("([A-Za-z]+)(?:_([0-9]{1,9}))?\\((.+)\\)").matcher(text.strip());
    if (!call.matches()) {
      return new Asked(new Raw(), text.strip());
    }
    String name = call.group(1);
    String number = call.group(2);
    RetrievalOperator operator =
        switch (name) {
          case "mean",
              "min",
              "max",
              "count",
              "std",
              "variance",
              "popvariance",
              "jitter",
              "errorbar" ->
              new Summary(name, atLeastOne(number, STANDARD_SECONDS));
          case "firstSample", "lastSample", "firstFill", "lastFill" ->
              new Pick(
                  name.startsWith("last"),
                  name.endsWith("Fill"),
                  atLeastOne(number, STANDARD_SECONDS));
          case "nth" -> new Nth(atLeastOne(number, STANDARD_SECONDS));
          case "ncount" -> new NumberOf();
          case "optimized" ->
              new Optimized(Math.min(atLeastOne(number, STANDARD_POINTS), MOST_INTERVALS));
          default ->
              throw new Json.BadRequestException(
                  "there is no operator '" + name + "'; known here: " + NAMES);
        };
    return new Asked(operator, call.group(3).strip());
  }

  /**
   * How many intervals an operator makes of a span, ns; none where it gives samples as they are.
   *
   * @throws Json.BadRequestException when they are more than an answer can hold
   */
  static long intervals(RetrievalOperator operator, long spanNs) {
    return switch (operator) {
      case Summary summary -> intervals(summary.seconds(), spanNs);
      case Pick pick when pick.fill() -> intervals(pick.seconds(), spanNs);
      case Pick pick -> 0;
      case Raw raw -> 0;
      case Nth nth -> 0;
      case NumberOf all -> 0;
      case Optimized optimized -> optimized.points();
    };
  }

  private static long intervals(int seconds, long spanNs) {
    long intervals = spanNs / RetrievalJson.SECOND_NS / seconds;
    if (intervals > MOST_INTERVALS) {
      throw new Json.BadRequestException(
          "more than %,d intervals of %d s were asked for; ask for longer ones, or a shorter span"
              .formatted(MOST_INTERVALS, seconds));
    }
    return intervals;
  }

  private static int atLeastOne(@Nullable String text, int standard) {
    return text == null ? standard : Math.max(1, Integer.parseInt(text));
  }
}
