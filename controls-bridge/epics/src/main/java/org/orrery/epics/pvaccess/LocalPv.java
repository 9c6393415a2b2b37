package org.orrery.epics.pvaccess;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.epics.pvdata.pv.Structure;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PV of this server with its subscribers. Thread-safe. */
final class LocalPv implements ServedPv {
  private static final Logger LOG = LoggerFactory.getLogger(LocalPv.class);

  private final PvDefinition definition;
  private final Structure structure;
  private final ServerCounters counters;
  private final Consumer<LocalPv> onClose;
  private final List<PvMonitor> monitors = new CopyOnWriteArrayList<>();
  private volatile PvState state;

  LocalPv(
      PvDefinition definition,
      PvState initial,
      ServerCounters counters,
      Consumer<LocalPv> onClose) {
    this.definition = definition;
    this.structure = NtStructures.structureOf(definition.metadata());
    this.counters = counters;
    this.onClose = onClose;
    this.state = checked(initial);
  }

  private PvState checked(PvState candidate) {
    definition
        .misfit(candidate.value())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return candidate;
  }

  @Override
  public PvDefinition definition() {
    return definition;
  }

  Structure structure() {
    return structure;
  }

  @Override
  public PvState state() {
    return state;
  }

  @Override
  public synchronized void post(PvState next) {
    checked(next);
    PvState before = state;
    state = next;
    counters.posted.increment();
    int changed = StateFields.VALUE | StateFields.TIME;
    boolean edge = next.severity() != before.severity();
    if (edge || next.status() != before.status() || !next.message().equals(before.message())) {
      changed |= StateFields.ALARM;
    }
    for (PvMonitor monitor : monitors) {
      monitor.post(next, changed, edge);
    }
  }

  /** Starts a subscription with the present state; false when it runs already. */
  synchronized boolean attach(PvMonitor monitor) {
    if (!monitor.open(state)) {
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
    counters.puts.increment();
    return ask(value)
        .exceptionally(
            failure -> {
              LOG.warn(
                  "put to {} failed in its handler: {}", definition.name(), failure.toString());
              return new PutDecision.Refused(
                  "the device could not decide: " + failure.getMessage());
            })
        .whenComplete(
            (outcome, failure) -> {
              if (outcome instanceof PutDecision.Refused) {
                counters.putsRefused.increment();
              }
            });
  }

  private CompletionStage<PutDecision> ask(Value value) {
    if (definition.puts().isEmpty()) {
      return refused(definition.name() + " is read-only");
    }
    Optional<String> misfit = definition.misfit(value);
    if (misfit.isPresent()) {
      return refused(misfit.get());
    }
    try {
      return definition.puts().get().onPut(value);
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }

  private static CompletionStage<PutDecision> refused(String why) {
    return CompletableFuture.completedStage(new PutDecision.Refused(why));
  }

  @Override
  public void close() {
    onClose.accept(this);
    for (PvMonitor monitor : monitors) {
      monitor.end();
    }
  }
}
