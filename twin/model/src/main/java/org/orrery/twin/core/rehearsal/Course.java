package org.orrery.twin.core.rehearsal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.Trajectory;

/** The predicted readings of one sensor, collected point by point. Mutable, not thread-safe. */
final class Course {
  private final String channel;
  private final String unit;
  private final List<Trajectory.Point> points = new ArrayList<>();

  Course(String channel, String unit) {
    this.channel = channel;
    this.unit = unit;
  }

  /** Adds a time with samples of the reading; sorts the samples in place. */
  void add(long timeNs, double[] samples) {
    Arrays.sort(samples);
    Band band = new Band(quantile(samples, 0.05), quantile(samples, 0.5), quantile(samples, 0.95));
    points.add(new Trajectory.Point(timeNs, band));
  }

  /** Adds a time at which the value is known. */
  void add(long timeNs, double value) {
    points.add(new Trajectory.Point(timeNs, new Band(value, value, value)));
  }

  Trajectory trajectory() {
    return new Trajectory(new ChannelId(channel), unit, points);
  }

  List<Trajectory.Point> points() {
    return points;
  }

  /** Quantile of sorted samples, interpolated. */
  static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
