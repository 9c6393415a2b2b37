package org.orrery.alarms.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * under the facility's first channel, and no further device raises one of its own; who was lost
 * under it stays under it until it is back. A life-safety channel is a group of its own, waits for
 * nothing and is never part of a summary.
 *
 * <p>The causes of such an alarm are the losses behind it, channel by channel, so that a channel
 * that is lost later calls again. A channel that is lost again within an episode's gap after it
 * came back is the same loss: a connection that comes and goes does not call each time. Not
 * thread-safe.
 */
final class LinkWatch {
  /** What the connections say of one alarm. */
  record Verdict(AlarmKey key, AlarmRule rule, Optional<Condition> condition) {}

  private static final String RESPONSE =
      "Check the device's front-end controller and its network; its readings are not current.";

  /** How the alarm of a device that is down was raised. */
  private enum Raised {
    ALONE,
    SUMMARISED
  }

  /**
   * A channel is lost.
   *
   * @param loss names this loss; the same as before where the channel was back only for a while
   */
  private record Trouble(ChannelId channel, ChannelHealth.Link link, long sinceNs, String loss) {}

  /** A channel that was lost came back. */
  private record Over(String loss, long atNs) {}

  private static final class Group {
    final String name;
    final Channel first;
    final boolean lifeSafety;
    final AlarmRule rule;
    final List<ChannelId> channels = new ArrayList<>();
    final Map<ChannelId, Trouble> troubles = new LinkedHashMap<>();
    final Map<ChannelHealth.Link, Map<ChannelId, Over>> over =
        new EnumMap<>(ChannelHealth.Link.class);
    final Map<ChannelHealth.Link, Raised> raised = new EnumMap<>(ChannelHealth.Link.class);

    Group(String name, Channel first) {
      this.name = name;
      this.first = first;
      this.lifeSafety = first.alarm().lifeSafety();
      AlarmSettings.Priority priority =
          lifeSafety ? first.alarm().priority() : AlarmSettings.Priority.MEDIUM;
      this.rule = new AlarmRule(0, 0, priority, RESPONSE);
    }

    void lost(ChannelHealth health, long gapNs) {
      Trouble before = troubles.get(health.channel());
      if (before != null && before.link() == health.link()) {
        // Only the detail is another one.
        return;
      }
      back(health);
      Over former = over.getOrDefault(health.link(), Map.of()).get(health.channel());
      String loss =
          former != null && health.sinceNs() - former.atNs() <= gapNs
              ? former.loss()
              : health.channel() + "@" + health.sinceNs();
      troubles.put(
          health.channel(), new Trouble(health.channel(), health.link(), health.sinceNs(), loss));
    }

    void back(ChannelHealth health) {
      Trouble before = troubles.remove(health.channel());
      if (before != null) {
        over.computeIfAbsent(before.link(), link -> new HashMap<>())
            .put(health.channel(), new Over(before.loss(), health.sinceNs()));
      }
    }

    Stream<Trouble> down(ChannelHealth.Link link, long byNs) {
      return troubles.values().stream().filter(t -> t.link() == link && t.sinceNs() <= byNs);
    }

    boolean isDown(ChannelHealth.Link link, long byNs) {
      return down(link, byNs).findAny().isPresent();
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
      case CONNECTED, MISMATCH -> group.back(health);
      case STALE, DISCONNECTED -> group.lost(health, policy.episodeGapNs());
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
        groups.stream().filter(group -> !group.lifeSafety && group.isDown(link, byNs)).toList();
    boolean many = down.size() >= policy.summaryDevices();
    groups.stream()
        .filter(group -> !group.isDown(link, byNs))
        .forEach(group -> group.raised.remove(link));
    down.forEach(group -> group.raised.putIfAbsent(link, many ? Raised.SUMMARISED : Raised.ALONE));
    boolean summary = down.stream().anyMatch(g -> g.raised.get(link) == Raised.SUMMARISED);
    Group head = groups.stream().filter(group -> !group.lifeSafety).findFirst().orElse(null);
    for (Group group : groups) {
      Optional<Condition> condition = Optional.empty();
      if (group.lifeSafety) {
        condition = alone(link, group, nowNs);
      } else if (summary && group == head) {
        // A few that are left leave out whose alarm stands elsewhere; the head's own stands here.
        List<Group> told =
            down.stream()
                .filter(g -> many || g == head || g.raised.get(link) == Raised.SUMMARISED)
                .toList();
        condition =
            told.size() == 1 ? alone(link, told.getFirst(), byNs) : summary(link, told, byNs);
      } else if (group.raised.get(link) == Raised.ALONE) {
        condition = alone(link, group, byNs);
      }
      verdicts.add(new Verdict(new AlarmKey(group.first.id(), kind), group.rule, condition));
    }
  }

  private static Optional<Condition> summary(
      ChannelHealth.Link link, List<Group> groups, long byNs) {
    List<Trouble> troubles = groups.stream().flatMap(group -> group.down(link, byNs)).toList();
    return condition(
        link,
        "%d channels of %d devices %s".formatted(troubles.size(), groups.size(), what(link)),
        troubles);
  }

  private static Optional<Condition> alone(ChannelHealth.Link link, Group group, long byNs) {
    List<Trouble> troubles = group.down(link, byNs).toList();
    if (troubles.isEmpty()) {
      return Optional.empty();
    }
    String which =
        troubles.size() == group.channels.size()
            ? "%s %s".formatted(group.name, what(link))
            : "%d of %d channels of %s %s: %s"
                .formatted(
                    troubles.size(), group.channels.size(), group.name, what(link), some(troubles));
    return condition(link, which, troubles);
  }

  private static Optional<Condition> condition(
      ChannelHealth.Link link, String message, List<Trouble> troubles) {
    long sinceNs = troubles.stream().mapToLong(Trouble::sinceNs).min().orElse(0);
    Set<String> losses = troubles.stream().map(Trouble::loss).collect(Collectors.toSet());
    return Optional.of(new Condition(severity(link), message, sinceNs, losses));
  }

  private static String some(List<Trouble> troubles) {
    String first =
        troubles.stream().map(Trouble::channel).sorted().findFirst().orElseThrow().value();
    return troubles.size() == 1 ? first : first + " and " + (troubles.size() - 1) + " more";
  }

  private static String what(ChannelHealth.Link link) {
    return link == ChannelHealth.Link.STALE ? "send nothing new" : "cannot be reached";
  }

  private static Severity severity(ChannelHealth.Link link) {
    return link == ChannelHealth.Link.STALE ? Severity.MINOR : Severity.INVALID;
  }
}
