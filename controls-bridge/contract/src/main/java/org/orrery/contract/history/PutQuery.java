package org.orrery.contract.history;

import java.util.Optional;
import java.util.Set;
import org.orrery.contract.command.PutRecord.Stand;
import org.orrery.contract.facility.ChannelId;

/**
 * Asks for the put log.
 *
 * @param fromNs first time, wall ns, inclusive
 * @param toNs last time, wall ns, exclusive
 * @param channel one channel only; absent for all
 * @param stands only writes that stand like one of these; empty for all
 * @param most most writes to be told, the newest first
 */
public record PutQuery(
    long fromNs, long toNs, Optional<ChannelId> channel, Set<Stand> stands, int most) {
  public PutQuery {
    stands = Set.copyOf(stands);
  }
}
