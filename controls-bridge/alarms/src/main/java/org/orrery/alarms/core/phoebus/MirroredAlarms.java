package org.orrery.alarms.core.phoebus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmMirror;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;

/**
 * The alarms that the site's Phoebus keeps, as people see them in Orrery. Phoebus alone decides how
 * an alarm stands: an acknowledgement made here is shown as awaiting until Phoebus says that it is
 * one, and while Phoebus is silent every alarm stays as it was said last, marked stale. Instants
 * are plant ns. Not thread-safe.
 */
public final class MirroredAlarms {
  /** The source's name for people. */
  public static final String SOURCE = "Phoebus";

  /** How long an acknowledgement may take to come back, ns. */
  static final long CONFIRM_NS = 30_000_000_000L;

  private record Awaiting(String person, long untilNs) {}

  private final MirrorNames names;
  private final Map<AlarmKey, Alarm> shown = new TreeMap<>();
  private final Map<AlarmKey, String> pvs = new HashMap<>();
  private final Map<AlarmKey, Awaiting> awaiting = new HashMap<>();
  private final Map<AlarmKey, String> notes = new HashMap<>();
  private @Nullable PhoebusTree tree;
  private boolean live;

  /**
   * @param facility its channels; a PV of the tree that is one of them stands under its id
   */
  public MirroredAlarms(Facility facility) {
    this.names = new MirrorNames(facility);
  }

  /** What to do with an acknowledgement that a person asks for. */
  public sealed interface Ask {
    /** Send it for these items of the tree, then call {@link MirroredAlarms#sent}. */
    record Send(List<PhoebusPath> paths) implements Ask {
      public Send {
        paths = List.copyOf(paths);
      }
    }

    /** Nothing can be sent; the reason names the remedy. */
    record Declined(String reason) implements Ask {}
  }

  /** An alarm as it stood before a restart: shown as stale until Phoebus was heard. */
  public List<AlarmTransition> remembered(Alarm alarm, long nowNs) {
    if (tree != null || alarm.state() == AlarmState.NORMAL || shown.containsKey(alarm.key())) {
      return List.of();
    }
    Alarm stale = Row.stale(alarm);
    shown.put(stale.key(), stale);
    return List.of(new AlarmTransition(AlarmState.NORMAL, stale, nowNs, SOURCE));
  }

  /** An alarm from before a restart that no Phoebus keeps any more. */
  public static List<AlarmTransition> forgotten(Alarm alarm, long nowNs) {
    return List.of(new AlarmTransition(alarm.state(), Row.normal(alarm, nowNs), nowNs, SOURCE));
  }

