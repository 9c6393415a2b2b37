package org.orrery.contract.diagnosis;

import org.orrery.contract.Id;

/**
 * Identifies a diagnosis; sorts by the time of its making because it comes from an {@link
 * org.orrery.contract.time.IdSource}.
 *
 * @param value see {@link Id} for the rule
 */
public record DiagnosisId(String value) implements Comparable<DiagnosisId> {
  public DiagnosisId {
    Id.check("diagnosis id", value);
  }

  @Override
  public int compareTo(DiagnosisId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
