package org.orrery.gateway.core;

import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.value.Value;

/** One entry of the gate's journal. */
public sealed interface JournalEntry {
  /**
   * A put is about to be made; durable before it is.
   *
   * @param signed the command with its signature
   * @param before what the target's read-back showed
   * @param wallNs when, wall ns
   */
  record Attempted(SignedCommand signed, Value before, long wallNs) implements JournalEntry {}

  /**
   * What became of a command.
   *
   * @param command which
   * @param outcome how it ended, or that this is not known
   * @param settled false where the outcome is unknown and reading back may still tell
   * @param wallNs when, wall ns
   */
  record Ended(CommandId command, CommandOutcome outcome, boolean settled, long wallNs)
      implements JournalEntry {}

  /**
   * A command that is not the gate's business: nobody signed it, or it was here before. It says
   * nothing about a genuine command with the same id. Only some are written down, see {@link
   * TurnedAwayQuota}.
   *
   * @param command the id that it bore
   * @param reason why it was turned away
   * @param text what it asked for and what was answered, for people; at most {@link #LONGEST_TEXT}
   *     characters
   * @param omitted how many were turned away without an entry since the entry before
   * @param wallNs when, wall ns
   */
  record TurnedAway(
      CommandId command, CommandOutcome.Reason reason, String text, long omitted, long wallNs)
      implements JournalEntry {
    static final int LONGEST_TEXT = 500;

    public TurnedAway {
      text = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }
  }

  /**
   * A genuine command was refused before anything was attempted.
   *
   * @param signed the command with its signature
   * @param outcome why
   * @param wallNs when, wall ns
   */
  record Declined(SignedCommand signed, CommandOutcome.Refused outcome, long wallNs)
      implements JournalEntry {}

  /** Writing was stopped or released. */
  record Switched(WritingState state) implements JournalEntry {}
}
