package org.orrery.contract.diagnosis;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Provenance;
import org.orrery.contract.twin.Agreement;

/**
 * Ranked root causes of a finding.
 *
 * @param id which diagnosis
 * @param finding the finding that it explains
 * @param atNs when it was made, plant ns
 * @param onsetNs when the trouble is thought to have begun, plant ns
 * @param causes ranked, the most probable first; the probabilities sum to 1
 * @param discriminators what would tell the leading causes apart, in words
 * @param completeness share of the samples that it rests on, 0 to 1
 * @param agreement whether the twin believed itself before the onset
 * @param provenance where this comes from
 */
public record Diagnosis(
    DiagnosisId id,
    FindingId finding,
    long atNs,
    long onsetNs,
    List<Cause> causes,
    List<String> discriminators,
    double completeness,
    Agreement agreement,
    Provenance provenance) {
  public Diagnosis {
    causes = List.copyOf(causes);
    discriminators = List.copyOf(discriminators);
  }

  /** The most probable cause, if there is any cause at all. */
  public Optional<Cause> leading() {
    return causes.stream().findFirst();
  }

  /**
   * One possible cause.
   *
   * @param hypothesis what it is
   * @param probability posterior probability, 0 to 1
   * @param speaksFor evidence for it, the strongest first
   * @param speaksAgainst evidence against it, the strongest first
   */
  public record Cause(
      Hypothesis hypothesis,
      double probability,
      List<Evidence> speaksFor,
      List<Evidence> speaksAgainst) {
    public Cause {
      speaksFor = List.copyOf(speaksFor);
      speaksAgainst = List.copyOf(speaksAgainst);
    }
  }
}
