package org.orrery.operations.core.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.snapshot.DefineSet;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.value.ValueKind;

/** Which sets there are and how a new one comes to be. Stateless. */
public final class Sets {
  /** All that can be written: what a restore is usually about. */
  public static final String SETTINGS = "settings";

  /** Every channel that has a value which can be compared. */
  public static final String EVERYTHING = "everything";

  /** Enough for a facility; the list of a person who typed a star too many stays readable. */
  private static final int MOST_STAGES = 100;

  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private Sets() {}

  /**
   * The latest versions: those that people defined, and the two that follow from the facility
   * description, a stage per subsystem in the order of display.
   */
  public static List<SnapshotSet> all(Facility facility, Collection<SnapshotSet> defined) {
    TreeMap<String, SnapshotSet> sets = new TreeMap<>();
    derived(facility).forEach(set -> sets.put(set.name(), set));
    for (SnapshotSet set : defined) {
      sets.merge(set.name(), set, (a, b) -> a.version() >= b.version() ? a : b);
    }
    return List.copyOf(sets.values());
  }

  private static List<SnapshotSet> derived(Facility facility) {
    return List.of(
        derived(facility, SETTINGS, "All that can be set, by subsystem", true),
        derived(facility, EVERYTHING, "All channels, by subsystem", false));
  }

  private static SnapshotSet derived(
      Facility facility, String name, String title, boolean settings) {
    List<SnapshotSet.Stage> stages = new ArrayList<>();
    for (Facility.Subsystem subsystem : facility.subsystems()) {
      List<SnapshotSet.Item> items = new ArrayList<>();
      for (Channel channel : facility.channels().values()) {
        boolean wanted =
            settings
                ? channel.writable().filter(w -> !w.momentary()).isPresent()
                : channel.kind() != ValueKind.HISTOGRAM;
        if (wanted && channel.subsystem().equals(subsystem.name())) {
          items.add(new SnapshotSet.Item(channel.id().value(), Optional.empty()));
        }
      }
      if (!items.isEmpty()) {
        stages.add(new SnapshotSet.Stage(subsystem.title(), items));
      }
    }
    return new SnapshotSet(name, 0, title, Person.ORRERY.name(), 0, stages);
  }

  /** The next version of a set, or everything that speaks against it. */
  public static Reply<SnapshotSet> define(
      DefineSet wish, Facility facility, Collection<SnapshotSet> known, long nowNs) {
    SnapshotSet set = wish.set();
    List<String> problems = problems(wish, facility);
    if (!problems.isEmpty()) {
      return new Reply.Declined<>(
          "the set '" + set.name() + "' is not taken: " + String.join("; ", problems));
    }
    int version =
        known.stream()
            .filter(other -> other.name().equals(set.name()))
            .mapToInt(SnapshotSet::version)
            .max()
            .orElse(0);
    return new Reply.Done<>(
        new SnapshotSet(
            set.name(), version + 1, set.title(), wish.person().name(), nowNs, set.stages()));
  }

  private static List<String> problems(DefineSet wish, Facility facility) {
    SnapshotSet set = wish.set();
    List<String> problems = new ArrayList<>();
    if (!wish.person().has(Person.Role.EXPERT)) {
      problems.add(wish.person().name() + " does not have the role EXPERT, who defines sets");
    }
    if (!set.name().matches(NAME) || set.name().length() > 60) {
      problems.add("the name must be lower-case words joined by '-', at most 60 characters");
    }
    if (set.name().equals(SETTINGS) || set.name().equals(EVERYTHING)) {
      problems.add("this name stands for the set that follows from the facility; choose another");
    }
    if (set.stages().isEmpty() || set.stages().size() > MOST_STAGES) {
      problems.add("it must have 1 to " + MOST_STAGES + " stages");
    }
    Set<String> names = new HashSet<>();
    for (SnapshotSet.Stage stage : set.stages()) {
      if (stage.name().isBlank() || !names.add(stage.name())) {
        problems.add("every stage needs a name of its own, got '" + stage.name() + "'");
      }
      if (stage.items().isEmpty()) {
        problems.add("stage '" + stage.name() + "' names no channel");
      }
      for (SnapshotSet.Item item : stage.items()) {
        if (Places.matching(item.pattern(), facility).isEmpty()) {
          problems.add("no channel of the facility matches '" + item.pattern() + "'");
        }
      }
    }
    return problems;
  }
}
