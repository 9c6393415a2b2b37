package org.orrery.contract.command;

import java.util.Optional;

/**
 * What the gate says about a command that reached it, for the record; also for commands that it
 * refused.
 *
 * @param command the command as it came
 * @param outcome how it ended; absent when the attempt begins
 */
public record GateRecord(Command command, Optional<CommandOutcome> outcome) {}
