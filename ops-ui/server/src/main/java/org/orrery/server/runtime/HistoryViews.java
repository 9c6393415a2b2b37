package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.history.History;

/** The past as JSON. Stateless. */
final class HistoryViews {
  private static final long MICROSECOND_NS = 1_000;

  private HistoryViews() {}

  static ObjectNode history(History history) {
    ObjectNode node = Json.object();
    node.put("channel", history.channel().value());
    node.put("reduced", history.reduced());
    node.put("truncated", history.truncated());
    node.put("nextMs", nextMs(history));
    node.set("points", Json.array(history.points(), HistoryViews::point));
    node.set("before", history.before().map(HistoryViews::point).orElse(null));
    node.set(
        "gaps",
        Json.array(
            history.gaps(),
            gap ->
                Json.array()
                    .add(Json.ms(gap.fromNs()))
                    .add(gap.toNs().isPresent() ? Json.ms(gap.toNs().getAsLong()) : null)
                    .add(gap.reason())));
    return node;
  }

  /**
   * From when to ask on where more is stored than the answer has: the time of its last point. Less
   * what is lost of a time on its way through a number of milliseconds: points may come twice, but
   * none is left out.
   */
  private static @Nullable Double nextMs(History history) {
    return history.truncated() && !history.points().isEmpty()
        ? Json.ms(history.points().getLast().timeNs() - MICROSECOND_NS)
        : null;
  }

  private static ArrayNode point(History.Point point) {
    return Json.array()
        .add(Json.ms(point.timeNs()))
        .add(Json.number(point.value()))
        .add(Json.number(point.min()))
        .add(Json.number(point.max()))
        .add(point.severity().name())
        .add(Json.number(point.mean()))
        .add(Json.number(point.deviation()))
        .add(point.count())
        .add(point.lost())
        .add(point.text().orElse(null))
        .add(Json.texts(point.marks().stream().map(Enum::name).sorted().toList()));
  }
}
