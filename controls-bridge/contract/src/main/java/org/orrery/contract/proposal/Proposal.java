package org.orrery.contract.proposal;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.twin.Rehearsal;

/**
 * A proposal with its whole present.
 *
 * @param id which proposal
 * @param version counts every change, from 1
 * @param plan what is proposed
 * @param diagnosis why, where a diagnosis stands behind it
 * @param rehearsal what the twin said, once it has
 * @param state where it stands
 * @param record what became of the steps so far
 * @param createdAtNs when it was made, wall ns
 * @param baseline what the channels that it writes to showed when it was begun, once it was
 */
public record Proposal(
    ProposalId id,
    long version,
    Plan plan,
    Optional<Diagnosis> diagnosis,
    Optional<Rehearsal> rehearsal,
    ProposalState state,
    List<StepRecord> record,
    long createdAtNs,
    Optional<Baseline> baseline) {
  public Proposal {
    record = List.copyOf(record);
  }

  /** One that was not begun yet. */
  public Proposal(
      ProposalId id,
      long version,
      Plan plan,
      Optional<Diagnosis> diagnosis,
      Optional<Rehearsal> rehearsal,
      ProposalState state,
      List<StepRecord> record,
      long createdAtNs) {
    this(id, version, plan, diagnosis, rehearsal, state, record, createdAtNs, Optional.empty());
  }
}
