package org.orrery.contract.snapshot;

import java.util.Optional;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/**
 * A channel of which it cannot be said that both sides are the same.
 *
 * @param channel which channel
 * @param kind what kind of difference
 * @param saved what the snapshot says, where it says something
 * @param other what the other side says, where it says something
 * @param unit UCUM code of the snapshot
 * @param tolerance how far both may be apart, in that unit
 * @param detail for people; may be empty
 */
public record Difference(
    ChannelId channel,
    Kind kind,
    Optional<Value> saved,
    Optional<Value> other,
    String unit,
    double tolerance,
    String detail) {
  /** What kind of difference; only the first says that both values are known to differ. */
  public enum Kind {
    /** The values differ by more than the tolerance. */
    VALUE,
    /** Units or kinds of value differ, so that the values cannot be compared. */
    UNIT,
    /** The value of one side could not be relied on when it was taken. */
    BAD,
    /** The other side's value is older than the channel's cadence allows. */
    STALE,
    /** The channel is not connected. */
    NOT_CONNECTED,
    /** One side knows nothing of the channel. */
    MISSING
  }
}
