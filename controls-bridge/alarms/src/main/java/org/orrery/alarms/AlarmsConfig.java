package org.orrery.alarms;

/**
 * What a site may tune.
 *
 * @param linkDelayNs how long a connection may be gone, or silent, before an alarm, plant ns
 * @param episodeGapNs without a new alarm for this long, the next one is the first of a new
 *     episode, plant ns
 * @param summaryDevices from this many devices without connection on, one alarm stands for all of
 *     them
 * @param tickMs how often delays are looked at without a reading, wall ms
 */
public record AlarmsConfig(long linkDelayNs, long episodeGapNs, int summaryDevices, long tickMs) {
  /** 10 s of patience with a connection, episodes 5 min apart, one alarm from 8 lost devices on. */
  public static final AlarmsConfig DEFAULT =
      new AlarmsConfig(10_000_000_000L, 300_000_000_000L, 8, 100);

  public AlarmsConfig {
    if (linkDelayNs < 0 || episodeGapNs < 0 || summaryDevices < 2 || tickMs < 1) {
      throw new IllegalArgumentException(
          "alarms: delays must be 0 or more, summaryDevices at least 2 and tickMs at least 1, got "
              + linkDelayNs
              + ", "
              + episodeGapNs
              + ", "
              + summaryDevices
              + ", "
              + tickMs);
    }
  }
}
