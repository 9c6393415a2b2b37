package org.orrery.gateway.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.gateway.core.Connections;
import org.orrery.gateway.core.WriteGate;

/** Serves the gateway's endpoints. Stateless. */
final class GatewayEndpoints {
  private GatewayEndpoints() {}

  /** Serves all of them on the calling context; the caller ends them. */
  static List<Bus.Subscription> serve(
      Bus bus,
      WriteGate gate,
      WritingControl writing,
      Connections connections,
      Function<BridgeQuery, BridgeHealth> bridge) {
    return List.of(
        bus.serve(
            Endpoints.GATE_EXECUTE,
            signed -> {
              Promise<CommandOutcome> reply = Promise.promise();
              gate.execute(signed, reply::complete);
              return reply.future();
            }),
        bus.serve(
            Endpoints.GATE_OUTCOME,
            id -> {
              Promise<Optional<CommandOutcome>> reply = Promise.promise();
              gate.outcome(id, reply::complete);
              return reply.future();
            }),
        bus.serve(
            Endpoints.GATE_DRY_RUN,
            request -> {
              Promise<DryRun> reply = Promise.promise();
              gate.dryRun(request.commands(), steps -> reply.complete(new DryRun(steps)));
              return reply.future();
            }),
        bus.serve(
            Endpoints.GATE_WRITING, request -> Future.succeededFuture(writing.request(request))),
        bus.serve(
            Endpoints.GATE_WRITING_STATE, nothing -> Future.succeededFuture(writing.current())),
        bus.serve(
            Endpoints.GATEWAY_LATEST,
            nothing -> Future.succeededFuture(connections.latestSamples())),
        bus.serve(
            Endpoints.GATEWAY_CHANNEL_HEALTH,
            nothing -> Future.succeededFuture(connections.toldHealth())),
        bus.serve(
            Endpoints.GATEWAY_BRIDGE_HEALTH, query -> Future.succeededFuture(bridge.apply(query))),
        bus.serve(Endpoints.GATE_LOG, nothing -> Future.succeededFuture(gate.log())));
  }
}
