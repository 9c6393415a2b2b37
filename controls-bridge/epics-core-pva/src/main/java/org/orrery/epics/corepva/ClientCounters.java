package org.orrery.epics.corepva;

import java.util.concurrent.atomic.LongAdder;

/** Counters of a client, shared by its subscriptions and operations. Thread-safe. */
final class ClientCounters {
  final LongAdder subscriptions = new LongAdder();
  final LongAdder connected = new LongAdder();
  final LongAdder updates = new LongAdder();
  final LongAdder overruns = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder putsNotAnswered = new LongAdder();
}
