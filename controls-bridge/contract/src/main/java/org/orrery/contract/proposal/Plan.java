package org.orrery.contract.proposal;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.diagnosis.DiagnosisId;

/**
 * The very thing that people approve: an approval binds to {@link #hash()}, and any change voids
 * it.
 *
 * @param proposal the proposal that it belongs to
 * @param playbook the playbook that it was made from, with its version
 * @param title what people read
 * @param reason why, in plain words
 * @param diagnosis the diagnosis behind it, where there is one
 * @param risk how many people it needs
 * @param preconditions what must hold when execution begins
 * @param steps the writes in order
 * @param expiresAtNs after this wall time it can neither be approved nor begun, ns since the epoch
 * @param callOut whom to call when it goes wrong
 */
public record Plan(
    ProposalId proposal,
    String playbook,
    String title,
    String reason,
    Optional<DiagnosisId> diagnosis,
    RiskClass risk,
    List<Precondition> preconditions,
    List<Step> steps,
    long expiresAtNs,
    String callOut) {
  public Plan {
    preconditions = List.copyOf(preconditions);
    steps = List.copyOf(steps);
  }

  /** SHA-256 over everything that the approver sees and the gate will do. */
  public Bytes hash() {
    return new CanonicalBytes("orrery.plan.v1")
        .text(proposal.value())
        .text(playbook)
        .text(title)
        .text(reason)
        .text(diagnosis.map(DiagnosisId::value).orElse(""))
        .text(risk.name())
        .list(preconditions, (b, p) -> p.encode(b))
        .list(steps, (b, s) -> s.encode(b))
        .integer(expiresAtNs)
        .text(callOut)
        .sha256();
  }
}
