package org.orrery.contract.proposal;

import java.util.Set;
import org.orrery.contract.facility.ChannelId;

/**
 * What a plan that is not finished has for itself: nothing else is written to the devices of these
 * channels until it ends.
 *
 * @param proposal the proposal whose plan it is
 * @param channels all that its steps write to
 */
public record Claim(ProposalId proposal, Set<ChannelId> channels) {
  public Claim {
    channels = Set.copyOf(channels);
  }
}
