package org.orrery.contract.command;

import java.util.List;
import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.Value;

/**
 * One write that people approved. Only the gateway's write gate carries it out, once.
 *
 * @param id which command; a command with the same id is never carried out twice
 * @param proposal the proposal that it belongs to
 * @param planHash hash of the approved plan
 * @param stepIndex which step of the plan, from 0; undo writes count on from the last step
 * @param channel what is written to
 * @param value what is written, in the channel's unit
 * @param unit UCUM code that the approver saw; refused where it is not the channel's
 * @param preconditions what must hold when it is written
 * @param issuedAtNs when it was signed, wall ns
 * @param deadlineNs after this wall time it is refused, ns since the epoch
 * @param timeoutNs how long the put may take before its outcome is unknown, wall ns
 * @param asked who proposed it
 * @param approvals who approved it; never empty for a write outside an approved envelope
 */
public record Command(
    CommandId id,
    ProposalId proposal,
    Bytes planHash,
    int stepIndex,
    ChannelId channel,
    Value value,
    String unit,
    List<Precondition> preconditions,
    long issuedAtNs,
    long deadlineNs,
    long timeoutNs,
    Consent asked,
    List<Consent> approvals) {
  public Command {
    preconditions = List.copyOf(preconditions);
    approvals = List.copyOf(approvals);
  }

  /** A command that has names alone, as all had before roles were on record. */
  public Command(
      CommandId id,
      ProposalId proposal,
      Bytes planHash,
      int stepIndex,
      ChannelId channel,
      Value value,
      String unit,
      List<Precondition> preconditions,
      long issuedAtNs,
      long deadlineNs,
      long timeoutNs,
      String askedBy,
      List<String> approvedBy) {
    this(
        id,
        proposal,
        planHash,
        stepIndex,
        channel,
        value,
        unit,
        preconditions,
        issuedAtNs,
        deadlineNs,
        timeoutNs,
        Consent.named(askedBy),
        approvedBy.stream().map(Consent::named).toList());
  }

  /** The account name of who proposed it. */
  public String askedBy() {
    return asked.person();
  }

  /** The account names of those who approved it. */
  public List<String> approvedBy() {
    return approvals.stream().map(Consent::person).toList();
  }

  /**
   * The bytes that the signature covers. One that has names alone keeps the layout of its time, so
   * that journals from then still prove what was signed.
   */
  public Bytes canonicalBytes() {
    boolean namesOnly = asked.isNameOnly() && approvals.stream().allMatch(Consent::isNameOnly);
    CanonicalBytes bytes =
        new CanonicalBytes(namesOnly ? "orrery.command.v1" : "orrery.command.v2")
            .text(id.value())
            .text(proposal.value())
            .bytes(planHash)
            .integer(stepIndex)
            .text(channel.value());
    value.encode(bytes);
    bytes
        .text(unit)
        .list(preconditions, (b, p) -> p.encode(b))
        .integer(issuedAtNs)
        .integer(deadlineNs)
        .integer(timeoutNs);
    if (namesOnly) {
      return bytes.text(askedBy()).list(approvedBy(), CanonicalBytes::text).toBytes();
    }
    asked.encode(bytes);
    return bytes.list(approvals, (b, consent) -> consent.encode(b)).toBytes();
  }
}
