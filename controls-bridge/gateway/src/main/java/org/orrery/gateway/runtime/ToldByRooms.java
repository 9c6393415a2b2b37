package org.orrery.gateway.runtime;

import java.util.List;
import java.util.Optional;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.Topics;
import org.orrery.contract.operations.OperationsState;
import org.orrery.gateway.core.WriteGate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gate must know from other rooms before it lets a write through. Whatever they have not
 * told yet is asked for again and again. For one context, but for {@link #operations()}.
 */
final class ToldByRooms {
  private static final Logger LOG = LoggerFactory.getLogger(ToldByRooms.class);

  private final Bus bus;
  private volatile Optional<OperationsState> operations = Optional.empty();

  ToldByRooms(Bus bus) {
    this.bus = bus;
  }

  /**
   * Tag-outs are needed for every write; until operations has told them, the gate refuses.
   * Thread-safe.
   */
  Optional<OperationsState> operations() {
    return operations;
  }

  /** Hears what they say of themselves; the caller ends it. */
  List<Bus.Subscription> listen(WriteGate gate) {
    return List.of(
        bus.subscribe(Topics.OPERATIONS, state -> operations = Optional.of(state)),
        bus.subscribe(Topics.PROPOSALS, gate::onProposal));
  }

  void askWhatIsMissing(WriteGate gate) {
    if (operations.isEmpty()) {
      askOperations();
    }
    if (!gate.knowsClaims()) {
      askClaims(gate);
    }
  }

  private void askOperations() {
    bus.request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING)
        .onSuccess(
            state -> {
              if (operations.isEmpty()) {
                operations = Optional.of(state);
              }
            })
        .onFailure(away -> LOG.debug("operations does not answer yet: {}", away.getMessage()));
  }

  /** What is not towards safety needs them; until supervision has told, the gate refuses that. */
  private void askClaims(WriteGate gate) {
    bus.request(Endpoints.PROPOSALS_CLAIMS, Nothing.NOTHING)
        .onSuccess(told -> told.ifPresent(gate::onClaims))
        .onFailure(away -> LOG.debug("supervision does not answer yet: {}", away.getMessage()));
  }
}
