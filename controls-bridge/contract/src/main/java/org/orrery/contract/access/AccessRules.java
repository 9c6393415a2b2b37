package org.orrery.contract.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceGroup;
import org.orrery.contract.facility.Facility;

/**
 * Which people may have which channels written, and approve that, in which detector modes. Where
 * there are rules, what none of them allows is refused. The gate and supervision ask the same
 * rules; reading is not limited by them. Deeply immutable.
 *
 * @param open true where there are no rules, so that roles alone decide
 * @param users groups of people by name
 * @param channels groups of channels by name
 * @param rules what is allowed
 */
public record AccessRules(
    boolean open,
    Map<String, UserGroup> users,
    Map<String, ChannelGroup> channels,
    List<Rule> rules) {
  /** No rules: everybody may what their role allows. */
  public static final AccessRules OPEN = new AccessRules(true, Map.of(), Map.of(), List.of());

  public AccessRules {
    users = Map.copyOf(users);
    channels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(channels));
    rules = List.copyOf(rules);
  }

  /** What a rule allows. */
  public enum Right {
    /** Ask that a channel be written. */
    WRITE,
    /** Say yes to a plan that writes it. */
    APPROVE
  }

  /**
   * People who are treated alike.
   *
   * @param people account names; {@code orrery} for what Orrery proposes by itself
   * @param roles everybody with one of these roles belongs to it as well
   */
  public record UserGroup(Set<String> people, Set<Role> roles) {
    public UserGroup {
      people = Set.copyOf(people);
      roles = Set.copyOf(roles);
    }
  }

  /**
   * Channels that are treated alike: those that are named, and all of what is named.
   *
   * @param channels single channels
   * @param devices all channels of these devices, or of the devices of these groups
   * @param subsystems all channels of these subsystems
   */
  public record ChannelGroup(Set<ChannelId> channels, Set<String> devices, Set<String> subsystems) {
    public ChannelGroup {
      channels = Set.copyOf(channels);
      devices = Set.copyOf(devices);
      subsystems = Set.copyOf(subsystems);
    }

    private boolean has(Channel channel, Facility facility) {
      return channels.contains(channel.id())
          || devices.contains(channel.device())
          || subsystems.contains(channel.subsystem())
          || facility.groupsOf(channel.device()).stream()
              .map(DeviceGroup::name)
              .anyMatch(devices::contains);
    }
  }

  /**
   * One permission.
   *
   * @param rights what is allowed
   * @param users to which groups of people
   * @param channels on which groups of channels
   * @param modes in which detector modes; empty for every mode, known or not
   */
  public record Rule(
      Set<Right> rights, List<String> users, List<String> channels, Set<String> modes) {
    public Rule {
      rights = Set.copyOf(rights);
      users = List.copyOf(users);
      channels = List.copyOf(channels);
      modes = Set.copyOf(modes);
    }
  }

  /** The moment at which somebody wants something. */
  public sealed interface When {
    /** In a detector mode; empty where it is not known. */
    record In(Optional<String> mode) implements When {}

    /** A write towards safety, which is not a question of the mode. */
    record TowardsSafety() implements When {}
  }

  /** Whether a signed-in person has the right. */
  public boolean allows(Person person, Right right, Channel channel, Facility facility, When when) {
    return allows(person.name(), person.roles(), right, channel, facility, when);
  }

  /**
   * Whether somebody has the right.
   *
   * @param name the account name
   * @param roles what they might do when they wanted it; nobody belongs by a role that they did not
   *     have
   */
  public boolean allows(
      String name, Set<Role> roles, Right right, Channel channel, Facility facility, When when) {
    return open
        || rules.stream()
            .anyMatch(
                rule ->
                    rule.rights().contains(right)
                        && inMode(rule, when)
                        && rule.users().stream().anyMatch(group -> includes(group, name, roles))
                        && rule.channels().stream()
                            .anyMatch(
                                group ->
                                    channels.containsKey(group)
                                        && channels.get(group).has(channel, facility)));
  }

  private static boolean inMode(Rule rule, When when) {
    return rule.modes().isEmpty()
        || switch (when) {
          case When.TowardsSafety t -> true;
          case When.In(Optional<String> mode) -> mode.filter(rule.modes()::contains).isPresent();
        };
  }

  private boolean includes(String group, String name, Set<Role> roles) {
    UserGroup users = this.users.get(group);
    return users != null
        && (users.people().contains(name) || roles.stream().anyMatch(users.roles()::contains));
  }
}
