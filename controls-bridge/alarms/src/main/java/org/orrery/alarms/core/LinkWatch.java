package org.orrery.alarms.core;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Severity;

/**
 * Connections, device by device: one lost IOC is one alarm, not three hundred. A device's alarm
 * stands under its first channel. From a number of devices on, one alarm stands for all of them,
 * under the facility's first channel, and no further device raises one of its own. A life-safety
 * channel is a group of its own, waits for nothing and is never part of a summary. Not thread-safe.
 */
final class LinkWatch {
  /** What the connections say of one alarm. */
  record Verdict(AlarmKey key, AlarmRule rule, Optional<Condition> condition) {}

  private static final String RESPONSE =
      "Check the device's front-end controller and its network; its readings are not current.";

  private record Trouble(ChannelHealth.Link link, long sinceNs) {}

  private static final class Group {
    final String name;
    final Channel first;
    final boolean lifeSafety;
    final AlarmRule rule;
    final List<ChannelId> channels = new ArrayList<>();
    final Map<ChannelId, Trouble> troubles = new LinkedHashMap<>();
    final Set<ChannelHealth.Link> raisedAlone = EnumSet.noneOf(ChannelHealth.Link.class);

    Group(String name, Channel first) {
      this.name = name;
      this.first = first;
      this.lifeSafety = first.alarm().lifeSafety();
      AlarmSettings.Priority priority =
          lifeSafety ? first.alarm().priority() : AlarmSettings.Priority.MEDIUM;
      this.rule = new AlarmRule(0, 0, priority, RESPONSE);
    }

    long down(ChannelHealth.Link link, long byNs) {
      return troubles.values().stream()
          .filter(t -> t.link() == link && t.sinceNs() <= byNs)
          .count();
    }

    long sinceNs(ChannelHealth.Link link) {
      return troubles.values().stream()
          .filter(t -> t.link() == link)
          .mapToLong(Trouble::sinceNs)
          .min()
          .orElse(0);
    }
  }

  private final AlarmPolicy policy;
  private final Map<ChannelId, Group> groupOf = new HashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private boolean dirty;

  LinkWatch(Facility facility, AlarmPolicy policy) {
    this.policy = policy;
    Map<String, Group> byName = new HashMap<>();
    for (Channel channel : facility.channels().values()) {
      String name = channel.alarm().lifeSafety() ? channel.id().value() : channel.device();
      Group group =
          byName.computeIfAbsent(
              name + (channel.alarm().lifeSafety() ? "!" : ""),
              key -> {
                Group made = new Group(name, channel);
                groups.add(made);
                return made;
              });
      group.channels.add(channel.id());
      groupOf.put(channel.id(), group);
    }
  }

  void changed(ChannelHealth health) {
    Group group = groupOf.get(health.channel());
    if (group == null) {
      return;
    }
    dirty = true;
    switch (health.link()) {
      case CONNECTED, MISMATCH -> group.troubles.remove(health.channel());
      case STALE, DISCONNECTED ->
          group.troubles.put(health.channel(), new Trouble(health.link(), health.sinceNs()));
    }
  }

  /** What the connections say now; nothing where nothing can have changed. */
  List<Verdict> verdicts(long nowNs) {
    if (!dirty) {
      return List.of();
    }
    long byNs = nowNs - policy.linkDelayNs();
    dirty =
        groups.stream()
            .flatMap(group -> group.troubles.values().stream())
            .anyMatch(trouble -> trouble.sinceNs() > byNs);
    List<Verdict> verdicts = new ArrayList<>();
    judge(ChannelHealth.Link.DISCONNECTED, AlarmKey.Kind.DISCONNECTED, nowNs, verdicts);
    judge(ChannelHealth.Link.STALE, AlarmKey.Kind.STALE, nowNs, verdicts);
    return verdicts;
  }

  private void judge(
      ChannelHealth.Link link, AlarmKey.Kind kind, long nowNs, List<Verdict> verdicts) {
    long byNs = nowNs - policy.linkDelayNs();
    List<Group> down =
        groups.stream().filter(group -> !group.lifeSafety && group.down(link, byNs) > 0).toList();
    boolean summary = down.size() >= policy.summaryDevices();
    Group head = groups.stream().filter(group -> !group.lifeSafety).findFirst().orElse(null);
    for (Group group : groups) {
      boolean isDown = group.down(link, group.lifeSafety ? nowNs : byNs) > 0;
      Optional<Condition> condition;
      if (summary && group == head) {
        condition = Optional.of(summary(link, down));
      } else if (isDown && (!summary || group.raisedAlone.contains(link))) {
        condition = Optional.of(alone(link, group));
      } else {
        condition = Optional.empty();
      }
      if (isDown && condition.isPresent()) {
        group.raisedAlone.add(link);
      } else {
        group.raisedAlone.remove(link);
      }
      verdicts.add(new Verdict(new AlarmKey(group.first.id(), kind), group.rule, condition));
    }
  }

  private static Condition summary(ChannelHealth.Link link, List<Group> down) {
    long channels = down.stream().mapToLong(group -> group.down(link, Long.MAX_VALUE)).sum();
    long sinceNs = down.stream().mapToLong(group -> group.sinceNs(link)).min().orElse(0);
    return new Condition(
        severity(link),
        "%d channels of %d devices %s".formatted(channels, down.size(), what(link)),
        sinceNs);
  }

  private static Condition alone(ChannelHealth.Link link, Group group) {
    long channels = group.down(link, Long.MAX_VALUE);
    String which =
        channels == group.channels.size()
            ? "%s %s".formatted(group.name, what(link))
            : "%d of %d channels of %s %s: %s"
                .formatted(
                    channels, group.channels.size(), group.name, what(link), some(link, group));
    return new Condition(severity(link), which, group.sinceNs(link));
  }

  private static String some(ChannelHealth.Link link, Group group) {
    TreeSet<ChannelId> names = new TreeSet<>();
    group.troubles.forEach(
        (id, trouble) -> {
          if (trouble.link() == link) {
            names.add(id);
          }
        });
    String first = names.getFirst().value();
    return names.size() == 1 ? first : first + " and " + (names.size() - 1) + " more";
  }

  private static String what(ChannelHealth.Link link) {
    return link == ChannelHealth.Link.STALE ? "send nothing new" : "cannot be reached";
  }

  private static Severity severity(ChannelHealth.Link link) {
    return link == ChannelHealth.Link.STALE ? Severity.MINOR : Severity.INVALID;
  }
}
