package org.orrery.gateway.core;

import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.value.Value;

/** What the rules say about one command. */
public sealed interface GateVerdict {
  /**
   * It may be written.
   *
   * @param channel the target
   * @param writable what the description allows there
   * @param before what the target's read-back showed before the write
   * @param towardsSafety whether it moves in the channel's safe direction, which lifts the limits
   *     on step and pace
   */
  record Allowed(Channel channel, Writable writable, Value before, boolean towardsSafety)
      implements GateVerdict {}

  /**
   * It may not.
   *
   * @param reason the rule
   * @param detail the thing, the rule and the remedy, for people
   */
  record Refused(Reason reason, String detail) implements GateVerdict {}
}
