package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.contract.drill.DrillState;

/** How a training drill looks in JSON; durations and times are plant milliseconds. Stateless. */
final class DrillViews {
  private DrillViews() {}

  /** The drill without its debrief, which is fetched when it is wanted. */
  static ObjectNode state(DrillState state) {
    ObjectNode node = Json.object();
    node.set("sheet", sheet(state.sheet()));
    node.put("phase", state.phase().name());
    node.put("waitingFor", state.waitingFor());
    node.put("startedMs", ms(state.startedNs()));
    node.put("endedMs", ms(state.endedNs()));
    node.set("record", Json.array(state.record(), DrillViews::entry));
    node.set(
        "walks",
        Json.array(
            state.walks(),
            walk ->
                Json.object().put("action", walk.action()).put("dueMs", Json.ms(walk.dueNs()))));
    return node;
  }

  private static ObjectNode sheet(DrillSheet sheet) {
    ObjectNode node = Json.object();
    node.put("name", sheet.name());
    node.put("title", sheet.title());
    node.put("level", sheet.level());
    node.set("briefing", Json.texts(sheet.briefing()));
    node.put("factor", sheet.factor());
    node.put("lengthMs", Json.ms(sheet.lengthNs()));
    node.set(
        "diagnoses",
        Json.array(
            sheet.diagnoses(),
            choice -> Json.object().put("id", choice.id()).put("title", choice.title())));
    node.set(
        "actions",
        Json.array(
            sheet.actions(),
            action ->
                Json.object()
                    .put("id", action.id())
                    .put("title", action.title())
                    .put("walkMs", Json.ms(action.walkNs()))));
    return node;
  }

  private static ObjectNode entry(DrillEntry entry) {
    return Json.object()
        .put("atMs", Json.ms(entry.atNs()))
        .put("kind", entry.kind().name())
        .put("subject", entry.subject())
        .put("text", entry.text())
        .put("by", entry.by())
        .put("verdict", entry.verdict().name());
  }

  static ObjectNode debrief(DrillDebrief debrief) {
    ObjectNode node = Json.object();
    node.set("summary", Json.texts(debrief.summary()));
    node.put("cause", debrief.cause());
    node.set("story", Json.texts(debrief.story()));
    node.set(
        "signs",
        Json.array(
            debrief.signs(),
            sign -> Json.object().put("channel", sign.channel().value()).put("text", sign.text())));
    node.set("decoys", Json.texts(debrief.decoys()));
    node.put("onsetMs", ms(debrief.onsetNs()));
    node.set("timeline", Json.array(debrief.timeline(), DrillViews::entry));
    node.set(
        "measures",
        Json.array(
            debrief.measures(),
            measure ->
                Json.object()
                    .put("what", measure.what())
                    .put("tookMs", ms(measure.tookNs()))
                    .put("referenceMs", ms(measure.referenceNs()))));
    node.set(
        "answer",
        Json.object()
            .put("given", debrief.answer().given())
            .put("right", debrief.answer().right())
            .put("correct", debrief.answer().correct())
            .put("why", debrief.answer().why()));
    node.set(
        "duties",
        Json.array(
            debrief.duties(),
            duty ->
                Json.object()
                    .put("text", duty.text())
                    .put("why", duty.why())
                    .put("doneMs", ms(duty.doneNs()))));
    node.set(
        "mistakes",
        Json.array(
            debrief.mistakes(),
            mistake ->
                Json.object()
                    .put("atMs", Json.ms(mistake.atNs()))
                    .put("text", mistake.text())
                    .put("effect", mistake.effect())
                    .put("why", mistake.why())));
    node.set(
        "loss",
        Json.object()
            .put("lostMs", Json.ms(debrief.loss().lostNs()))
            .put("elapsedMs", Json.ms(debrief.loss().elapsedNs()))
            .put("meaning", debrief.loss().meaning()));
    node.set("traces", Json.array(debrief.traces(), DrillViews::trace));
    return node;
  }

  private static ObjectNode trace(DrillDebrief.Trace trace) {
    ObjectNode node = Json.object();
    node.put("channel", trace.channel().value());
    node.set(
        "points",
        Json.array(
            trace.points(),
            point -> Json.array().add(Json.ms(point.atNs())).add(Json.number(point.value()))));
    return node;
  }

  private static @Nullable Double ms(OptionalLong ns) {
    return ns.isPresent() ? Json.ms(ns.getAsLong()) : null;
  }
}
