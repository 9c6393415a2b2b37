package org.orrery.supervision.core.lifecycle;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Person;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.When;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Step;

/**
 * Asks the access rules whether a person may ask for a plan or say yes to it, as the gate will ask
 * them again at every write. Pure; thread-safe.
 *
 * @param access the rules
 * @param facility the facility
 */
public record Entitlement(AccessRules access, Facility facility) {
  /**
   * Why the person may not approve the plan, nor have it taken back; empty where they may.
   *
   * @param mode the detector mode; empty where it is not known
   */
  public Optional<String> barred(Person person, Plan plan, Optional<String> mode) {
    List<ChannelId> closed =
        plan.steps().stream()
            .map(Step::channel)
            .distinct()
            .filter(id -> !allows(person, id, new When.In(mode)))
            .toList();
    return closed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the access rules do not let them approve writing " + closed + in(new When.In(mode)));
  }

  /**
   * Why the person may not ask that a channel be written; empty where they may. Whoever may approve
   * may ask as well.
   */
  public Optional<String> barredFromAsking(Person person, Channel channel, When when) {
    return access.allows(person, Right.WRITE, channel, facility, when)
            || access.allows(person, Right.APPROVE, channel, facility, when)
        ? Optional.empty()
        : Optional.of(
            "the access rules do not let "
                + person.name()
                + " have it written"
                + in(when)
                + "; somebody who may has to ask for it, or access.yaml must be changed");
  }

  private static String in(When when) {
    return switch (when) {
      case When.In(Optional<String> mode) ->
          mode.map(m -> " in " + m).orElse(" while the detector mode is not known");
      case When.TowardsSafety _ -> "";
    };
  }

  private boolean allows(Person person, ChannelId id, When when) {
    Optional<Channel> channel = facility.channel(id);
    return channel.isEmpty() || access.allows(person, Right.APPROVE, channel.get(), facility, when);
  }
}
