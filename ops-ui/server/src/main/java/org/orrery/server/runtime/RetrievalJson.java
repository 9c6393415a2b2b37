package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.orrery.bus.csv.AlarmStatus;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Gap;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/**
 * The JSON of the Archiver Appliance's retrieval. Numbers that are not finite, which it writes as
 * {@code NaN}, are null here: the other is no JSON. Stateless.
 */
final class RetrievalJson {
  static final long SECOND_NS = 1_000_000_000L;

  /** How the gateway begins the reason of a silence that lasts since Orrery's own start. */
  private static final String SINCE_START = "disconnected: not connected since the start";

  private RetrievalJson() {}

  /**
   * What is said of a PV once.
   *
   * @param name as it was asked for
   */
  static ObjectNode meta(String name, Channel channel, Optional<Gap> lasting) {
    ObjectNode meta = Json.object().put("name", name);
    if (!channel.egu().isEmpty()) {
      meta.put("EGU", channel.egu());
    }
    if (!channel.description().isEmpty()) {
      meta.put("DESC", channel.description());
    }
    lasting.ifPresent(gap -> meta.put("cnxlostepsecs", seconds(gap.fromNs())));
    return meta;
  }

  /**
   * A sample.
   *
   * @param silence the silence that it ended, if it did
   */
  static ObjectNode sample(ArchivedSample archived, Optional<Gap> silence) {
    Sample sample = archived.sample();
    ObjectNode node =
        event(
            sample.sourceTimeNs(),
            value(sample.value()),
            sample.severity(),
            AlarmStatus.number(sample.status()));
    ObjectNode fields = Json.object();
    silence.ifPresent(
        gap -> {
          boolean startup = gap.reason().startsWith(SINCE_START);
          fields.put("cnxlostepsecs", startup ? "0" : seconds(gap.fromNs()));
          fields.put("cnxregainedepsecs", seconds(gap.toNs().orElse(sample.sourceTimeNs())));
          if (startup) {
            fields.put("startup", "true");
          }
        });
    if (sample.lostBefore() > 0) {
      fields.put("lostBefore", Long.toString(sample.lostBefore()));
    }
    archived.marks().stream().map(Enum::name).sorted().forEach(mark -> fields.put(mark, "true"));
    if (!fields.isEmpty()) {
      node.set("fields", fields);
    }
    return node;
  }

  /** One entry of the data. */
  static ObjectNode event(long timeNs, JsonNode value, Severity severity, int status) {
    ObjectNode node = Json.object();
    node.put("secs", Math.floorDiv(timeNs, SECOND_NS));
    node.set("val", value);
    return node.put("nanos", Math.floorMod(timeNs, SECOND_NS))
        .put("severity", severity.ordinal())
        .put("status", status);
  }

  static JsonNode number(double value) {
    return Double.isFinite(value) ? DoubleNode.valueOf(value) : NullNode.getInstance();
  }

  static ArrayNode numbers(double... values) {
    ArrayNode array = Json.array();
    for (double value : values) {
      array.add(number(value));
    }
    return array;
  }

  private static JsonNode value(Value value) {
    return switch (value) {
      case Value.DoubleValue(double number) -> number(number);
      case Value.LongValue(long number) -> LongNode.valueOf(number);
      case Value.ChoiceValue(int index, String label) -> IntNode.valueOf(index);
      case Value.TextValue(String text) -> TextNode.valueOf(text);
      case DoubleArrayValue array -> elements(array);
      case HistogramValue histogram -> elements(histogram.contents());
    };
  }

  private static ArrayNode elements(DoubleArrayValue values) {
    ArrayNode array = Json.array();
    for (int i = 0; i < values.size(); i++) {
      array.add(number(values.get(i)));
    }
    return array;
  }

  private static String seconds(long ns) {
    return Long.toString(Math.floorDiv(ns, SECOND_NS));
  }
}
