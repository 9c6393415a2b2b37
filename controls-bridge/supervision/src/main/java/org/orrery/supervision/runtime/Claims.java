package org.orrery.supervision.runtime;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.orrery.contract.proposal.Claim;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.Step;

/** Which plans hold devices, for a gate that starts and has forgotten. Stateless. */
final class Claims {
  private Claims() {}

  static List<Claim> of(Collection<Proposal> known) {
    return known.stream()
        .filter(proposal -> proposal.state().holdsDevices())
        .map(Claims::claim)
        .toList();
  }

  private static Claim claim(Proposal proposal) {
    return new Claim(
        proposal.id(),
        proposal.plan().steps().stream().map(Step::channel).collect(Collectors.toSet()));
  }
}
