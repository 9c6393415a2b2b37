package org.orrery.epics.adapter;

import java.util.concurrent.atomic.LongAdder;

/** Counters of a client, shared by its subscriptions and operations. Thread-safe. */
public final class ClientCounters {
  public final LongAdder subscriptions = new LongAdder();
  public final LongAdder connected = new LongAdder();
  public final LongAdder updates = new LongAdder();
  public final LongAdder overruns = new LongAdder();
  public final LongAdder puts = new LongAdder();
  public final LongAdder putsNotAnswered = new LongAdder();
}
