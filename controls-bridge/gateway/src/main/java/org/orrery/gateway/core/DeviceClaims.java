package org.orrery.gateway.core;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.Step;

/**
 * Which proposal holds which device: a proposal that is being carried out, held or taken back holds
 * the devices of all its steps until it ends; whoever came first holds. Not thread-safe.
 */
final class DeviceClaims {
  private final Facility facility;
  private final Map<ProposalId, Set<String>> claims = new LinkedHashMap<>();

  DeviceClaims(Facility facility) {
    this.facility = facility;
  }

  void onProposal(Proposal proposal) {
    if (holds(proposal.state())) {
      claims.putIfAbsent(proposal.id(), devices(proposal));
    } else {
      claims.remove(proposal.id());
    }
  }

  /** The proposal that holds the device, if it is another one than this. */
  Optional<ProposalId> heldFromOthers(String device, ProposalId own) {
    return claims.entrySet().stream()
        .filter(claim -> claim.getValue().contains(device))
        .map(Map.Entry::getKey)
        .findFirst()
        .filter(holder -> !holder.equals(own));
  }

  private Set<String> devices(Proposal proposal) {
    Set<String> devices = new LinkedHashSet<>();
    for (Step step : proposal.plan().steps()) {
      facility.channel(step.channel()).ifPresent(channel -> devices.add(channel.device()));
    }
    return devices;
  }

  private static boolean holds(ProposalState state) {
    return switch (state) {
      case ProposalState.Executing e -> true;
      case ProposalState.Held h -> true;
      case ProposalState.RollingBack r -> true;
      case ProposalState.Draft d -> false;
      case ProposalState.Rehearsed r -> false;
      case ProposalState.AwaitingApproval a -> false;
      case ProposalState.Approved a -> false;
      case ProposalState.Verified v -> false;
      case ProposalState.RolledBack r -> false;
      case ProposalState.RollbackFailed r -> false;
      case ProposalState.Rejected r -> false;
      case ProposalState.Expired e -> false;
      case ProposalState.Aborted a -> false;
      case ProposalState.Failed f -> false;
    };
  }
}
