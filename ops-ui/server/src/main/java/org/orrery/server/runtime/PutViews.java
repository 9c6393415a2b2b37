package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.value.Value;

/** What the gate wrote, and would write, as JSON. Stateless. */
final class PutViews {
  private PutViews() {}

  static ObjectNode put(PutRecord put) {
    ObjectNode node = Json.object();
    node.put("command", put.command().value());
    node.put("proposal", put.proposal().value());
    node.put("step", put.stepIndex());
    node.put("channel", put.channel().value());
    node.put("unit", put.unit());
    node.put("oldValue", put.before().map(Value::display).orElse(null));
    node.put("newValue", put.value().display());
    node.put("askedBy", put.askedBy());
    node.set("approvedBy", Json.texts(put.approvedBy()));
    node.put("issuedMs", Json.ms(put.issuedAtNs()));
    node.put(
        "attemptedMs",
        put.attemptedAtNs().isPresent() ? Json.ms(put.attemptedAtNs().getAsLong()) : null);
    node.put("atMs", Json.ms(put.atNs()));
    node.put("stand", put.stand().name());
    node.put("reason", put.reason().map(Enum::name).orElse(null));
    node.put("detail", put.detail());
    node.put("readback", put.readback().map(Value::display).orElse(null));
    return node;
  }

  static ObjectNode dryRun(DryRun run) {
    ObjectNode node = Json.object();
    node.set(
        "steps",
        Json.array(
            run.steps(),
            step -> {
              ObjectNode stepNode = Json.object();
              stepNode.put("step", step.index());
              stepNode.put("allowed", step.reason().isEmpty());
              stepNode.put("reason", step.reason().map(Enum::name).orElse(null));
              stepNode.put("detail", step.detail());
              return stepNode;
            }));
    return node;
  }
}
