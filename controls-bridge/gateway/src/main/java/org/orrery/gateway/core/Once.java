package org.orrery.gateway.core;

/** Runs its task the first time only. Not thread-safe. */
final class Once implements Runnable {
  private final Runnable task;
  private boolean done;

  Once(Runnable task) {
    this.task = task;
  }

  @Override
  public void run() {
    if (!done) {
      done = true;
      task.run();
    }
  }
}
