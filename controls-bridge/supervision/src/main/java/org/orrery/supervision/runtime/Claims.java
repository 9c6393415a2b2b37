package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.orrery.contract.proposal.Claim;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.Step;

/** Which plans hold devices, for a gate that starts and has forgotten. Stateless. */
final class Claims {
  private Claims() {}

  /**
   * @param loaded whether the record was read; before that nobody can say what is open
   */
  static Future<List<Claim>> of(Collection<Proposal> known, boolean loaded) {
    return loaded
        ? Future.succeededFuture(
            known.stream()
                .filter(proposal -> proposal.state().holdsDevices())
                .map(Claims::claim)
                .toList())
        : Future.failedFuture("the record cannot be read yet; is the database up?");
  }

  private static Claim claim(Proposal proposal) {
    return new Claim(
        proposal.id(),
        proposal.plan().steps().stream().map(Step::channel).collect(Collectors.toSet()));
  }
}
