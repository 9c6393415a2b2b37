package org.orrery.epics.adapter;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of a served PV and the decisions about puts to it. Thread-safe. */
public final class ServedState {
  private static final Logger LOG = LoggerFactory.getLogger(ServedState.class);

  private final PvDefinition definition;
  private final ServerCounters counters;
  private volatile PvState state;

  /**
   * With its first state.
   *
   * @throws IllegalArgumentException when the state does not fit the definition
   */
  public ServedState(PvDefinition definition, PvState initial, ServerCounters counters) {
    this.definition = definition;
    this.counters = counters;
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

  /** What the PV is. */
  public PvDefinition definition() {
    return definition;
  }

  /** The state posted last. */
  public PvState now() {
    return state;
  }

  /**
   * Makes this the state; the caller keeps posts apart.
   *
   * @return the state before
   * @throws IllegalArgumentException when the value does not fit the definition
   */
  public PvState replace(PvState next) {
    checked(next);
    PvState before = state;
    state = next;
    counters.posted.increment();
    return before;
  }

  /** Decides about a client's put; completes always normally. */
  public CompletionStage<PutDecision> decide(Value value) {
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
}
