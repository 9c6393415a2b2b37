package org.orrery.epics.adapter;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls a listener once at a time and in order, from several threads. A reader waits its turn,
 * which holds up its server and nobody else; a thread that works for all PVs never waits.
 * Thread-safe.
 */
public final class Delivery {
  private final ReentrantLock turn = new ReentrantLock();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** Calls after all that wait; returns when the call has. */
  public void inTurn(Runnable call) {
    turn.lock();
    try {
      callWaiting();
      call.run();
    } finally {
      turn.unlock();
    }
    callWaitingIfFree();
  }

  /** Calls now, or leaves the call to the thread that is calling. */
  public void withoutWaiting(Runnable call) {
    waiting.add(call);
    callWaitingIfFree();
  }

  private void callWaitingIfFree() {
    while (!waiting.isEmpty() && turn.tryLock()) {
      try {
        callWaiting();
      } finally {
        turn.unlock();
      }
    }
  }

  private void callWaiting() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}
