package org.orrery.epics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.orrery.epics.client.PvListener;

/** Remembers what a subscription hears. Thread-safe. */
public final class Listening implements PvListener {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

  private final List<PvMetadata> connections = new CopyOnWriteArrayList<>();
  private final List<PvMetadata> changes = new CopyOnWriteArrayList<>();
  private final List<PvUpdate> updates = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private volatile int disconnections;

  @Override
  public void onConnected(PvMetadata metadata) {
    connections.add(metadata);
  }

  @Override
  public void onDisconnected() {
    disconnections++;
  }

  @Override
  public void onUpdate(PvUpdate update) {
    updates.add(update);
  }

  @Override
  public void onMetadataChanged(PvMetadata metadata) {
    changes.add(metadata);
  }

  @Override
  public void onRefused(String reason) {
    refusals.add(reason);
  }

  public List<PvMetadata> connections() {
    return List.copyOf(connections);
  }

  /** What it was told while it was connected. */
  public List<PvMetadata> changes() {
    return List.copyOf(changes);
  }

  public List<PvUpdate> updates() {
    return List.copyOf(updates);
  }

  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  public int disconnections() {
    return disconnections;
  }

  /** Waits for the n-th connection. */
  public Listening awaitConnected(int n) {
    until("connection " + n, () -> connections.size() >= n);
    return this;
  }

  /** Waits for the n-th update. */
  public Listening awaitUpdates(int n) {
    until(n + " updates", () -> updates.size() >= n);
    return this;
  }

  /** Waits for an update. */
  public PvUpdate awaitUpdate(String what, Predicate<PvUpdate> wanted) {
    until(what, () -> updates.stream().anyMatch(wanted));
    return updates.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits until a condition holds, and fails the test when it does not in time. */
  public static void until(String what, BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
