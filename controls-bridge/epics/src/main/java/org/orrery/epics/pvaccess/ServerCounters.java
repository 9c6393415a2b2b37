package org.orrery.epics.pvaccess;

import java.util.concurrent.atomic.LongAdder;

/** Counters of a server, shared by its PVs. Thread-safe. */
final class ServerCounters {
  final LongAdder subscriptions = new LongAdder();
  final LongAdder posted = new LongAdder();
  final LongAdder merged = new LongAdder();
  final LongAdder edgesMerged = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder putsRefused = new LongAdder();
}
