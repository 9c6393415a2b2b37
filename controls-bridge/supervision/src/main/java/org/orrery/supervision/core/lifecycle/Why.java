package org.orrery.supervision.core.lifecycle;

import java.util.List;
import java.util.stream.Collectors;
import org.orrery.contract.proposal.StepRecord;

/** Why a plan is not carried out any further, in words for people. Stateless. */
final class Why {
  private Why() {}

  /** What is said of a plan that a person stopped. */
  static String stopped(Event.Stop stop) {
    String reason = stop.reason().isBlank() ? "no reason given" : stop.reason().strip();
    return "stopped by " + stop.person().name() + " (" + reason + ")";
  }

  /** What is said where preconditions do not hold. */
  static String notHolding(List<String> broken) {
    return "a precondition does not hold: " + String.join("; ", broken);
  }

  /** What is said where the effect of a step is not as approved. */
  static String missed(List<StepRecord.Check> checks) {
    return "the effect is not as approved: "
        + checks.stream()
            .filter(check -> !check.passed())
            .map(check -> check.channel() + " " + missed(check))
            .collect(Collectors.joining("; "));
  }

  private static String missed(StepRecord.Check check) {
    String allowed = check.low() + " to " + check.high();
    if (Double.isNaN(check.observed())) {
      return "showed nothing that counts, allowed " + allowed;
    }
    return check.inside()
        ? "at "
            + check.observed()
            + " is within "
            + allowed
            + ", but came there too late or showed nothing since"
        : "at " + check.observed() + ", allowed " + allowed;
  }
}
