package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.orrery.contract.operations.OperationsState;

/** How the facility is run, as JSON. Stateless. */
final class OperationsView {
  private OperationsView() {}

  static ObjectNode of(OperationsState state) {
    ObjectNode node = Json.object();
    node.put("mode", state.mode());
    state
        .run()
        .ifPresentOrElse(
            run -> {
              ObjectNode runNode = node.putObject("run");
              runNode.put("number", run.number());
              runNode.put("type", run.type());
              runNode.put("startMs", Json.ms(run.startNs()));
              runNode.put(
                  "stopMs", run.stopNs().isPresent() ? Json.ms(run.stopNs().getAsLong()) : null);
            },
            () -> node.putNull("run"));
    state
        .control()
        .ifPresentOrElse(
            holder -> {
              ObjectNode control = node.putObject("control");
              control.put("person", holder.person());
              control.put("sinceMs", Json.ms(holder.sinceNs()));
            },
            () -> node.putNull("control"));
    node.set(
        "tagOuts",
        Json.array(
            state.tagOuts(),
            tag -> {
              ObjectNode tagNode = Json.object();
              tagNode.put("device", tag.device());
              tagNode.put("owner", tag.owner());
              tagNode.put("reason", tag.reason());
              tagNode.put("sinceMs", Json.ms(tag.sinceNs()));
              return tagNode;
            }));
    node.set(
        "locks",
        Json.array(
            state.locks(),
            lock -> {
              ObjectNode lockNode = Json.object();
              lockNode.put("device", lock.device());
              lockNode.put("owner", lock.owner());
              lockNode.put("reason", lock.reason());
              lockNode.put("sinceMs", Json.ms(lock.sinceNs()));
              lockNode.put("untilMs", Json.ms(lock.untilNs()));
              return lockNode;
            }));
    return node;
  }
}
