package org.orrery.contract.history;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Severity;

/**
 * The past of a channel.
 *
 * @param channel which channel
 * @param points in order of time
 * @param reduced true where points stand for several samples
 */
public record History(ChannelId channel, List<Point> points, boolean reduced) {
  public History {
    points = List.copyOf(points);
  }

  /**
   * A sample, or several of them.
   *
   * @param timeNs source time of the sample, or start of the interval, plant ns
   * @param value the sample, or the last one; NaN where it is not a number
   * @param min smallest
   * @param max largest
   * @param mean mean
   * @param count how many samples
   * @param severity worst severity
   * @param text the value in words where it is no number
   */
  public record Point(
      long timeNs,
      double value,
      double min,
      double max,
      double mean,
      long count,
      Severity severity,
      Optional<String> text) {}
}
