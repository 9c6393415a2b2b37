package org.orrery.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.orrery.contract.Person.Role;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.ChannelGroup;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.Rule;
import org.orrery.contract.access.AccessRules.UserGroup;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;

/**
 * Reads access rules; docs/guides/writing.md explains every key. Strict: an unknown or duplicate
 * key, and a group, channel, device, subsystem, role or mode that does not exist is a problem.
 * Stateless.
 */
public final class AccessLoader {
  private static final String OPEN = "access";

  private AccessLoader() {}

  /**
   * Reads the file.
   *
   * @param facility the facility whose channels the rules are about
   * @throws ConfigException with every problem, if there is any
   * @throws IOException if the file cannot be read
   */
  public static AccessRules load(Path file, Facility facility) throws ConfigException, IOException {
    return parse(file.getFileName().toString(), Files.readString(file), facility);
  }

  /**
   * Reads a text.
   *
   * @param name the file name for messages
   * @throws ConfigException with every problem, if there is any
   */
  public static AccessRules parse(String name, String yaml, Facility facility)
      throws ConfigException {
    Problems problems = new Problems(name);
    YamlMap root = YamlMap.of(FacilityLoader.compose(yaml, name), problems, Map.of());
    AccessRules read = root.has(OPEN) ? open(root) : rules(root, facility);
    if (!problems.messages().isEmpty()) {
      throw new ConfigException(problems.messages());
    }
    return read;
  }

  /** Everybody may what their role allows, and somebody has said so. */
  private static AccessRules open(YamlMap root) {
    if (!root.text(OPEN).orElse("").equals("open")) {
      root.problem(
          OPEN, "'access' can only be open; for anything else leave it out and give 'rules'");
    }
    if (root.keys().size() > 1) {
      root.problem(
          OPEN,
          "'access: open' lets everybody do what their role allows, so nothing may stand beside it;"
              + " take out one or the other");
    }
    return AccessRules.OPEN;
  }

  private static AccessRules rules(YamlMap root, Facility facility) {
    Map<String, UserGroup> users = new LinkedHashMap<>();
    for (YamlMap entry : root.maps("users")) {
      String group = entry.requiredText("name");
      UserGroup read = new UserGroup(Set.copyOf(entry.texts("people")), roles(entry));
      if (read.people().isEmpty() && read.roles().isEmpty()) {
        entry.problem("name", "group '" + group + "' is empty; give it 'people' or 'roles'");
      }
      entry.finish();
      if (users.put(group, read) != null) {
        entry.problem("name", "group '" + group + "' is given twice; keep one of them");
      }
    }
    Map<String, ChannelGroup> channels = new LinkedHashMap<>();
    for (YamlMap entry : root.maps("channels")) {
      String group = entry.requiredText("name");
      ChannelGroup read = channels(entry, group, facility);
      entry.finish();
      if (channels.put(group, read) != null) {
        entry.problem("name", "group '" + group + "' is given twice; keep one of them");
      }
    }
    List<Rule> rules = new ArrayList<>();
    for (YamlMap entry : root.maps("rules")) {
      rules.add(rule(entry, users.keySet(), channels.keySet(), facility.modes()));
      entry.finish();
    }
    if (rules.isEmpty()) {
      root.problem(
          "rules",
          "there are no 'rules', so nothing could be written; add some, or write 'access: open' and"
              + " nothing else");
    }
    root.finish();
    return new AccessRules(false, users, channels, rules);
  }

  private static Set<Role> roles(YamlMap entry) {
    Set<Role> roles = new HashSet<>();
    for (String text : entry.texts("roles")) {
      try {
        roles.add(Role.valueOf(text.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        entry.problem("roles", "there is no role '" + text + "'; known: shifter, expert, admin");
      }
    }
    return roles;
  }

  private static ChannelGroup channels(YamlMap entry, String group, Facility facility) {
    Set<ChannelId> single = new LinkedHashSet<>();
    for (String text : entry.texts("channels")) {
      ChannelReader.channelId(entry, "channels", text)
          .ifPresent(
              id -> {
                if (facility.channel(id).flatMap(Channel::writable).isEmpty()) {
                  entry.problem("channels", "'" + id + "' is no writable channel");
                }
                single.add(id);
              });
    }
    Set<String> devices = new LinkedHashSet<>(entry.texts("devices"));
    Set<String> subsystems = new LinkedHashSet<>(entry.texts("subsystems"));
    Set<String> knownDevices = new HashSet<>(facility.groups().keySet());
    Set<String> knownSubsystems = new HashSet<>();
    facility.channels().values().forEach(channel -> knownDevices.add(channel.device()));
    facility.subsystems().forEach(subsystem -> knownSubsystems.add(subsystem.name()));
    known(entry, "devices", devices, knownDevices, "device or group of devices");
    known(entry, "subsystems", subsystems, knownSubsystems, "subsystem");
    if (single.isEmpty() && devices.isEmpty() && subsystems.isEmpty()) {
      entry.problem(
          "name", "group '" + group + "' is empty; give it 'channels', 'devices' or 'subsystems'");
    }
    return new ChannelGroup(single, devices, subsystems);
  }

  private static Rule rule(
      YamlMap entry, Set<String> users, Set<String> channels, List<String> modes) {
    Set<Right> rights = new HashSet<>();
    for (String text : entry.texts("allow")) {
      try {
        rights.add(Right.valueOf(text.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        entry.problem(
            "allow",
            "'"
                + text
                + "' cannot be allowed; known: write, approve (who reads is a question of"
                + " 'server.public-read' in the site description)");
      }
    }
    List<String> who = entry.texts("users");
    List<String> what = entry.texts("channels");
    List<String> in = entry.texts("modes");
    required(entry, "allow", rights.isEmpty());
    required(entry, "users", who.isEmpty());
    required(entry, "channels", what.isEmpty());
    known(entry, "users", who, users, "group of users in this file");
    known(entry, "channels", what, channels, "group of channels in this file");
    known(entry, "modes", in, modes, "detector mode");
    return new Rule(rights, who, what, Set.copyOf(in));
  }

  private static void required(YamlMap entry, String key, boolean missing) {
    if (missing) {
      entry.problem(key, "a rule needs '" + key + "'");
    }
  }

  private static void known(
      YamlMap entry,
      String key,
      Iterable<String> names,
      java.util.Collection<String> known,
      String what) {
    for (String name : names) {
      if (!known.contains(name)) {
        entry.problem(key, "there is no " + what + " '" + name + "'; correct the name");
      }
    }
  }
}
