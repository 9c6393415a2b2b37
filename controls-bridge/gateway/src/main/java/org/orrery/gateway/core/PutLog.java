package org.orrery.gateway.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.command.PutRecord.Stand;
import org.orrery.contract.value.Value;

/**
 * Turns the entries of the journal, in order, into records of the put log. Holds the attempts that
 * are not settled, and no more. Not thread-safe.
 */
public final class PutLog {
  private final Map<CommandId, JournalEntry.Attempted> open = new HashMap<>();

  /**
   * The record that an entry makes, if it is about a genuine command.
   *
   * @param sequence number of the entry in the journal, from 0
   */
  public Optional<PutRecord> step(long sequence, JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Attempted attempted -> {
        open.put(attempted.signed().command().id(), attempted);
        yield Optional.of(
            record(
                sequence,
                attempted.signed().command(),
                Optional.of(attempted),
                attempted.wallNs(),
                Optional.empty(),
                false));
      }
      case JournalEntry.Ended ended -> {
        // A refusal from before there were entries of what was declined does not say what it was.
        JournalEntry.@Nullable Attempted attempted =
            ended.settled() && !mayArrive(ended.outcome())
                ? open.remove(ended.command())
                : open.get(ended.command());
        yield attempted == null
            ? Optional.empty()
            : Optional.of(
                record(
                    sequence,
                    attempted.signed().command(),
                    Optional.of(attempted),
                    ended.wallNs(),
                    Optional.of(ended.outcome()),
                    ended.settled()));
      }
      case JournalEntry.Declined declined ->
          Optional.of(
              record(
                  sequence,
                  declined.signed().command(),
                  Optional.empty(),
                  declined.wallNs(),
                  Optional.of(declined.outcome()),
                  true));
      case JournalEntry.TurnedAway away -> Optional.empty();
      case JournalEntry.Switched switched -> Optional.empty();
    };
  }

  /** What was given up may arrive late, and the gate says so then. */
  private static boolean mayArrive(CommandOutcome outcome) {
    return outcome instanceof CommandOutcome.Unknown
        || (outcome instanceof CommandOutcome.Refused refused
            && refused.reason() == Reason.READS_AS_BEFORE);
  }

  private static PutRecord record(
      long sequence,
      Command command,
      Optional<JournalEntry.Attempted> attempt,
      long atNs,
      Optional<CommandOutcome> outcome,
      boolean settled) {
    Stand stand = Stand.ATTEMPTED;
    Optional<Reason> reason = Optional.empty();
    String detail = "";
    Optional<Value> readback = Optional.empty();
    switch (outcome.orElse(null)) {
      case null -> {}
      case CommandOutcome.Confirmed confirmed -> {
        stand = Stand.CONFIRMED;
        readback = Optional.of(confirmed.readback());
      }
      case CommandOutcome.Refused refused -> {
        stand = Stand.REFUSED;
        reason = Optional.of(refused.reason());
        detail = refused.detail();
      }
      case CommandOutcome.Unknown unknown -> {
        stand = settled ? Stand.UNKNOWN_FOR_GOOD : Stand.UNKNOWN;
        detail = unknown.why();
      }
    }
    return new PutRecord(
        sequence,
        command.id(),
        command.proposal(),
        command.stepIndex(),
        command.channel(),
        command.unit(),
        attempt.map(JournalEntry.Attempted::before),
        command.value(),
        command.askedBy(),
        command.approvedBy(),
        command.issuedAtNs(),
        attempt.map(a -> OptionalLong.of(a.wallNs())).orElse(OptionalLong.empty()),
        atNs,
        stand,
        reason,
        detail,
        readback);
  }
}
