package org.orrery.epics.channelaccess;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What goes to one client: answers first, then the updates of its subscriptions in turn.
 * Thread-safe. Nobody who hands something in waits for the client; a client that does not read
 * keeps its own writer busy, while its subscriptions merge.
 */
final class CircuitOutput {
  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * Bytes of answers that wait before no more requests are read: a client must take what it asks
   * for. One more answer may come on top, as large as a message may be.
   */
  private static final int MAX_WAITING_BYTES = 256 * 1024;

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<CaMessage> answers = new ArrayDeque<>();
  private long waitingBytes;
  private final Deque<ServedMonitor> ready = new ArrayDeque<>();
  private boolean eventsOff;
  private boolean closed;

  CircuitOutput(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  void answer(CaMessage message) {
    change(
        () -> {
          answers.add(message);
          waitingBytes += message.size();
        });
  }

  /** One more update of the subscription waits to be taken. */
  void ready(ServedMonitor monitor) {
    change(() -> ready.add(monitor));
  }

  /** The client wants updates, or none for now. */
  void setEventsOff(boolean off) {
    change(() -> eventsOff = off);
  }

  void close() {
    change(
        () -> {
          closed = true;
          answers.clear();
          waitingBytes = 0;
          ready.clear();
        });
  }

  private void change(Runnable step) {
    lock.lock();
    try {
      if (!closed) {
        step.run();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the client has taken enough of its answers. */
  void awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (waitingBytes >= MAX_WAITING_BYTES) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes until it is closed. */
  void writeAll() throws IOException, InterruptedException {
    while (awaitWork()) {
      for (Optional<CaMessage> next = next(); next.isPresent(); next = next()) {
        out.write(next.get().bytes());
      }
      out.flush();
    }
  }

  private boolean awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && answers.isEmpty() && (eventsOff || ready.isEmpty())) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private Optional<CaMessage> next() {
    while (true) {
      ServedMonitor monitor;
      lock.lock();
      try {
        if (!answers.isEmpty()) {
          CaMessage answer = answers.remove();
          waitingBytes -= answer.size();
          changed.signalAll();
          return Optional.of(answer);
        }
        if (eventsOff || ready.isEmpty()) {
          return Optional.empty();
        }
        monitor = ready.remove();
      } finally {
        lock.unlock();
      }
      Optional<CaMessage> update = monitor.take();
      if (update.isPresent()) {
        return update;
      }
    }
  }
}
