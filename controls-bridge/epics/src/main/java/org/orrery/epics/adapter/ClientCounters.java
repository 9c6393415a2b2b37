package org.orrery.epics.adapter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.orrery.epics.client.ClientStatistics;
import org.orrery.epics.client.PutReply;

/** Counters of a client, shared by its subscriptions and operations. Thread-safe. */
public final class ClientCounters {
  public final LongAdder subscriptions = new LongAdder();
  public final LongAdder connected = new LongAdder();
  public final LongAdder updates = new LongAdder();
  public final LongAdder overruns = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder putsNotAnswered = new LongAdder();

  /** A put was asked for. */
  public void putBegins() {
    puts.increment();
  }

  /** Counts the put as not answered, should it end so. */
  public CompletableFuture<PutReply> countingSilence(CompletableFuture<PutReply> put) {
    return put.whenComplete(
        (answer, failure) -> {
          if (answer instanceof PutReply.NoAnswer) {
            putsNotAnswered.increment();
          }
        });
  }

  /** All of them now. */
  public ClientStatistics statistics() {
    return new ClientStatistics(
        subscriptions.sum(),
        connected.sum(),
        updates.sum(),
        overruns.sum(),
        puts.sum(),
        putsNotAnswered.sum());
  }
}
