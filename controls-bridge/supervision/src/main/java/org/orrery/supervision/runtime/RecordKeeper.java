package org.orrery.supervision.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.time.WallClock;
import org.orrery.supervision.core.audit.AuditEntry;
import org.orrery.supervision.core.audit.AuditHead;
import org.orrery.supervision.core.audit.HouseEntries;
import org.orrery.supervision.runtime.audit.HeadFile;
import org.orrery.supervision.runtime.store.ProposalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries changes to the record, one after the other, off the event loop. Entries that belong to no
 * proposal wait while the record cannot be reached, up to a bound; what is given up then is counted
 * and put on record. For one context; not thread-safe.
 */
final class RecordKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(RecordKeeper.class);

  /** A gate that refuses ten forged commands a second may do so for a quarter of an hour. */
  private static final int MOST_WAITING = 10_000;

  private static final int MOST_AT_ONCE = 200;

  private final Context context;
  private final ProposalStore store;
  private final HeadFile headFile;
  private final WallClock clock;
  private final Deque<AuditEntry> waiting = new ArrayDeque<>();
  private Future<AuditHead> lastChange = Future.succeededFuture(AuditHead.EMPTY);
  private boolean flushing;
  private boolean away;
  private boolean refuses;
  private long lost;

  RecordKeeper(Context context, ProposalStore store, HeadFile headFile, WallClock clock) {
    this.context = context;
    this.store = store;
    this.headFile = headFile;
    this.clock = clock;
  }

  /**
   * Whether the record answered last, and the last change went through or was turned down by our
   * own rules. Reading alone does not show that a record that refused can be written again.
   */
  boolean writable() {
    return !away && !refuses;
  }

  /** Entries that wait for the record. */
  int waiting() {
    return waiting.size();
  }

  /** Stores a change of a proposal. */
  Future<AuditHead> save(Proposal proposal, List<AuditEntry> entries) {
    return change(() -> store.save(proposal, entries));
  }

  /**
   * Stores a change of a proposal unless it comes too late.
   *
   * @param byNs when it must be about to be committed, wall ns
   */
  Future<AuditHead> save(Proposal proposal, List<AuditEntry> entries, long byNs) {
    return change(() -> store.save(proposal, entries, () -> clock.nowNs() <= byNs));
  }

  /** Reads. */
  <T> Future<T> read(Callable<T> query) {
    return context
        .executeBlocking(query, false)
        .map(answer -> Objects.requireNonNull(answer))
        .onComplete(done -> judge(isAway(done.cause()), refuses, done.cause()));
  }

  /** Waits for the changes that are under way. */
  Future<Void> drain() {
    flush();
    return lastChange.otherwiseEmpty().mapEmpty();
  }

  /** Puts an entry on record as soon as possible. */
  void note(AuditEntry entry) {
    if (waiting.size() >= MOST_WAITING) {
      lost++;
      return;
    }
    waiting.add(entry);
    flush();
  }

  /** Tries again to put on record what waits. */
  void flush() {
    if (flushing || waiting.isEmpty() && lost == 0) {
      return;
    }
    flushing = true;
    List<AuditEntry> batch = new ArrayList<>(waiting.stream().limit(MOST_AT_ONCE).toList());
    int taken = batch.size();
    long lostNow = lost;
    if (lostNow > 0) {
      batch.add(HouseEntries.lost(lostNow, clock.nowNs()));
    }
    change(() -> store.append(batch))
        .onComplete(
            done -> {
              flushing = false;
              if (done.succeeded()) {
                for (int i = 0; i < taken; i++) {
                  waiting.remove();
                }
                lost -= lostNow;
                flush();
              }
            });
  }

  private Future<AuditHead> change(Callable<AuditHead> change) {
    Future<AuditHead> made =
        context
            .executeBlocking(
                () -> {
                  AuditHead head = change.call();
                  witness(head);
                  return head;
                },
                true)
            .map(head -> Objects.requireNonNull(head))
            .onComplete(
                done -> {
                  boolean gone = isAway(done.cause());
                  boolean refused = gone ? refuses : !reached(done.cause());
                  judge(gone, refused, done.cause());
                });
    lastChange = made;
    return made;
  }

  /**
   * The change is committed by now: a witness that cannot be written is a worry and no reason to
   * undo anything.
   */
  private void witness(AuditHead head) {
    try {
      headFile.write(head);
    } catch (IOException e) {
      LOG.error("the witness of the audit chain cannot be written: {}", e.toString());
    }
  }

  private static boolean isAway(@Nullable Throwable failure) {
    return failure instanceof ProposalStore.UnavailableException;
  }

  /** True where the record did what it should: took the change, or turned it down by our rules. */
  private static boolean reached(@Nullable Throwable failure) {
    return failure == null
        || failure instanceof ProposalStore.ConflictException
        || failure instanceof ProposalStore.TooLateException;
  }

  private void judge(boolean nowAway, boolean nowRefuses, @Nullable Throwable failure) {
    boolean before = writable();
    away = nowAway;
    refuses = nowRefuses;
    if (before && !writable()) {
      LOG.warn("the record cannot be written: {}", String.valueOf(failure));
    } else if (!before && writable()) {
      LOG.info("the record can be written again");
    }
  }
}
