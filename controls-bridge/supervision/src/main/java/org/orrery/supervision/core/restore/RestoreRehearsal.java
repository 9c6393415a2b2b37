package org.orrery.supervision.core.restore;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.Trajectory;
import org.orrery.supervision.core.verification.LimitPlanner;

/** What is particular about the rehearsal of a restore. Stateless. */
public final class RestoreRehearsal {
  private RestoreRehearsal() {}

  /**
   * The channels whose courses the twin is asked for: where a plan follows from no diagnosis, also
   * all that it writes to and what shows at a glance how the subsystems do that it writes to.
   */
  public static List<ChannelId> watched(Plan plan, Facility facility) {
    Set<ChannelId> watched = new LinkedHashSet<>(LimitPlanner.watched(plan));
    if (plan.diagnosis().isEmpty()) {
      Set<String> subsystems = new HashSet<>();
      for (Step step : plan.steps()) {
        watched.add(step.channel());
        facility.channel(step.channel()).ifPresent(c -> subsystems.add(c.subsystem()));
      }
      facility.subsystems().stream()
          .filter(subsystem -> subsystems.contains(subsystem.name()))
          .forEach(subsystem -> watched.addAll(subsystem.headline()));
    }
    return List.copyOf(watched);
  }

  /**
   * The plan as its rehearsal makes it: a twin that does not know what is written to has rehearsed
   * only a part, so that two people must agree.
   */
  public static Plan judged(Plan plan, Rehearsal rehearsal) {
    if (!plan.playbook().equals(Restore.PLAYBOOK)
        || !(rehearsal instanceof Rehearsal.Rehearsed rehearsed)) {
      return plan;
    }
    Set<ChannelId> known = new HashSet<>();
    rehearsed.withPlan().stream().map(Trajectory::channel).forEach(known::add);
    Set<ChannelId> written = new HashSet<>();
    plan.steps().forEach(step -> written.add(step.channel()));
    long unknown = written.stream().filter(channel -> !known.contains(channel)).count();
    return unknown == 0
        ? plan
        : plan.revised(
            plan.reason()
                + " The twin knows nothing of "
                + unknown
                + " of the "
                + written.size()
                + " channels, so its rehearsal is not the whole.",
            RiskClass.HIGH,
            plan.steps());
  }
}
