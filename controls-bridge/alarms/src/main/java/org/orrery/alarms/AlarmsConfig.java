package org.orrery.alarms;

import java.util.Optional;

/**
 * What a site may tune.
 *
 * @param linkDelayNs how long a connection may be gone, or silent, before an alarm, plant ns
 * @param episodeGapNs without a new alarm for this long, the next one is the first of a new
 *     episode, and a channel that was back for longer and is lost again is lost anew, plant ns
 * @param summaryDevices from this many devices without connection on, one alarm stands for all of
 *     them
 * @param tickMs how often delays are looked at without a reading, wall ms
 * @param phoebus the site's Phoebus alarm server, whose alarms are mirrored; absent where there is
 *     none
 */
public record AlarmsConfig(
    long linkDelayNs,
    long episodeGapNs,
    int summaryDevices,
    long tickMs,
    Optional<Phoebus> phoebus) {
  /** 10 s of patience with a connection, episodes 5 min apart, one alarm from 8 lost devices on. */
  public static final AlarmsConfig DEFAULT =
      new AlarmsConfig(10_000_000_000L, 300_000_000_000L, 8, 100, Optional.empty());

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

  /**
   * A Phoebus alarm server.
   *
   * @param servers its Kafka, comma-separated {@code host:port}
   * @param config the name of its alarm configuration, which is the name of its topic
   * @param silenceMs without any message for this long it counts as silent, wall ms; the server
   *     sends one every 10 s when nothing else happens, and its own clients wait three times as
   *     long
   */
  public record Phoebus(String servers, String config, long silenceMs) {
    public Phoebus {
      if (servers.isBlank() || config.isBlank() || silenceMs < 1) {
        throw new IllegalArgumentException(
            "alarms.phoebus needs servers as host:port and the name of the configuration, got '"
                + servers
                + "' and '"
                + config
                + "'");
      }
    }

    /** The topic of what clients ask of the server. */
    public String commands() {
      return config + "Command";
    }

    /** With the patience of Phoebus' own clients. */
    public static Phoebus of(String servers, String config) {
      return new Phoebus(servers, config, 30_000);
    }
  }

  /** The same with the site's Phoebus. */
  public AlarmsConfig mirroring(Optional<Phoebus> site) {
    return new AlarmsConfig(linkDelayNs, episodeGapNs, summaryDevices, tickMs, site);
  }
}
