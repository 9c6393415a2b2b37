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

  /** Writing was stopped or released. */
  record Switched(WritingState state) implements JournalEntry {}
}
