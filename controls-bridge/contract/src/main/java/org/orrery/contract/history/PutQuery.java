package org.orrery.contract.history;

import java.util.Optional;
import org.orrery.contract.facility.ChannelId;

/**
 * Asks for the put log.
 *
 * @param fromNs first time, wall ns, inclusive
 * @param toNs last time, wall ns, exclusive
 * @param channel one channel only; absent for all
 * @param most most writes to be told, the newest first
 */
public record PutQuery(long fromNs, long toNs, Optional<ChannelId> channel, int most) {}
