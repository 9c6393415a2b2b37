package org.orrery.gateway.runtime;

import io.vertx.core.Vertx;
import org.orrery.contract.time.Scheduler;

/** Timers on the Vert.x context from which they are asked for; resolution 1 ms. */
final class VertxScheduler implements Scheduler {
  private static final long NS_PER_MS = 1_000_000L;

  private final Vertx vertx;

  VertxScheduler(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Cancellable after(long delayNs, Runnable task) {
    long id = vertx.setTimer(milliseconds(delayNs), ignored -> task.run());
    return () -> vertx.cancelTimer(id);
  }

  @Override
  public Cancellable every(long periodNs, Runnable task) {
    long id = vertx.setPeriodic(milliseconds(periodNs), ignored -> task.run());
    return () -> vertx.cancelTimer(id);
  }

  private static long milliseconds(long ns) {
    return Math.max(1, Math.ceilDiv(ns, NS_PER_MS));
  }
}
