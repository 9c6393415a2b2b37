package org.orrery.contract.history;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Severity;

/**
 * The past of a channel.
 *
 * @param channel which channel
 * @param points in order of time; a silence that began within the span stands among them as one
 *     without a number, with the reason in words
 * @param reduced true where points stand for several samples
 * @param truncated true where the span may hold more than the points, which begin with its first:
 *     ask on from behind the last one
 * @param before the last known value before the span, so that an empty span still says what held in
 *     it; empty where none is stored
 * @param gaps every silence that touches the span, in order of time
 */
public record History(
    ChannelId channel,
    List<Point> points,
    boolean reduced,
    boolean truncated,
    Optional<Point> before,
    List<Gap> gaps) {
  public History {
    points = List.copyOf(points);
    gaps = List.copyOf(gaps);
  }

  /** The past of a channel of which nothing is stored. */
  public static History empty(ChannelId channel) {
    return new History(channel, List.of(), false, false, Optional.empty(), List.of());
  }

  /**
   * A sample, or several of them.
   *
   * @param timeNs source time of the sample, or start of the interval, plant ns
   * @param value the sample, or the last one; NaN where it is not a number
   * @param min smallest
   * @param max largest
   * @param mean mean
   * @param deviation standard deviation of the sample, with n - 1; 0 for one number, NaN for none
   *     and where it was not recorded
   * @param count how many samples
   * @param lost updates known to be lost before it or within the interval
   * @param severity worst severity
   * @param text the value in words where it is no number
   * @param marks what is peculiar about the time of a single sample; empty for several
   */
  public record Point(
      long timeNs,
      double value,
      double min,
      double max,
      double mean,
      double deviation,
      long count,
      long lost,
      Severity severity,
      Optional<String> text,
      Set<Mark> marks) {
    public Point {
      marks = Set.copyOf(marks);
    }
  }
}
