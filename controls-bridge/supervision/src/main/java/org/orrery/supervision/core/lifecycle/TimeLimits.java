package org.orrery.supervision.core.lifecycle;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.Step;

/**
 * How long a plan may be carried out: what its steps ask for at the longest, each write at the pace
 * that the gate lets through, and time to work off what is not known. The limit is part of what
 * people approve; after it the plan holds, because the plant may no longer be as it was when they
 * agreed. Pure; thread-safe.
 */
public final class TimeLimits {
  /** A write with its answer and its entry on record takes no longer as a rule, wall ns. */
  private static final long WRITE_NS = 1_000_000_000L;

  /** For whatever has to be worked off or waited for on the way, wall ns: ten minutes. */
  private static final long SLACK_NS = 600_000_000_000L;

  /** For plans that were made before there were limits, wall ns: a day. */
  private static final long WITHOUT_LIMIT_NS = 24 * 3_600 * 1_000_000_000L;

  private static final double NS_PER_MINUTE = 6e10;

  private final Facility facility;
  private final double factor;

  /**
   * @param factor plant seconds per wall second: verification counts in plant time
   */
  public TimeLimits(Facility facility, double factor) {
    this.facility = facility;
    this.factor = factor;
  }

  /** The plan with the limit that follows from its steps. */
  public Plan limited(Plan plan) {
    double wallNs = SLACK_NS;
    for (Step step : plan.steps()) {
      long verifiedNs =
          step.verification().stream().mapToLong(l -> l.withinNs() + l.holdNs()).max().orElse(0);
      wallNs += Math.max(WRITE_NS, paceNs(step.channel())) + verifiedNs / factor;
    }
    return plan.limitedTo(Math.round(Math.ceil(wallNs)));
  }

  private long paceNs(ChannelId id) {
    Optional<Channel> channel = facility.channel(id);
    long own = channel.flatMap(Channel::writable).map(Writable::minIntervalNs).orElse(0L);
    long device =
        channel
            .flatMap(c -> Optional.ofNullable(facility.deviceLimits().get(c.device())))
            .map(DeviceLimits::minIntervalNs)
            .orElse(0L);
    return Math.max(own, device);
  }

  /** Why the plan is not carried out any further, for people; empty while it may be. */
  static Optional<String> over(Proposal proposal, List<Approval> approvals, long nowNs) {
    long limitNs = proposal.plan().timeLimitNs().orElse(WITHOUT_LIMIT_NS);
    long approvedNs = approvals.stream().mapToLong(Approval::atNs).max().orElse(0);
    return nowNs - approvedNs <= limitNs
        ? Optional.empty()
        : Optional.of(
            "its limit of time is over: more than "
                + Math.round(limitNs / NS_PER_MINUTE)
                + " min have passed since the last approval, and the plant may not be as it was"
                + " when people agreed; look at it, then take the steps back, or end the plan and"
                + " propose the rest again");
  }
}
