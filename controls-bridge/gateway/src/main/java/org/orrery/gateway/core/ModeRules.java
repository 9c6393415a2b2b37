package org.orrery.gateway.core;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.gateway.core.GateVerdict.Refused;

/** The rule of the gate that asks for the detector mode. Pure and stateless. */
final class ModeRules {
  private ModeRules() {}

  /** An objection where the channel is armed in some modes only, and not known to be in one. */
  static Optional<Refused> objection(GateCase given, Channel channel) {
    Optional<Set<String>> armed = given.facility().armedIn(channel);
    if (armed.isEmpty() || given.mode().name().filter(armed.get()::contains).isPresent()) {
      return Optional.empty();
    }
    String modes =
        armed.get().isEmpty()
            ? "in no mode, because its groups have none in common"
            : "in " + String.join(", ", new TreeSet<>(armed.get()));
    String now =
        given
            .mode()
            .name()
            .map(mode -> "the detector is in " + mode + "; change the mode first")
            .orElseGet(
                () ->
                    "the detector mode is not known ("
                        + given.mode().doubt()
                        + "); see to the data acquisition");
    return Optional.of(
        new Refused(Reason.NOT_ARMED, channel.id() + " is armed " + modes + " only, and " + now));
  }
}
