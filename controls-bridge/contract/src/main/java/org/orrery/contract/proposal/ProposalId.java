package org.orrery.contract.proposal;

import org.orrery.contract.Id;

/**
 * Identifies a proposal; sorts by the time of its making because it comes from an {@link
 * org.orrery.contract.time.IdSource}.
 *
 * @param value see {@link Id} for the rule
 */
public record ProposalId(String value) implements Comparable<ProposalId> {
  public ProposalId {
    Id.check("proposal id", value);
  }

  @Override
  public int compareTo(ProposalId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
