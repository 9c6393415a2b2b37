package org.orrery.epics.adapter;

import java.util.concurrent.atomic.LongAdder;

/** Counters of a server, shared by its PVs. Thread-safe. */
public final class ServerCounters {
  public final LongAdder subscriptions = new LongAdder();
  public final LongAdder posted = new LongAdder();
  public final LongAdder merged = new LongAdder();
  public final LongAdder edgesMerged = new LongAdder();
  public final LongAdder puts = new LongAdder();
  public final LongAdder putsRefused = new LongAdder();
}
