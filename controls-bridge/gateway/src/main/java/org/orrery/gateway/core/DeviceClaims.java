package org.orrery.gateway.core;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.Step;

/**
 * Which proposal holds which device, and since when who agrees to it: a proposal that is being
 * carried out, held or taken back holds the devices of all its steps until it ends; whoever came
 * first holds. Not thread-safe.
 */
final class DeviceClaims {
  private final Facility facility;
  private final Map<ProposalId, Claim> claims = new LinkedHashMap<>();

  /**
   * What is known of a proposal while it holds devices.
   *
   * @param approvedNs when each person last approved it, wall ns
   */
  private record Claim(Set<String> devices, Map<String, Long> approvedNs) {}

  DeviceClaims(Facility facility) {
    this.facility = facility;
  }

  void onProposal(Proposal proposal) {
    Optional<List<Approval>> approvals = holding(proposal.state());
    if (approvals.isPresent()) {
      claims.computeIfAbsent(
          proposal.id(), id -> new Claim(devices(proposal), latest(approvals.get())));
    } else {
      claims.remove(proposal.id());
    }
  }

  /**
   * When each person last approved a proposal that holds devices, as supervision tells; wall ns.
   */
  Map<String, Long> approvedNs(ProposalId proposal) {
    return Optional.ofNullable(claims.get(proposal)).map(Claim::approvedNs).orElse(Map.of());
  }

  private static Map<String, Long> latest(List<Approval> approvals) {
    Map<String, Long> latest = new HashMap<>();
    approvals.forEach(a -> latest.merge(a.person(), a.atNs(), Math::max));
    return latest;
  }

  /** The proposal that holds the device, if it is another one than this. */
  Optional<ProposalId> heldFromOthers(String device, ProposalId own) {
    return claims.entrySet().stream()
        .filter(claim -> claim.getValue().devices().contains(device))
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

  /** The approvals of a proposal that holds its devices; empty for one that does not. */
  private static Optional<List<Approval>> holding(ProposalState state) {
    return switch (state) {
      case ProposalState.Executing e -> Optional.of(e.approvals());
      case ProposalState.Held h -> Optional.of(h.approvals());
      case ProposalState.RollingBack r -> Optional.of(r.approvals());
      case ProposalState.Draft d -> Optional.empty();
      case ProposalState.Rehearsed r -> Optional.empty();
      case ProposalState.AwaitingApproval a -> Optional.empty();
      case ProposalState.Approved a -> Optional.empty();
      case ProposalState.Verified v -> Optional.empty();
      case ProposalState.RolledBack r -> Optional.empty();
      case ProposalState.RollbackFailed r -> Optional.empty();
      case ProposalState.Rejected r -> Optional.empty();
      case ProposalState.Expired e -> Optional.empty();
      case ProposalState.Aborted a -> Optional.empty();
      case ProposalState.Failed f -> Optional.empty();
    };
  }
}
