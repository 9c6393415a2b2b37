package org.orrery.gateway.core;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Claim;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.Step;

/**
 * Which proposal holds which device: a proposal that is being carried out, held or taken back holds
 * the devices of all its steps until it ends; whoever came first holds. What was so before the gate
 * started is not known until supervision has said all of it. Not thread-safe.
 */
final class DeviceClaims {
  private final Facility facility;
  private final Map<ProposalId, Set<String>> claims = new LinkedHashMap<>();

  /** Those heard of before all was said: what is said may have been true only before. */
  private final Set<ProposalId> over = new HashSet<>();

  private boolean known;

  DeviceClaims(Facility facility) {
    this.facility = facility;
  }

  void onProposal(Proposal proposal) {
    if (proposal.state().holdsDevices()) {
      claim(proposal.id(), proposal.plan().steps().stream().map(Step::channel).toList());
      return;
    }
    claims.remove(proposal.id());
    if (!known) {
      over.add(proposal.id());
    }
  }

  /** These are all claims that there are. */
  void all(List<Claim> told) {
    told.stream()
        .filter(claim -> !over.contains(claim.proposal()))
        .forEach(claim -> claim(claim.proposal(), claim.channels()));
    known = true;
    over.clear();
  }

  /** Whether all claims from before the gate's start are known. */
  boolean known() {
    return known;
  }

  /** The proposal that holds the device, if it is another one than this. */
  Optional<ProposalId> heldFromOthers(String device, ProposalId own) {
    return claims.entrySet().stream()
        .filter(claim -> claim.getValue().contains(device))
        .map(Map.Entry::getKey)
        .findFirst()
        .filter(holder -> !holder.equals(own));
  }

  private void claim(ProposalId proposal, Collection<ChannelId> channels) {
    Set<String> devices = new LinkedHashSet<>();
    channels.forEach(
        id -> facility.channel(id).ifPresent(channel -> devices.add(channel.device())));
    claims.putIfAbsent(proposal, devices);
  }
}
