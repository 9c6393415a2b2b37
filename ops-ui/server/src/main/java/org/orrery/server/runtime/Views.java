package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.twin.Trajectory;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/** How contract types look in JSON: channels, operations, twin. Stateless. */
final class Views {
  private static final int MOST_ARRAY_POINTS = 512;

  private Views() {}

  static ObjectNode facility(Facility facility, double timeFactor) {
    ObjectNode node = Json.object();
    node.put("name", facility.name());
    node.put("title", facility.title());
    node.put("zone", facility.zone());
    node.put("simulated", facility.simulated());
    node.set(
        "groups",
        Json.array(
            facility.groups().values(),
            group -> {
              ObjectNode groupNode = Json.object();
              groupNode.put("name", group.name());
              groupNode.put("title", group.title());
              groupNode.set("devices", Json.texts(group.devices()));
              return groupNode;
            }));
    node.put("timeFactor", timeFactor);
    node.set("modes", Json.texts(facility.modes()));
    node.set("subsystems", Json.array(facility.subsystems(), Views::subsystem));
    node.set("channels", Json.array(facility.channels().values(), Views::channel));
    return node;
  }

  private static ObjectNode subsystem(Facility.Subsystem subsystem) {
    ObjectNode node = Json.object();
    node.put("name", subsystem.name());
    node.put("title", subsystem.title());
    node.put("callOut", subsystem.callOut());
    node.set("headline", Json.texts(subsystem.headline().stream().map(id -> id.value()).toList()));
    return node;
  }

  private static ObjectNode channel(Channel channel) {
    ObjectNode node = Json.object();
    node.put("id", channel.id().value());
    node.put("pv", channel.pv());
    node.put("kind", channel.kind().name());
    node.put("unit", channel.unit());
    node.put("egu", channel.egu());
    node.put("subsystem", channel.subsystem());
    node.put("device", channel.device());
    node.put("description", channel.description());
    node.set("choices", Json.texts(channel.choices()));
    node.put("writable", channel.writable().isPresent());
    node.set("limits", limits(channel.alarm().limitsIn(AlarmSettings.ANY_MODE)));
    ObjectNode byMode = node.putObject("limitsByMode");
    new TreeMap<>(channel.alarm().limits())
        .forEach(
            (mode, limits) -> {
              if (!mode.equals(AlarmSettings.ANY_MODE)) {
                byMode.set(mode, limits(limits));
              }
            });
    node.put("cadenceMs", Json.ms(channel.cadenceNs()));
    node.set("procedures", Json.texts(channel.procedures()));
    return node;
  }

  private static ObjectNode limits(Limits limits) {
    ObjectNode node = Json.object();
    node.put("lolo", boxed(limits.lolo()));
    node.put("low", boxed(limits.low()));
    node.put("high", boxed(limits.high()));
    node.put("hihi", boxed(limits.hihi()));
    return node;
  }

  static ObjectNode sample(Sample sample) {
    ObjectNode node = Json.object();
    switch (sample.value()) {
      case Value.DoubleValue d -> node.put("v", Json.number(d.value()));
      case Value.LongValue l -> node.put("v", l.value());
      case Value.TextValue t -> node.put("v", t.value());
      case Value.ChoiceValue c -> node.put("v", c.index());
      case DoubleArrayValue a -> node.set("v", thinned(a));
      case HistogramValue h -> node.set("v", thinned(h.contents()));
    }
    node.put("d", sample.value().display());
    node.put("s", sample.severity().name());
    node.put("q", sample.quality().name());
    node.put("t", Json.ms(sample.sourceTimeNs()));
    return node;
  }

  private static ArrayNode thinned(DoubleArrayValue values) {
    ArrayNode array = Json.array();
    int step = Math.max(1, (values.size() + MOST_ARRAY_POINTS - 1) / MOST_ARRAY_POINTS);
    for (int i = 0; i < values.size(); i += step) {
      array.add(Json.number(values.get(i)));
    }
    return array;
  }

  static ObjectNode writing(WritingState state) {
    ObjectNode node = Json.object();
    node.put("known", true);
    node.put("stopped", state.stopped());
    node.put("by", state.by());
    node.put("reason", state.reason());
    node.put("sinceMs", Json.ms(state.sinceNs()));
    node.set("releasedBy", Json.texts(state.releasedBy()));
    return node;
  }

  static ObjectNode room(RoomHealth health) {
    ObjectNode node = Json.object();
    node.put("room", health.room());
    node.put("status", health.status().name());
    node.put("detail", health.detail());
    node.put("sinceMs", Json.ms(health.sinceNs()));
    return node;
  }

  static ObjectNode loss(LossCount count) {
    ObjectNode node = Json.object();
    node.put("stage", count.stage());
    node.put("in", count.in());
    node.put("out", count.out());
    node.put("squashed", count.squashed());
    node.put("dropped", count.dropped());
    node.put("late", count.late());
    node.put("pending", count.pending());
    return node;
  }

  static ObjectNode twin(TwinState state) {
    ObjectNode node = Json.object();
    node.put("agreement", state.agreement().name());
    node.put("nis", Json.number(state.normalisedInnovationSquared()));
    node.put("workingHypothesis", state.workingHypothesis().orElse(null));
    node.put("atMs", Json.ms(state.atNs()));
    ObjectNode channels = node.putObject("channels");
    for (TwinState.ChannelEstimate estimate : state.channels()) {
      ObjectNode band = channels.putObject(estimate.channel().value());
      band.put("low", Json.number(estimate.band().low()));
      band.put("median", Json.number(estimate.band().median()));
      band.put("high", Json.number(estimate.band().high()));
    }
    node.set(
        "parameters",
        Json.array(
            state.parameters(),
            parameter -> {
              ObjectNode p = Json.object();
              p.put("name", parameter.name());
              p.put("mean", Json.number(parameter.mean()));
              p.put("sd", Json.number(parameter.standardDeviation()));
              p.put("unit", parameter.unit());
              return p;
            }));
    return node;
  }

  static ObjectNode trajectory(Trajectory trajectory) {
    ObjectNode node = Json.object();
    node.put("channel", trajectory.channel().value());
    node.put("unit", trajectory.unit());
    node.set(
        "points",
        Json.array(
            trajectory.points(),
            point ->
                Json.array()
                    .add(Json.ms(point.timeNs()))
                    .add(Json.number(point.band().low()))
                    .add(Json.number(point.band().median()))
                    .add(Json.number(point.band().high()))));
    return node;
  }

  static ObjectNode audit(AuditRecord record) {
    ObjectNode node = Json.object();
    node.put("sequence", record.sequence());
    node.put("atMs", Json.ms(record.atNs()));
    node.put("actor", record.actor());
    node.put("action", record.action());
    node.put("subject", record.subject());
    node.put("content", record.content());
    node.put("previousHash", record.previousHash().toHex());
    node.put("hash", record.hash().toHex());
    return node;
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? Json.number(value.getAsDouble()) : null;
  }
}
