package org.orrery.gateway.core;

import static org.orrery.gateway.core.GateRules.refused;

import java.util.Optional;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.When;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.gateway.core.GateVerdict.Refused;

/**
 * The rule of the gate that asks whether those who asked and approved may do so here and now.
 * Whoever may approve may ask as well. Pure and stateless.
 */
final class AccessCheck {
  private AccessCheck() {}

  static Optional<Refused> objection(GateCase given, Channel channel, boolean towardsSafety) {
    Command command = given.command();
    When when = towardsSafety ? new When.TowardsSafety() : new When.In(given.mode().name());
    String asker = command.askedBy();
    if (!may(given, asker, Right.WRITE, channel, when)
        && !may(given, asker, Right.APPROVE, channel, when)) {
      return Optional.of(refusal(given, asker, "have it written", channel));
    }
    return command.approvedBy().stream()
        .filter(person -> !may(given, person, Right.APPROVE, channel, when))
        .findFirst()
        .map(person -> refusal(given, person, "approve writing it", channel));
  }

  private static boolean may(
      GateCase given, String person, Right right, Channel channel, When when) {
    AccessRules access = given.access();
    return access.allows(person, right, channel, given.facility(), when);
  }

  private static Refused refusal(GateCase given, String person, String what, Channel channel) {
    return refused(
        Reason.ACCESS,
        channel.id()
            + ": the access rules do not let "
            + person
            + " "
            + what
            + given.mode().name().map(mode -> " in " + mode).orElse(" while the mode is not known")
            + "; somebody who may has to propose and approve it, or access.yaml must be changed");
  }
}
