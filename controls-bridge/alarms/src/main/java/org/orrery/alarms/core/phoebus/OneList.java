package org.orrery.alarms.core.phoebus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;

/**
 * Makes one list out of our alarms and those that Phoebus keeps: where Phoebus keeps the alarm of a
 * channel and can be heard, what our own limits, choices and the control system's severity say of
 * that channel is the same trouble, and is suppressed by design. It comes back by itself when
 * Phoebus falls silent. Never suppressed: life-safety channels, lost connections and stale values
 * (they tell that Orrery itself is blind) and findings. Not thread-safe.
 */
public final class OneList {
  private static final String WHY = "; suppressed by design, Phoebus keeps this alarm";

  private final Facility facility;
  private final MirroredAlarms mirrored;
  private final Map<AlarmKey, Alarm> own = new TreeMap<>();
  private final Set<AlarmKey> suppressed = new HashSet<>();

  /**
   * @param facility its channels
   * @param mirrored what Phoebus keeps; says nothing where there is no Phoebus
   */
  public OneList(Facility facility, MirroredAlarms mirrored) {
    this.facility = facility;
    this.mirrored = mirrored;
  }

  /** What people are told of a step that our own engine took. */
  public AlarmTransition own(AlarmTransition step) {
    Alarm alarm = step.alarm();
    AlarmState from =
        suppressed.remove(alarm.key()) ? AlarmState.SUPPRESSED_BY_DESIGN : step.from();
    if (alarm.state() == AlarmState.NORMAL) {
      own.remove(alarm.key());
      return new AlarmTransition(from, alarm, step.atNs(), step.by());
    }
    own.put(alarm.key(), alarm);
    if (!isKept(alarm.key())) {
      return new AlarmTransition(from, alarm, step.atNs(), step.by());
    }
    suppressed.add(alarm.key());
    return new AlarmTransition(from, quiet(alarm), step.atNs(), step.by());
  }

  /** What people are told once Phoebus keeps more, or fewer, alarms than before. */
  public List<AlarmTransition> reconsider(long nowNs) {
    List<AlarmTransition> told = new ArrayList<>();
    for (Alarm alarm : own.values()) {
      boolean kept = isKept(alarm.key());
      if (kept && suppressed.add(alarm.key())) {
        told.add(new AlarmTransition(alarm.state(), quiet(alarm), nowNs, MirroredAlarms.SOURCE));
      } else if (!kept && suppressed.remove(alarm.key())) {
        told.add(
            new AlarmTransition(
                AlarmState.SUPPRESSED_BY_DESIGN, alarm, nowNs, MirroredAlarms.SOURCE));
      }
    }
    return told;
  }

  /** What our engine says of an alarm, whatever people see of it. */
  public Alarm kept(Alarm seen) {
    return own.getOrDefault(seen.key(), seen);
  }

  /** Our own alarms of a channel that stand behind the one that Phoebus keeps. */
  public List<AlarmKey> behind(ChannelId channel) {
    return suppressed.stream().filter(key -> key.channel().equals(channel)).sorted().toList();
  }

  /** Why a person cannot acknowledge one of our own here; absent where they can. */
  public Optional<String> refusal(AlarmKey key) {
    return suppressed.contains(key)
        ? Optional.of(
            "alarm "
                + key
                + " is suppressed because Phoebus keeps it; acknowledge "
                + new AlarmKey(key.channel(), AlarmKey.Kind.MIRRORED))
        : Optional.empty();
  }

  /** Every alarm that is not normal, the first raised first. */
  public List<Alarm> list() {
    return Stream.concat(
            own.values().stream()
                .map(alarm -> suppressed.contains(alarm.key()) ? quiet(alarm) : alarm),
            mirrored.list().stream())
        .sorted(Comparator.comparingLong(Alarm::raisedNs).thenComparing(Alarm::key))
        .toList();
  }

  private boolean isKept(AlarmKey key) {
    Optional<Channel> channel = facility.channel(key.channel());
    if (channel.isEmpty() || channel.get().alarm().lifeSafety()) {
      return false;
    }
    boolean same =
        switch (key.kind()) {
          case LIMIT, SOURCE -> true;
          // Without alarm choices this is a PV that is not as described, which Phoebus cannot see.
          case STATE -> !channel.get().alarm().alarmChoices().isEmpty();
          case STALE, DISCONNECTED, FINDING, MIRRORED -> false;
        };
    return same && mirrored.keeps(channel.get());
  }

  private static Alarm quiet(Alarm alarm) {
    return new Alarm(
        alarm.key(),
        AlarmState.SUPPRESSED_BY_DESIGN,
        alarm.severity(),
        alarm.message() + WHY,
        alarm.raisedNs(),
        alarm.changedNs(),
        alarm.acknowledgedBy(),
        alarm.priority(),
        alarm.response(),
        false);
  }
}
