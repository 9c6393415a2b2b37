package org.orrery.epics.corepva;

import java.util.BitSet;
import org.epics.pva.data.PVAStructure;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.client.PvListener;

/**
 * What is known of a PV on one connection: makes full states of a monitor's updates and of reads
 * past it, and tells what is new. Not thread-safe.
 *
 * <p>The library puts each update into one structure. Where a server loses fields when it merges
 * updates, that structure lacks them for as long as they do not change: from the read on that shows
 * it, only what an update changed is taken out of the structure.
 */
final class KnownPv {
  private final PvListener listener;
  private final Runnable read;
  private @Nullable ChangeBits bits;
  private @Nullable PvMetadata metadata;
  private @Nullable PvUpdate last;

  /** Whether the library's structure holds what the server has, as far as is known. */
  private boolean whole;

  /** Whether what was told last came by a read, so that the monitor may bring it again. */
  private boolean answered;

  /**
   * @param listener told of everything but the end
   * @param read has the PV read, for {@link #answer}
   */
  KnownPv(PvListener listener, Runnable read) {
    this.listener = listener;
    this.read = read;
  }

  /**
   * Takes an update of the monitor.
   *
   * @param structure the library's, which keeps what did not change
   * @param merged whether it is merged with lost ones
   */
  void update(PVAStructure structure, BitSet changes, boolean merged) {
    ChangeBits fields = bits == null ? ChangeBits.of(structure) : bits;
    bits = fields;
    whole |= changes.get(0); // where the first is not whole, a core-pva server has lost it
    boolean describes = metadata == null || fields.describe(changes);
    if (!whole && (describes || isTable())) {
      read.run();
      return;
    }
    if (describes) {
      describe(structure);
    }
    PvMetadata known = metadata;
    PvUpdate before = last;
    if (known == null) {
      return;
    }
    PvUpdate said = UpdateDecoder.update(structure, known, before == null, merged);
    PvUpdate now = whole || before == null ? said : fields.onto(before, said, changes);
    boolean repeated = answered && !merged && isSameState(now, before);
    answered &= repeated;
    if (!repeated) {
      tell(now);
    }
  }

  /** A table changes by columns, each of which may be out of date. */
  private boolean isTable() {
    PvMetadata known = metadata;
    return known != null && known.kind() == ValueKind.HISTOGRAM;
  }

  /**
   * Takes the answer to a read.
   *
   * @return false when it is older than what is known, so that it says nothing of what was lost
   */
  boolean answer(PVAStructure state) {
    PvUpdate before = last;
    if (before != null && UpdateDecoder.timeNs(state) < before.timeNs()) {
      return false;
    }
    boolean different = describe(state);
    PvMetadata known = metadata;
    if (known == null) {
      return true;
    }
    PvUpdate now = UpdateDecoder.update(state, known, true, false);
    if (different || !isSameState(now, before)) {
      whole = false;
      answered = true;
      tell(now);
    }
    return true;
  }

  /**
   * Tells what the PV says about itself.
   *
   * @return whether it is something new
   */
  private boolean describe(PVAStructure state) {
    PvMetadata before = metadata;
    PvMetadata now = UpdateDecoder.metadata(state).orElse(null);
    if (now == null) {
      if (before == null) {
        listener.onRefused("its value is of a kind that is not read");
      }
      return false;
    }
    if (now.equals(before)) {
      return false;
    }
    metadata = now;
    if (before == null) {
      listener.onConnected(now);
    } else {
      listener.onMetadataChanged(now);
    }
    return true;
  }

  private void tell(PvUpdate update) {
    last = update;
    listener.onUpdate(update);
  }

  private static boolean isSameState(PvUpdate one, @Nullable PvUpdate other) {
    return other != null
        && one.timeNs() == other.timeNs()
        && one.severity() == other.severity()
        && one.status() == other.status()
        && one.message().equals(other.message())
        && one.value().equals(other.value());
  }
}
