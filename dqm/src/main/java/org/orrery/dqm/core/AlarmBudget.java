package org.orrery.dqm.core;

import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Shares the budget of false alarms between the tests of all channels, and turns heights and looks
 * into probabilities of an hour: that anything in the facility looks as bad within an hour when
 * nothing is wrong. Not thread-safe.
 */
final class AlarmBudget {
  private static final double WEEK_NS = 7 * 86_400e9;
  private static final double HOUR_NS = 3_600e9;
  private static final double SHORTEST_INTERVAL_NS = 1e9;

  /** Shares of the budget: each kind of CUSUM, and the joint tests. */
  private static final double CUSUM_SHARE = 0.35;

  private static final double JOINT_SHARE = 0.3;
  private static final double LEAST_P = 1e-15;

  private final double perWeek;
  private final CusumNull[] nulls;
  private final double[] levels;
  private double readingsPerNs;
  private double looksPerNs;

  AlarmBudget(double falseAlarmsPerWeek, SplittableRandom random) {
    this.perWeek = falseAlarmsPerWeek;
    this.nulls =
        new CusumNull[] {
          CusumNull.calibrate(CusumNull.FAST, random), CusumNull.calibrate(CusumNull.SLOW, random)
        };
    this.levels = new double[nulls.length];
    share(List.of(), 1, SHORTEST_INTERVAL_NS);
  }

  /** Shares the budget anew between what is watched now. */
  void share(Collection<ChannelMonitor> monitors, int subsystems, double stepNs) {
    readingsPerNs = 0;
    for (ChannelMonitor monitor : monitors) {
      readingsPerNs += 1 / Math.max(monitor.intervalNs(), SHORTEST_INTERVAL_NS);
    }
    looksPerNs = Math.max(1, subsystems) / Math.max(stepNs, SHORTEST_INTERVAL_NS);
    double readingsPerWeek = Math.max(1, readingsPerNs * WEEK_NS);
    for (int i = 0; i < nulls.length; i++) {
      levels[i] = nulls[i].level(CUSUM_SHARE * perWeek / readingsPerWeek);
    }
  }

  /**
   * The levels of the kinds of CUSUM, in the order of {@link ChannelMonitor}'s kinds; not to be
   * changed.
   */
  double[] levels() {
    return levels;
  }

  /** A joint look of at most this probability is an alarm. */
  double jointThreshold() {
    return JOINT_SHARE * perWeek / (looksPerNs * WEEK_NS);
  }

  /** Probability of an hour for a channel's present height. */
  double perHour(ChannelMonitor monitor) {
    double rate = 1;
    for (int i = 0; i < nulls.length; i++) {
      rate = Math.min(rate, nulls[i].rate(monitor.height(i)));
    }
    return probability(readingsPerNs * HOUR_NS * rate * nulls.length);
  }

  /** Probability of an hour for a joint look. */
  double perHour(double lookPValue) {
    return probability(looksPerNs * HOUR_NS * lookPValue);
  }

  private static double probability(double expected) {
    return Math.clamp(-Math.expm1(-expected), LEAST_P, 1);
  }
}
