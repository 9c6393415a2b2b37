package org.orrery.twin.core.diagnosis;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.diagnosis.Diagnosis.Cause;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.core.assimilation.Ensemble;

/**
 * The outcome of one diagnosis, before it is given an id.
 *
 * @param onsetNs when it is thought to have begun, plant ns
 * @param causes ranked causes
 * @param discriminators what would tell the leading two apart
 * @param agreementBefore whether the twin agreed with the detector before the onset
 * @param working the ensemble that has the leading fault in it, when that is beyond doubt
 * @param fault that fault
 * @param lyingSensor index of the sensor that is beyond doubt at fault
 * @param recovered whether the faults assumed so far are beyond doubt gone; {@code working} then
 *     holds the healthy ensemble
 */
public record Verdict(
    long onsetNs,
    List<Cause> causes,
    List<String> discriminators,
    Agreement agreementBefore,
    Optional<Ensemble> working,
    Optional<Fault> fault,
    Optional<Integer> lyingSensor,
    boolean recovered) {
  public Verdict {
    causes = List.copyOf(causes);
    discriminators = List.copyOf(discriminators);
  }
}
