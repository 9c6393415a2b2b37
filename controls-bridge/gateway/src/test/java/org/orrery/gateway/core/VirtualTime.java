package org.orrery.gateway.core;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.Scheduler;
import org.orrery.contract.time.WallClock;

/** Both clocks and a scheduler that move only when told to; plant time runs at wall time's pace. */
final class VirtualTime implements Scheduler, Executor, PlantClock {
  private record Task(long atNs, long order, Runnable work, AtomicBoolean cancelled) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atNs).thenComparingLong(Task::order));
  private long nowNs = 1_700_000_000L * TestPlant.SECOND;
  private long order;

  @Override
  public Cancellable after(long delayNs, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    tasks.add(new Task(nowNs + delayNs, order++, task, cancelled));
    return () -> cancelled.set(true);
  }

  @Override
  public Cancellable every(long periodNs, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable task) {
    after(0, task);
  }

  void advance(long ns) {
    long untilNs = nowNs + ns;
    while (!tasks.isEmpty() && tasks.peek().atNs() <= untilNs) {
      Task task = tasks.poll();
      nowNs = Math.max(nowNs, task.atNs());
      if (!task.cancelled().get()) {
        task.work().run();
      }
    }
    nowNs = untilNs;
  }

  /** Forgets everything that is still to come, as a process that dies does. */
  void dropAll() {
    tasks.clear();
  }

  /** Runs what is due now. */
  void settle() {
    advance(0);
  }

  WallClock wall() {
    return () -> nowNs;
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  @Override
  public double factor() {
    return 1;
  }

  @Override
  public long toWallNs(long plantNs) {
    return plantNs;
  }
}
