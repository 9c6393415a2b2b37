package org.orrery.gateway.core;

import static org.orrery.gateway.core.GateRules.objectIf;
import static org.orrery.gateway.core.GateRules.seconds;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.gateway.core.GateVerdict.Refused;

/** Those rules of the gate that ask how often it was written lately. Pure and stateless. */
final class PaceRules {
  private PaceRules() {}

  /** The first objection, if any: of the channel, then of its device. */
  static Optional<Refused> objection(GateCase given, Channel channel, Writable writable) {
    String id = channel.id().value();
    List<Long> own = given.history().channel();
    List<Long> all = given.history().device();
    Optional<DeviceLimits> limits =
        Optional.ofNullable(given.facility().deviceLimits().get(channel.device()));
    return interval(given, id, own, writable.minIntervalNs())
        .or(() -> writable.budget().flatMap(budget -> budget(given, id, own, budget)))
        .or(
            () ->
                limits.flatMap(
                    l -> interval(given, "device " + l.device(), all, l.minIntervalNs())))
        .or(
            () ->
                limits.flatMap(
                    l ->
                        l.budget()
                            .flatMap(
                                budget -> budget(given, "device " + l.device(), all, budget))));
  }

  private static Optional<Refused> interval(
      GateCase given, String what, List<Long> writes, long leastNs) {
    if (writes.isEmpty()) {
      return Optional.empty();
    }
    long sinceNs = given.wallNs() - writes.getLast();
    return objectIf(
        sinceNs < leastNs,
        Reason.TOO_FAST,
        what
            + " was written to "
            + seconds(sinceNs)
            + " s ago, the shortest interval is "
            + seconds(leastNs)
            + " s; wait");
  }

  private static Optional<Refused> budget(
      GateCase given, String what, List<Long> writes, WriteBudget budget) {
    long fromNs = given.wallNs() - budget.perNs();
    List<Long> recent = writes.stream().filter(at -> at > fromNs).toList();
    if (recent.size() < budget.writes()) {
      return Optional.empty();
    }
    long freeNs = recent.get(recent.size() - budget.writes()) - fromNs;
    return objectIf(
        true,
        Reason.TOO_FAST,
        what
            + " was written to "
            + recent.size()
            + " times within "
            + seconds(budget.perNs())
            + " s, at most "
            + budget.writes()
            + " are let through; the next may come in "
            + seconds(freeNs)
            + " s");
  }
}
