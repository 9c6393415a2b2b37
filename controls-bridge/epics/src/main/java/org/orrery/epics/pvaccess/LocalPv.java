package org.orrery.epics.pvaccess;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.epics.pvdata.pv.Structure;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.adapter.ServedState;
import org.orrery.epics.adapter.ServerCounters;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** A PV of this server with its subscribers. Thread-safe. */
final class LocalPv implements ServedPv {
  private final ServedState served;
  private final Structure structure;
  private final ServerCounters counters;
  private final Consumer<LocalPv> onClose;
  private final List<PvMonitor> monitors = new CopyOnWriteArrayList<>();
  private final ClientChannels channels = new ClientChannels();

  LocalPv(
      PvDefinition definition,
      PvState initial,
      ServerCounters counters,
      Consumer<LocalPv> onClose) {
    this.served = new ServedState(definition, initial, counters);
    this.structure = NtStructures.structureOf(definition.metadata());
    this.counters = counters;
    this.onClose = onClose;
  }

  @Override
  public PvDefinition definition() {
    return served.definition();
  }

  Structure structure() {
    return structure;
  }

  ClientChannels channels() {
    return channels;
  }

  @Override
  public PvState state() {
    return served.now();
  }

  @Override
  public synchronized void post(PvState next) {
    PvState before = served.replace(next);
    int changed = StateFields.VALUE | StateFields.TIME;
    boolean edge = next.severity() != before.severity();
    if (edge || next.status() != before.status() || !next.message().equals(before.message())) {
      changed |= StateFields.ALARM;
    }
    for (PvMonitor monitor : monitors) {
      monitor.post(next, changed, edge);
    }
  }

  @Override
  public synchronized void describe(PvMetadata metadata) {
    served.describe(metadata);
    for (PvMonitor monitor : monitors) {
      monitor.post(state(), StateFields.DESCRIPTION, false);
    }
  }

  /** Starts a subscription with the present state; false when it runs already, or none may. */
  synchronized boolean attach(PvMonitor monitor) {
    if (channels.isEnded() || !monitor.open(state())) {
      return false;
    }
    counters.subscriptions.increment();
    monitors.add(monitor);
    return true;
  }

  /** Ends a subscription, if it runs. */
  synchronized void detach(PvMonitor monitor) {
    if (monitors.remove(monitor)) {
      counters.subscriptions.decrement();
    }
  }

  void countMerged(long updates, long edges) {
    counters.merged.add(updates);
    counters.edgesMerged.add(edges);
  }

  /** Decides about a client's put; completes always normally. */
  CompletionStage<PutDecision> decide(Value value) {
    return channels.isEnded()
        ? CompletableFuture.completedStage(
            new PutDecision.Refused(definition().name() + " is not served any more"))
        : served.decide(value);
  }

  @Override
  public void close() {
    onClose.accept(this);
    channels.end();
  }
}
