package org.orrery.epics.adapter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.server.PvState;

/**
 * What one subscriber has not been sent yet. Bounded; merges values, keeps alarm edges. Not
 * thread-safe.
 *
 * <p>When it is full, a value-only update gives way to its successor, whose overrun mask then says
 * which fields the subscriber never saw. An update that changes the alarm severity stays as it was,
 * with its own value and time; only past {@link #MAX_EDGES} of them are edges merged, and counted.
 */
public final class UpdateBacklog {
  /**
   * Bound on alarm edges beyond the capacity: 1024 edges of some 200 bytes for a subscriber that
   * stopped reading.
   */
  public static final int MAX_EDGES = 1024;

  /** One update for the wire, with the bits of the fields that changed and were overrun. */
  public static final class Entry {
    private PvState state;
    private int changed;
    private int overrun;
    private boolean edge;
    private boolean snapshot;

    private Entry(PvState state, int changed, boolean edge, boolean snapshot) {
      this.state = state;
      this.changed = changed;
      this.edge = edge;
      this.snapshot = snapshot;
    }

    /** The state. */
    public PvState state() {
      return state;
    }

    /** Which fields changed. */
    public int changed() {
      return changed;
    }

    /** Which fields hide a change that the subscriber never saw. */
    public int overrun() {
      return overrun;
    }

    /** Whether it is the full state that opens a subscription. */
    public boolean snapshot() {
      return snapshot;
    }

    private void giveWayTo(PvState next, int nextChanged, boolean nextEdge) {
      state = next;
      overrun |= changed & nextChanged;
      changed |= nextChanged;
      edge |= nextEdge;
    }

    private void absorb(Entry earlier) {
      overrun |= earlier.overrun | (earlier.changed & changed);
      changed |= earlier.changed;
      snapshot |= earlier.snapshot;
    }
  }

  private final int capacity;
  private final List<Entry> entries = new ArrayList<>();
  private long merged;
  private long edgesMerged;

  /**
   * With room for this many updates, and for more edges.
   *
   * @param capacity at least 2
   */
  public UpdateBacklog(int capacity) {
    if (capacity < 2) {
      throw new IllegalArgumentException("capacity must be at least 2, got " + capacity);
    }
    this.capacity = capacity;
  }

  /**
   * Adds an update.
   *
   * @param changed bits of the fields that differ from the update before
   * @param edge whether the alarm severity differs from the update before
   * @return whether the number of entries grew, so that one more must be fetched
   */
  public boolean offer(PvState state, int changed, boolean edge) {
    return add(state, changed, edge, false);
  }

  /**
   * Adds the full state that opens a subscription.
   *
   * @param all bits of all fields
   */
  public boolean offerSnapshot(PvState state, int all) {
    return add(state, all, false, true);
  }

  private boolean add(PvState state, int changed, boolean edge, boolean snapshot) {
    if (entries.size() < capacity) {
      return entries.add(new Entry(state, changed, edge, snapshot));
    }
    Entry tail = entries.getLast();
    if (!tail.edge) {
      merged++;
      tail.giveWayTo(state, changed, edge);
      return false;
    }
    int victim = oldestValueOnly();
    if (victim >= 0) {
      merged++;
      Entry gone = entries.remove(victim);
      entries.get(victim).absorb(gone);
      entries.add(new Entry(state, changed, edge, snapshot));
      return false;
    }
    if (entries.size() < capacity + MAX_EDGES) {
      return entries.add(new Entry(state, changed, edge, snapshot));
    }
    merged++;
    if (edge) {
      edgesMerged++;
    }
    tail.giveWayTo(state, changed, edge);
    return false;
  }

  private int oldestValueOnly() {
    for (int i = 0; i < entries.size() - 1; i++) {
      if (!entries.get(i).edge) {
        return i;
      }
    }
    return -1;
  }

  /** Takes the oldest update; null when there is none. */
  public @Nullable Entry poll() {
    return entries.isEmpty() ? null : entries.removeFirst();
  }

  /** Forgets all updates. */
  public void clear() {
    entries.clear();
  }

  /** Updates that wait. */
  public int size() {
    return entries.size();
  }

  /** Updates merged into another so far. */
  public long merged() {
    return merged;
  }

  /** Of these, alarm edges. */
  public long edgesMerged() {
    return edgesMerged;
  }
}
