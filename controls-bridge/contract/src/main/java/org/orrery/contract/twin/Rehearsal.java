package org.orrery.contract.twin;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Provenance;

/** What the twin says about a plan before anybody approves it. */
public sealed interface Rehearsal {
  /**
   * The plan was played on the twin.
   *
   * @param startNs plant time at which the plan was assumed to begin
   * @param withPlan predicted courses if the plan is carried out
   * @param withoutPlan predicted courses if nothing is done
   * @param predictedAlarms alarms expected on the way, in words
   * @param agreement whether the twin agreed with the detector when it rehearsed
   * @param hypothesis the diagnosis that the rehearsal assumed, in words
   * @param twinVersion version of the twin's model
   * @param provenance where this comes from
   */
  record Rehearsed(
      long startNs,
      List<Trajectory> withPlan,
      List<Trajectory> withoutPlan,
      List<String> predictedAlarms,
      Agreement agreement,
      Optional<String> hypothesis,
      String twinVersion,
      Provenance provenance)
      implements Rehearsal {
    public Rehearsed {
      withPlan = List.copyOf(withPlan);
      withoutPlan = List.copyOf(withoutPlan);
      predictedAlarms = List.copyOf(predictedAlarms);
    }
  }

  /** The plan was not played; that raises its risk class. */
  record NotRehearsed(String reason) implements Rehearsal {}
}
