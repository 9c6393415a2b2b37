package org.orrery.dqm.core;

/**
 * How the innovation detector judges. All times are plant time.
 *
 * @param falseAlarmsPerWeek how many findings a healthy detector may give in a week, all channels
 *     together
 * @param warmUpNs how long it only learns after the twin has begun
 * @param quietNs how long every channel of a finding must be back in its band before the finding
 *     ends
 * @param joinNs deviations that begin within this time of a finding's last growth belong to it
 * @param updateNs shortest time between two updates of a finding
 * @param seed seed of the null simulation
 */
public record DetectorSettings(
    double falseAlarmsPerWeek, long warmUpNs, long quietNs, long joinNs, long updateNs, long seed) {
  public DetectorSettings {
    if (!(falseAlarmsPerWeek > 0) || warmUpNs < 0 || quietNs < 0 || joinNs < 0 || updateNs < 0) {
      throw new IllegalArgumentException(
          "the detector needs a false-alarm budget above 0 and times of 0 or more, got "
              + falseAlarmsPerWeek
              + " per week, "
              + warmUpNs
              + ", "
              + quietNs
              + ", "
              + joinNs
              + ", "
              + updateNs
              + " ns");
    }
  }
}
