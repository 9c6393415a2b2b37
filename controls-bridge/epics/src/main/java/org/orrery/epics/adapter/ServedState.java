package org.orrery.epics.adapter;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of a served PV and the decisions about puts to it. Thread-safe. */
public final class ServedState {
  private static final Logger LOG = LoggerFactory.getLogger(ServedState.class);

  private final ServerCounters counters;
  private volatile PvDefinition definition;
  private volatile PvState state;

  /**
   * With its first state.
   *
   * @throws IllegalArgumentException when the state does not fit the definition
   */
  public ServedState(PvDefinition definition, PvState initial, ServerCounters counters) {
    this.definition = definition;
    this.counters = counters;
    this.state = checked(definition, initial);
  }

  private static PvState checked(PvDefinition definition, PvState candidate) {
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
    checked(definition, next);
    PvState before = state;
    state = next;
    counters.posted.increment();
    return before;
  }

  /**
   * Makes this the description; the caller keeps posts apart. A choice is called by its new label.
   *
   * @throws IllegalArgumentException when the kind is another, or the present state does not fit
   */
  public void describe(PvMetadata metadata) {
    PvDefinition before = definition;
    if (metadata.kind() != before.metadata().kind()
        || metadata.grid().isPresent() != before.metadata().grid().isPresent()) {
      throw new IllegalArgumentException(
          "PV %s carries %s and cannot become %s while it is served; close it and serve it anew"
              .formatted(before.name(), before.metadata().kind(), metadata.kind()));
    }
    PvDefinition next = new PvDefinition(before.name(), metadata, before.puts());
    PvState now = checked(next, state);
    definition = next;
    if (now.value() instanceof Value.ChoiceValue choice) {
      Value renamed = new Value.ChoiceValue(choice.index(), metadata.choices().get(choice.index()));
      state = new PvState(renamed, now.severity(), now.status(), now.message(), now.timeNs());
    }
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
