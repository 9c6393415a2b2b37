package org.orrery.gateway.core;

import static org.orrery.gateway.core.GateRules.objectIf;
import static org.orrery.gateway.core.GateRules.refused;
import static org.orrery.gateway.core.GateRules.seconds;

import java.util.Optional;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.WritingState;
import org.orrery.gateway.core.GateVerdict.Refused;

/**
 * Those rules of the gate that ask who wants the write and whether it is due. Pure and stateless.
 */
final class AuthorityRules {
  /** A clock of ours that differs by more than this makes deadlines meaningless, wall ns. */
  private static final long CLOCK_TOLERANCE_NS = 60_000_000_000L;

  private AuthorityRules() {}

  /** The first objection, if any. */
  static Optional<Refused> objection(GateCase given) {
    return signature(given)
        .or(() -> duplicate(given))
        .or(() -> writingStopped(given))
        .or(() -> expired(given))
        .or(() -> approved(given));
  }

  private static Optional<Refused> signature(GateCase given) {
    return objectIf(
        !given.signatureValid(),
        Reason.BAD_SIGNATURE,
        "the command does not carry supervision's signature over exactly this content; look for"
            + " whoever put it on the bus");
  }

  private static Optional<Refused> duplicate(GateCase given) {
    return given
        .earlier()
        .map(
            earlier ->
                refused(
                    Reason.DUPLICATE,
                    "command "
                        + given.command().id()
                        + " was here before ("
                        + earlier
                        + "); ask for its outcome, a command is carried out at most once"));
  }

  private static Optional<Refused> writingStopped(GateCase given) {
    WritingState writing = given.writing();
    return objectIf(
        writing.stopped(),
        Reason.WRITING_STOPPED,
        "writing was stopped by "
            + writing.by()
            + " ("
            + writing.reason()
            + "); two different experts release it");
  }

  private static Optional<Refused> expired(GateCase given) {
    Command command = given.command();
    return objectIf(
            given.wallNs() >= command.deadlineNs(),
            Reason.EXPIRED,
            "the command's deadline passed "
                + seconds(given.wallNs() - command.deadlineNs())
                + " s ago; propose it again")
        .or(
            () ->
                objectIf(
                    command.issuedAtNs() - given.wallNs() > CLOCK_TOLERANCE_NS,
                    Reason.EXPIRED,
                    "the command was signed "
                        + seconds(command.issuedAtNs() - given.wallNs())
                        + " s in the future, so its deadline means nothing; compare the clocks of"
                        + " the machines"));
  }

  private static Optional<Refused> approved(GateCase given) {
    return objectIf(
        given.command().approvedBy().isEmpty(),
        Reason.PRECONDITION,
        "nobody approved the command; people decide, have the proposal approved");
  }
}
