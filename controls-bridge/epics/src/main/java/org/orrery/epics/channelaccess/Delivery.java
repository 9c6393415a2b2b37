package org.orrery.epics.channelaccess;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls a listener once at a time and in order, from several threads. A reader waits its turn,
 * which holds up its server and nobody else; the event thread never waits. Thread-safe.
 */
final class Delivery {
  private final ReentrantLock turn = new ReentrantLock();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** Calls after all that wait; returns when the call has. */
  void inTurn(Runnable call) {
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
  void withoutWaiting(Runnable call) {
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
