package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.orrery.contract.history.History;
import org.orrery.contract.sample.Severity;

/**
 * What a summary says of each interval of a span, made when it is asked for: intervals may be many
 * where samples are few. Intervals without samples repeat the one before them, or are 0 where that
 * makes sense. The sample before the span stands in an interval of its own before the first. Not
 * thread-safe.
 */
final class SummaryEvents implements Iterator<ObjectNode> {
  private final RetrievalOperator.Summary summary;
  private final long length;
  private final long end;
  private final Deque<Known> known = new ArrayDeque<>();
  private long at;
  private Optional<History.Point> held = Optional.empty();

  /** An interval that has samples. */
  private record Known(long interval, History.Point point) {}

  /**
   * @param history in intervals of the summary's length
   * @param fromNs first plant time, inclusive
   * @param toNs last plant time, exclusive
   */
  SummaryEvents(RetrievalOperator.Summary summary, History history, long fromNs, long toNs) {
    this.summary = summary;
    this.length = summary.seconds() * RetrievalJson.SECOND_NS;
    this.at = Math.floorDiv(fromNs, length);
    this.end = Math.floorDiv(toNs - 1, length) + 1;
    history
        .before()
        .filter(point -> !Double.isNaN(point.value()))
        .ifPresent(before -> known.add(new Known(at - 1, before)));
    for (History.Point point : history.points()) {
      if (point.count() > 0) {
        known.add(new Known(Math.floorDiv(point.timeNs(), length), point));
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !known.isEmpty() || (held.isPresent() && at < end);
  }

  @Override
  public ObjectNode next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (held.isPresent() && (known.isEmpty() || known.getFirst().interval() > at)) {
      return repeated(at++, held.get());
    }
    Known next = known.removeFirst();
    held = Optional.of(next.point());
    at = next.interval() + 1;
    return event(next.interval(), next.point());
  }

  private ObjectNode repeated(long empty, History.Point before) {
    return summary.zeroWhereEmpty()
        ? RetrievalJson.event(middle(empty), RetrievalJson.number(0), Severity.NONE, 0)
        : event(empty, before);
  }

  private ObjectNode event(long interval, History.Point point) {
    ObjectNode node =
        RetrievalJson.event(
            middle(interval), RetrievalJson.number(summary.of(point)), point.severity(), 0);
    if (summary.name().equals("errorbar")) {
      node.set("fields", Json.object().put("stdz", Double.toString(point.deviation())));
    }
    return node;
  }

  private long middle(long interval) {
    return interval * length + length / 2;
  }
}
