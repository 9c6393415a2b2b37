package org.orrery.dqm;

/**
 * What a site may tune. All times are plant time.
 *
 * @param falseAlarmsPerWeek how many findings a healthy detector may give in a week, all channels
 *     together
 * @param warmUpNs how long the detector only learns after the twin has begun
 * @param quietNs how long every channel of a finding must be back in its band before the finding
 *     ends
 * @param joinNs deviations that begin within this time of a finding's last growth belong to it
 * @param updateNs shortest time between two updates of a finding
 * @param feedStage the stage of the loss counts that tells what the twin did not get, for example
 *     {@code feed.twin}
 */
public record DqmConfig(
    double falseAlarmsPerWeek,
    long warmUpNs,
    long quietNs,
    long joinNs,
    long updateNs,
    String feedStage) {
  private static final long SECOND_NS = 1_000_000_000L;

  /** One false alarm a week; 10 min of learning; findings end after 3 min of quiet. */
  public static final DqmConfig DEFAULT =
      new DqmConfig(
          1, 600 * SECOND_NS, 180 * SECOND_NS, 600 * SECOND_NS, 30 * SECOND_NS, "feed.twin");
}
