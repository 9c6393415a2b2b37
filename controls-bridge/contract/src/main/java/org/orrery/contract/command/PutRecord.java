package org.orrery.contract.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.Value;

/**
 * How a write stands, for the put log: who had what written where, and what came of it. A command
 * has several records; the one with the highest sequence number is the last word. The same record
 * may come more than once.
 *
 * @param sequence number of the entry of the gate's journal that says so
 * @param command which command
 * @param proposal the proposal that it belongs to
 * @param stepIndex which step of the plan, from 0
 * @param channel what was to be written
 * @param unit UCUM code of the values
 * @param before what the channel showed before; absent where nothing was attempted
 * @param value what was to be written
 * @param askedBy who asked for it
 * @param approvedBy who approved it
 * @param issuedAtNs when supervision signed it, wall ns
 * @param attemptedAtNs when the put was about to be made, wall ns; absent where it was refused
 * @param atNs when it came to stand like this, wall ns
 * @param stand how it stands
 * @param reason why it was refused; present for that only
 * @param detail why it was refused or is not known, for people; empty otherwise
 * @param readback what was read back; present where it is confirmed
 */
public record PutRecord(
    long sequence,
    CommandId command,
    ProposalId proposal,
    int stepIndex,
    ChannelId channel,
    String unit,
    Optional<Value> before,
    Value value,
    String askedBy,
    List<String> approvedBy,
    long issuedAtNs,
    OptionalLong attemptedAtNs,
    long atNs,
    Stand stand,
    Optional<Reason> reason,
    String detail,
    Optional<Value> readback) {
  public PutRecord {
    approvedBy = List.copyOf(approvedBy);
  }

  /** How a write stands. */
  public enum Stand {
    /** Written down, and about to be made. */
    ATTEMPTED,
    CONFIRMED,
    REFUSED,
    /** Not known; reading back may still tell. */
    UNKNOWN,
    /** Not known, and nothing will tell any more; a person looks. */
    UNKNOWN_FOR_GOOD
  }
}
