package org.orrery.contract.alarm;

import org.orrery.contract.facility.ChannelId;

/**
 * Names an alarm: a channel and what is wrong with it.
 *
 * @param channel the channel
 * @param kind what is wrong
 */
public record AlarmKey(ChannelId channel, Kind kind) implements Comparable<AlarmKey> {
  /** What is wrong. */
  public enum Kind {
    /** The value is beyond a limit of ours. */
    LIMIT,
    /** An enumerated channel shows a state that is an alarm. */
    STATE,
    /** The control system itself reports a severity, or no number where limits of ours hold. */
    SOURCE,
    /** No update for longer than the cadence allows. */
    STALE,
    /** No connection. */
    DISCONNECTED,
    /** A detector of ours found something (data quality, twin). */
    FINDING,
    /** Another alarm system of the site keeps it; here it is shown, see {@link AlarmMirror}. */
    MIRRORED
  }

  @Override
  public int compareTo(AlarmKey other) {
    int byChannel = channel.compareTo(other.channel);
    return byChannel != 0 ? byChannel : kind.compareTo(other.kind);
  }

  @Override
  public String toString() {
    return channel + "/" + kind;
  }
}
