package org.orrery.epics.channelaccess;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.adapter.ServedState;
import org.orrery.epics.adapter.ServerCounters;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** A PV of this server with its clients' channels and subscriptions. Thread-safe. */
final class CaServedPv implements ServedPv {
  private final ServedState served;
  private final ServerCounters counters;
  private final Consumer<CaServedPv> onClose;
  private final Set<ServedChannel> channels = ConcurrentHashMap.newKeySet();
  private final List<ServedMonitor> monitors = new CopyOnWriteArrayList<>();

  CaServedPv(
      PvDefinition definition,
      PvState initial,
      ServerCounters counters,
      Consumer<CaServedPv> onClose) {
    checkServable(definition);
    this.served = new ServedState(definition, fitting(definition, initial), counters);
    this.counters = counters;
    this.onClose = onClose;
  }

  private static void checkServable(PvDefinition definition) {
    PvMetadata metadata = definition.metadata();
    if (metadata.kind() == ValueKind.HISTOGRAM || metadata.grid().isPresent()) {
      throw new IllegalArgumentException(
          "PV %s: Channel Access has no tables and no images, so it cannot carry a histogram or a"
                  .formatted(definition.name())
              + " map with its axes; serve it over pvAccess");
    }
    if (metadata.choices().size() > CaWire.MAX_LABELS
        || !metadata.choices().stream().allMatch(c -> CaText.fits(c, CaWire.LABEL_BYTES))) {
      throw new IllegalArgumentException(
          "PV %s: Channel Access carries %d choices of %d bytes each, got %s"
              .formatted(
                  definition.name(),
                  CaWire.MAX_LABELS,
                  CaWire.LABEL_BYTES - 1,
                  metadata.choices()));
    }
  }

  private static PvState fitting(PvDefinition definition, PvState state) {
    if (state.value() instanceof Value.LongValue number && (int) number.value() != number.value()) {
      throw new IllegalArgumentException(
          "PV %s: Channel Access carries whole numbers of 32 bits, got %d; make it a DOUBLE or"
                  .formatted(definition.name(), number.value())
              + " serve it over pvAccess");
    }
    return state;
  }

  @Override
  public PvDefinition definition() {
    return served.definition();
  }

  @Override
  public PvState state() {
    return served.now();
  }

  @Override
  public synchronized void post(PvState next) {
    PvState before = served.replace(fitting(definition(), next));
    boolean edge = next.severity() != before.severity();
    int select = CaWire.EVENT_ON_VALUE | CaWire.EVENT_ON_ARCHIVE;
    if (edge || next.status() != before.status() || !next.message().equals(before.message())) {
      select |= CaWire.EVENT_ON_ALARM;
    }
    for (ServedMonitor monitor : monitors) {
      monitor.post(next, select, edge);
    }
    for (ServedChannel channel : channels) {
      channel.checkRoomFor(next.value());
    }
  }

  @Override
  public synchronized void describe(PvMetadata metadata) {
    checkServable(new PvDefinition(definition().name(), metadata, definition().puts()));
    served.describe(metadata);
    for (ServedMonitor monitor : monitors) {
      monitor.post(state(), CaWire.EVENT_ON_PROPERTY, false);
    }
  }

  /** Whether its values are texts, so that {@code NAME$} means its whole text. */
  boolean isText() {
    return definition().metadata().kind() == ValueKind.TEXT;
  }

  void add(ServedChannel channel) {
    channels.add(channel);
  }

  void remove(ServedChannel channel) {
    channels.remove(channel);
  }

  /** Starts a subscription with the present state. */
  synchronized void attach(ServedMonitor monitor) {
    counters.subscriptions.increment();
    monitor.open(state());
    monitors.add(monitor);
  }

  synchronized void detach(ServedMonitor monitor) {
    if (monitors.remove(monitor)) {
      counters.subscriptions.decrement();
    }
  }

  void countMerged(long updates, long edges) {
    counters.merged.add(updates);
    counters.edgesMerged.add(edges);
  }

  CompletionStage<PutDecision> decide(Value value) {
    return served.decide(value);
  }

  @Override
  public void close() {
    onClose.accept(this);
    channels.forEach(ServedChannel::sendAway);
  }
}
