package org.orrery.epics.corepva;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.epics.pva.data.PVAData;
import org.epics.pva.data.PVAStructure;
import org.orrery.epics.PvUpdate;

/**
 * What the bits of an update's changes mean in the structure of one PV. Immutable; the sets are
 * only read.
 *
 * @param value of the value, of a choice its index only
 * @param description of what the PV says about itself
 */
record ChangeBits(
    BitSet value,
    BitSet severity,
    BitSet status,
    BitSet message,
    BitSet seconds,
    BitSet nanoseconds,
    BitSet description) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final List<String> DESCRIBING =
      List.of("display", "control", "valueAlarm", "value.choices", "dimension", "attribute");

  static ChangeBits of(PVAStructure structure) {
    List<String> paths = new ArrayList<>();
    paths.add("");
    list(structure, "", paths);
    BitSet description = new BitSet();
    for (String path : DESCRIBING) {
      description.or(bits(paths, path));
    }
    return new ChangeBits(
        bits(paths, paths.contains("value.index") ? "value.index" : "value"),
        bits(paths, "alarm.severity"),
        bits(paths, "alarm.status"),
        bits(paths, "alarm.message"),
        bits(paths, "timeStamp.secondsPastEpoch"),
        bits(paths, "timeStamp.nanoseconds"),
        description);
  }

  /** The paths of all fields, each at the number of its bit. */
  private static void list(PVAStructure structure, String prefix, List<String> paths) {
    for (PVAData field : structure.get()) {
      paths.add(prefix + field.getName());
      if (field instanceof PVAStructure nested) {
        list(nested, prefix + field.getName() + ".", paths);
      }
    }
  }

  /** The bits of a field, of all that is in it and of all that it is in; none where it is not. */
  private static BitSet bits(List<String> paths, String path) {
    BitSet bits = new BitSet();
    if (paths.contains(path)) {
      bits.set(0);
      for (int i = 1; i < paths.size(); i++) {
        String other = paths.get(i);
        bits.set(
            i, other.equals(path) || other.startsWith(path + ".") || path.startsWith(other + "."));
      }
    }
    return bits;
  }

  /** Whether an update with these changes may have brought another description. */
  boolean describe(BitSet changes) {
    return changes.intersects(description);
  }

  /** The state before with what an update changed: everything else in it may be out of date. */
  PvUpdate onto(PvUpdate before, PvUpdate said, BitSet changes) {
    PvUpdate clock = changes.intersects(seconds) ? said : before;
    PvUpdate fraction = changes.intersects(nanoseconds) ? said : before;
    return new PvUpdate(
        changes.intersects(value) ? said.value() : before.value(),
        changes.intersects(severity) ? said.severity() : before.severity(),
        changes.intersects(status) ? said.status() : before.status(),
        changes.intersects(message) ? said.message() : before.message(),
        Math.floorDiv(clock.timeNs(), NANOS_PER_SECOND) * NANOS_PER_SECOND
            + Math.floorMod(fraction.timeNs(), NANOS_PER_SECOND),
        said.snapshot(),
        said.lostBefore());
  }
}
