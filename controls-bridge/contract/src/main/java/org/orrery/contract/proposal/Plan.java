package org.orrery.contract.proposal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
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
 * @param asker the account name of the person who asked for it; empty where Orrery proposes it by
 *     itself
 * @param risk how many people it needs
 * @param preconditions what must hold when execution begins
 * @param steps the writes in order
 * @param expiresAtNs after this wall time it can neither be approved nor begun, ns since the epoch
 * @param callOut whom to call when it goes wrong
 * @param askerRoles what the person who asked might do then; absent where Orrery proposes it by
 *     itself, and on records from before that was kept
 */
public record Plan(
    ProposalId proposal,
    String playbook,
    String title,
    String reason,
    Optional<DiagnosisId> diagnosis,
    Optional<String> asker,
    RiskClass risk,
    List<Precondition> preconditions,
    List<Step> steps,
    long expiresAtNs,
    String callOut,
    Optional<Set<Role>> askerRoles) {
  public Plan {
    asker = asker.filter(name -> !name.equals(Person.ORRERY.name()));
    askerRoles = asker.isEmpty() ? Optional.empty() : askerRoles.map(Set::copyOf);
    preconditions = List.copyOf(preconditions);
    steps = List.copyOf(steps);
  }

  /** One that does not say what who asked might do. */
  public Plan(
      ProposalId proposal,
      String playbook,
      String title,
      String reason,
      Optional<DiagnosisId> diagnosis,
      Optional<String> asker,
      RiskClass risk,
      List<Precondition> preconditions,
      List<Step> steps,
      long expiresAtNs,
      String callOut) {
    this(
        proposal,
        playbook,
        title,
        reason,
        diagnosis,
        asker,
        risk,
        preconditions,
        steps,
        expiresAtNs,
        callOut,
        Optional.empty());
  }

  /** Who asked for it: a person, or {@code orrery}. */
  public String askedBy() {
    return asker.orElse(Person.ORRERY.name());
  }

  /** The same plan with another reason, risk class and steps. */
  public Plan revised(String reason, RiskClass risk, List<Step> steps) {
    return new Plan(
        proposal,
        playbook,
        title,
        reason,
        diagnosis,
        asker,
        risk,
        preconditions,
        steps,
        expiresAtNs,
        callOut,
        askerRoles);
  }

  /**
   * SHA-256 over everything that the approver sees and the gate will do. A plan that no person
   * asked for has the hash that it had before plans named who asked, and one that does not say what
   * they might do the hash from before that, so what was approved then still stands.
   */
  public Bytes hash() {
    return labelled()
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

  private CanonicalBytes labelled() {
    if (asker.isEmpty()) {
      return new CanonicalBytes("orrery.plan.v1");
    }
    if (askerRoles.isEmpty()) {
      return new CanonicalBytes("orrery.plan.v2").text(asker.get());
    }
    return new CanonicalBytes("orrery.plan.v4")
        .text(asker.get())
        .list(askerRoles.get().stream().map(Role::name).sorted().toList(), CanonicalBytes::text);
  }
}