  /** The whole tree was read from its beginning; what is not in it any more is gone. */
  public List<AlarmTransition> replayed(PhoebusTree whole, long nowNs) {
    tree = whole;
    Map<AlarmKey, String> now = new HashMap<>();
    for (String pv : whole.pvs()) {
      now.put(names.key(pv), pv);
    }
    List<AlarmTransition> told = new ArrayList<>();
    for (AlarmKey key : List.copyOf(shown.keySet())) {
      if (!now.containsKey(key)) {
        show(key, Optional.empty(), "", nowNs, told);
      }
    }
    now.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> judge(entry.getKey(), entry.getValue(), nowNs, told));
    return told;
  }

  /** Something was said after that. */
  public List<AlarmTransition> handle(PhoebusMessage message, long nowNs) {
    PhoebusTree known = tree;
    if (known == null) {
      return List.of();
    }
    List<AlarmTransition> told = new ArrayList<>();
    known.apply(message).stream().sorted().forEach(pv -> judge(names.key(pv), pv, nowNs, told));
    return told;
  }

  /** Phoebus fell silent, or speaks again. */
  public List<AlarmTransition> life(boolean lives, long nowNs) {
    if (live == lives) {
      return List.of();
    }
    live = lives;
    List<AlarmTransition> told = new ArrayList<>();
    for (AlarmKey key : List.copyOf(shown.keySet())) {
      again(key, nowNs, told);
    }
    return told;
  }

  /** Time passed: an acknowledgement that Phoebus never confirmed is said to be none. */
  public List<AlarmTransition> tick(long nowNs) {
    List<AlarmTransition> told = new ArrayList<>();
    for (Map.Entry<AlarmKey, Awaiting> entry : List.copyOf(awaiting.entrySet())) {
      if (nowNs - entry.getValue().untilNs() >= 0) {
        awaiting.remove(entry.getKey());
        notes.put(
            entry.getKey(),
            "Phoebus did not confirm the acknowledgement by "
                + entry.getValue().person()
                + " within "
                + CONFIRM_NS / 1_000_000_000
                + " s; acknowledge again, or in Phoebus");
        again(entry.getKey(), nowNs, told);
      }
    }
    return told;
  }

  /** A person wants to acknowledge an alarm. */
  public Ask acknowledge(AlarmKey key) {
    Alarm alarm = shown.get(key);
    String pv = pvs.get(key);
    PhoebusTree known = tree;
    if (alarm == null) {
      return new Ask.Declined(
          "alarm " + key + " is normal; there is nothing to acknowledge, refresh the list");
    }
    if (!live || known == null || pv == null) {
      return new Ask.Declined(
          "Phoebus keeps this alarm and is silent, so nothing was sent; acknowledge it when"
              + " Phoebus is back");
    }
    List<PhoebusPath> paths =
        known.leaves(pv).stream()
            .filter(leaf -> isOpen(Reading.of(leaf).state()))
            .map(leaf -> leaf.path)
            .toList();
    return paths.isEmpty()
        ? new Ask.Declined(
            "alarm " + key + " is " + alarm.state() + "; there is nothing to acknowledge")
        : new Ask.Send(paths);
  }

  /** The acknowledgement is on its way. */
  public List<AlarmTransition> sent(AlarmKey key, String person, long nowNs) {
    Alarm alarm = shown.get(key);
    if (alarm == null || !isOpen(alarm.state())) {
      return List.of();
    }
    notes.remove(key);
    awaiting.put(key, new Awaiting(person, nowNs + CONFIRM_NS));
    List<AlarmTransition> told = new ArrayList<>();
    again(key, nowNs, told);
    return told;
  }

  /** True where Phoebus keeps the alarm of a channel and can be heard. */
  public boolean keeps(Channel channel) {
    PhoebusTree known = tree;
    return live
        && known != null
        && known.leaves(PhoebusTree.plain(channel.pv())).stream()
            .anyMatch(leaf -> leaf.state != null);
  }

  /** The alarm under a key, if it is not normal. */
  public Optional<Alarm> alarm(AlarmKey key) {
    return Optional.ofNullable(shown.get(key));
  }

  /** Every alarm that is not normal. */
  public List<Alarm> list() {
    return List.copyOf(shown.values());
  }

  /** True while Phoebus' alarm server acknowledges invalid alarms by itself. */
  public boolean maintenance() {
    return tree != null && tree.maintenance();
  }

  private void judge(AlarmKey key, String pv, long nowNs, List<AlarmTransition> told) {
    PhoebusTree known = tree;
    List<PhoebusTree.Leaf> leaves = known == null ? List.of() : known.leaves(pv);
    Optional<PhoebusTree.Leaf> leaf =
        leaves.stream()
            .min(Comparator.comparing(Reading::of, Reading.LOUDEST_FIRST))
            .filter(loudest -> Reading.of(loudest).state() != AlarmState.NORMAL);
    show(key, leaf, pv, nowNs, told);
  }

  private void again(AlarmKey key, long nowNs, List<AlarmTransition> told) {
    String pv = pvs.get(key);
    if (pv != null) {
      judge(key, pv, nowNs, told);
    }
  }

  private void show(
      AlarmKey key,
      Optional<PhoebusTree.Leaf> leaf,
      String pv,
      long nowNs,
      List<AlarmTransition> told) {
    @Nullable Alarm before = shown.get(key);
    if (leaf.isEmpty()) {
      awaiting.remove(key);
      notes.remove(key);
      pvs.remove(key);
      if (before != null) {
        shown.remove(key);
        told.add(new AlarmTransition(before.state(), Row.normal(before, nowNs), nowNs, SOURCE));
      }
      return;
    }
    pvs.put(key, pv);
    Reading reading = Reading.of(leaf.get());
    if (before == null || before.state() != reading.state()) {
      notes.remove(key);
    }
    if (!isOpen(reading.state())) {
      awaiting.remove(key);
    }
    Alarm next =
        Row.of(
            key,
            reading,
            names.channel(pv),
            leaf.get().config == null ? "" : leaf.get().config.description(),
            tree == null ? "" : tree.guidance(leaf.get()),
            mirror(key, leaf.get()),
            Optional.ofNullable(before),
            nowNs);
    put(next, before, nowNs, by(reading), told);
  }

  private void put(
      Alarm next, @Nullable Alarm before, long nowNs, String by, List<AlarmTransition> told) {
    AlarmState from = before == null ? AlarmState.NORMAL : before.state();
    if (!next.equals(before)) {
      shown.put(next.key(), next);
      told.add(new AlarmTransition(from, next, nowNs, by));
    }
  }

  private AlarmMirror mirror(AlarmKey key, PhoebusTree.Leaf leaf) {
    String note = notes.getOrDefault(key, "");
    return new AlarmMirror(
        SOURCE,
        !live,
        Optional.ofNullable(awaiting.get(key)).map(Awaiting::person),
        note.isEmpty() ? leaf.path.toString() : leaf.path + ": " + note);
  }

  private static String by(Reading reading) {
    return reading.acknowledgedBy().orElse(SOURCE);
  }

  private static boolean isOpen(AlarmState state) {
    return state == AlarmState.UNACKNOWLEDGED || state == AlarmState.RETURNED_UNACKNOWLEDGED;
  }
}
