package org.orrery.scenarios.harness;

import java.util.List;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.twin.Agreement;

/** What the diagnoser would say where it is not there to say it. Stateless. */
public final class Diagnoses {
  private Diagnoses() {}

  /** Pump A has stopped, now. */
  public static Diagnosis pumpAStopped(String id, long plantNs) {
    return new Diagnosis(
        new DiagnosisId(id),
        new FindingId(id),
        plantNs,
        plantNs,
        List.of(
            new Diagnosis.Cause(
                new Hypothesis.PlantFault("F5", "recirculation pump A stopped", "purif.pump-a"),
                0.97,
                List.of(),
                List.of())),
        List.of(),
        1,
        Agreement.AGREES,
        Provenance.live(plantNs, plantNs, "test", "1", 0, ""));
  }
}
