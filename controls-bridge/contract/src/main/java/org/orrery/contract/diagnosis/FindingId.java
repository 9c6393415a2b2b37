package org.orrery.contract.diagnosis;

import org.orrery.contract.Id;

/**
 * Identifies a finding; sorts by the time of its making because it comes from an {@link
 * org.orrery.contract.time.IdSource}.
 *
 * @param value see {@link Id} for the rule
 */
public record FindingId(String value) implements Comparable<FindingId> {
  public FindingId {
    Id.check("finding id", value);
  }

  @Override
  public int compareTo(FindingId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
