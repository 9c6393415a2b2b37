package org.orrery.supervision.core.playbook;

import java.util.Optional;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.supervision.core.Readings;

/** One remedy for one cause. Implementations are pure and thread-safe. */
public interface Playbook {
  /**
   * Name and version, for example {@code start-standby-pump/1}; the version changes with every
   * change of its plans.
   */
  String id();

  /** The cause that it is for, as a code of the fault catalogue. */
  String faultCode();

  /** How probable the cause must be, 0 to 1. */
  default double threshold() {
    return 0.7;
  }

  /** The plan for this moment, or why there is none. */
  Offer offer(Occasion occasion);

  /**
   * What a plan is made from.
   *
   * @param proposal the id that the proposal will have
   * @param expiresAtNs until when it may be decided and begun, wall ns
   * @param diagnosis the diagnosis
   * @param cause the leading cause
   * @param readings what the channels show
   * @param facility the facility
   */
  record Occasion(
      ProposalId proposal,
      long expiresAtNs,
      Diagnosis diagnosis,
      Hypothesis.PlantFault cause,
      Readings readings,
      Facility facility) {
    /** Whom to call about a subsystem; the shift leader where the facility names nobody. */
    public String callOut(String subsystem) {
      Optional<Facility.Subsystem> found =
          facility.subsystems().stream().filter(s -> s.name().equals(subsystem)).findFirst();
      return found.map(Facility.Subsystem::callOut).orElse("shift leader");
    }
  }

  /** What a playbook answers. */
  sealed interface Offer {
    /** The plan for this moment; all its preconditions hold. */
    record Fits(Plan plan) implements Offer {}

    /** It does not fit now. */
    record DoesNotFit(String why) implements Offer {}
  }
}
