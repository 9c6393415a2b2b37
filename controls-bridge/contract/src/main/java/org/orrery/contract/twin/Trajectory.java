package org.orrery.contract.twin;

import java.util.List;
import org.orrery.contract.facility.ChannelId;

/**
 * The predicted course of a channel.
 *
 * @param channel which channel
 * @param unit the channel's unit
 * @param points in order of time
 */
public record Trajectory(ChannelId channel, String unit, List<Point> points) {
  public Trajectory {
    points = List.copyOf(points);
  }

  /**
   * One time of the course.
   *
   * @param timeNs plant ns
   * @param band quantiles there
   */
  public record Point(long timeNs, Band band) {}
}
