package org.orrery.contract.command;

import org.orrery.contract.Id;

/**
 * Identifies a command; sorts by the time of its making because it comes from an {@link
 * org.orrery.contract.time.IdSource}.
 *
 * @param value see {@link Id} for the rule
 */
public record CommandId(String value) implements Comparable<CommandId> {
  public CommandId {
    Id.check("command id", value);
  }

  @Override
  public int compareTo(CommandId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
