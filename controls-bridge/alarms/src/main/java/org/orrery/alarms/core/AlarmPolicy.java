package org.orrery.alarms.core;

/**
 * What holds for the whole facility.
 *
 * @param linkDelayNs how long a connection may be gone, or silent, before an alarm, plant ns
 * @param episodeGapNs without a new alarm for this long, the next one is the first of a new
 *     episode, and a channel that was back for longer and is lost again is lost anew, plant ns
 * @param summaryDevices from this many devices without connection on, one alarm stands for all of
 *     them
 */
public record AlarmPolicy(long linkDelayNs, long episodeGapNs, int summaryDevices) {
  public AlarmPolicy {
    if (linkDelayNs < 0 || episodeGapNs < 0 || summaryDevices < 2) {
      throw new IllegalArgumentException(
          "alarm policy needs delays of 0 or more and a summary of at least 2 devices, got "
              + linkDelayNs
              + " ns, "
              + episodeGapNs
              + " ns, "
              + summaryDevices);
    }
  }
}
