package org.orrery.app.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.orrery.store.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An account that a start makes. However late the database comes, and whatever it refuses
 * meanwhile, the making is tried again until it succeeds or this is closed; then the terminal is
 * told, once. Thread-safe.
 */
final class NewAccount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NewAccount.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final String label;
  private final Supplier<String> making;
  private final Duration pause;
  private final CompletableFuture<String> made = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String problem = "the database is not up";
  private @Nullable Class<?> told;

  private NewAccount(String label, Supplier<String> making, Duration pause) {
    this.label = label;
    this.making = making;
    this.pause = pause;
  }

  /**
   * Begins at once, in the background.
   *
   * @param label what the line on the terminal begins with
   * @param making one try, which blocks; yields what the terminal is told
   */
  static NewAccount start(String label, Supplier<String> making) {
    return start(label, making, PAUSE);
  }

  static NewAccount start(String label, Supplier<String> making, Duration pause) {
    NewAccount account = new NewAccount(label, making, pause);
    Thread.ofVirtual().name("new-account").start(account::make);
    return account;
  }

  private void make() {
    try {
      do {
        try {
          made.complete(making.get());
          return;
        } catch (RuntimeException e) {
          // A refusal too: whoever looks after the database may grant what is missing. And a bug:
          // nobody could sign in, and nobody would know why.
          note(e);
        }
      } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(RuntimeException e) {
    boolean ofDatabase = e instanceof DatabaseException;
    problem = ofDatabase ? String.valueOf(e.getMessage()) : e.toString();
    // By kind, because the pool's own figures in the text differ from try to try.
    if (e.getClass() == told || closed.getCount() == 0) {
      return;
    }
    told = e.getClass();
    if (ofDatabase) {
      LOG.warn("an account waits for the database: {}", problem);
    } else {
      LOG.error("an account is not made, which is tried again", e);
    }
  }

  /**
   * Tells the terminal of the account; where it is not made within the patience, tells why, and of
   * the account as soon as it is made.
   */
  void tell(PrintStream out, Duration patience) {
    try {
      line(out, made.get(patience.toNanos(), TimeUnit.NANOSECONDS));
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("no account within {}", patience);
    }
    line(out, "not yet: " + problem + "; tried again, and told here as soon as it is made");
    var unusedTelling = made.thenAccept(account -> line(out, account));
  }

  private void line(PrintStream out, String text) {
    out.printf("  %-9s %s%n", label, text);
    out.flush();
  }

  /** Tries no more; a try under way ends by itself, at the latest when the database is closed. */
  @Override
  public void close() {
    closed.countDown();
  }
}
