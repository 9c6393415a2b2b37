package org.orrery.gateway.core;

import static org.orrery.gateway.core.GateRules.refused;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.orrery.contract.Person;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.When;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Consent;
import org.orrery.contract.facility.Channel;
import org.orrery.gateway.core.GateVerdict.Refused;

/**
 * The rule of the gate that asks whether those who asked and approved may do so here and now. Who
 * they were and what they might do then is what the signed command says; the rules are the gate's
 * own. Whoever may approve may ask as well. Pure and stateless.
 */
final class AccessCheck {
  private AccessCheck() {}

  static Optional<Refused> objection(GateCase given, Channel channel, boolean towardsSafety) {
    Command command = given.command();
    When when = towardsSafety ? new When.TowardsSafety() : new When.In(given.mode().name());
    Consent asker = command.asked();
    if (!may(given, asker, Right.WRITE, channel, when)
        && !may(given, asker, Right.APPROVE, channel, when)) {
      return Optional.of(refusal(given, asker, "have it written", channel));
    }
    return command.approvals().stream()
        .filter(consent -> !may(given, consent, Right.APPROVE, channel, when))
        .findFirst()
        .map(consent -> refusal(given, consent, "approve writing it", channel));
  }

  private static boolean may(
      GateCase given, Consent consent, Right right, Channel channel, When when) {
    return given
        .access()
        .allows(consent.person(), consent.roles(), right, channel, given.facility(), when);
  }

  private static Refused refusal(GateCase given, Consent consent, String what, Channel channel) {
    return refused(
        Reason.ACCESS,
        channel.id()
            + ": the access rules do not let "
            + named(consent)
            + " "
            + what
            + given.mode().name().map(mode -> " in " + mode).orElse(" while the mode is not known")
            + "; somebody who may has to propose and approve it, or access.yaml must be changed");
  }

  private static String named(Consent consent) {
    if (consent.person().equals(Person.ORRERY.name())) {
      return consent.person();
    }
    String roles =
        consent.roles().stream()
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(" and "));
    return consent.person()
        + (roles.isEmpty() ? " (whose roles are not on record)" : " (then " + roles + ")");
  }
}
