package org.orrery.contract.snapshot;

import java.util.List;
import org.orrery.contract.Person;
import org.orrery.contract.facility.ChannelId;

/**
 * The wish that channels be set again to what a snapshot says. It leads to a proposal and to
 * nothing else.
 *
 * @param person who asks
 * @param snapshot which snapshot
 * @param channels only these; all of the snapshot where empty
 * @param reason the person's words
 */
public record RestoreRequest(
    Person person, SnapshotId snapshot, List<ChannelId> channels, String reason) {
  public RestoreRequest {
    channels = List.copyOf(channels);
  }
}
