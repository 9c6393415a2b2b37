package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.history.Page;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;

/**
 * The data of one PV in the Archiver Appliance's format, written into a slow body. Owned by the
 * server's event loop.
 */
final class RetrievalStream {
  private static final long SECOND_NS = RetrievalJson.SECOND_NS;
  private static final long MINUTE_NS = 60 * SECOND_NS;

  private final Bus bus;
  private final ArchivePages pages;
  private final SlowBody body;
  private final Channel channel;
  private final String name;
  private final long fromNs;
  private final long toNs;
  private final Deque<Gap> silences = new ArrayDeque<>();
  private boolean begun;
  private boolean comma;
  private long count;
  private long interval = Long.MIN_VALUE;
  private Optional<ArchivedSample> held = Optional.empty();

  /**
   * @param name as the PV was asked for
   * @param fromNs first plant time, inclusive
   * @param toNs last plant time, exclusive
   */
  RetrievalStream(Bus bus, SlowBody body, Channel channel, String name, long fromNs, long toNs) {
    this.bus = bus;
    this.pages = new ArchivePages(bus);
    this.body = body;
    this.channel = channel;
    this.name = name;
    this.fromNs = fromNs;
    this.toNs = toNs;
  }

  /** Writes all of it; tells when it is sent, false where the reader is gone. */
  Future<Boolean> write(RetrievalOperator operator) {
    Future<Void> data =
        switch (operator) {
          case RetrievalOperator.Raw raw -> walk(this::emit);
          case RetrievalOperator.Nth(int n) ->
              walk(
                  sample -> {
                    if (count++ % n == 0) {
                      emit(sample);
                    }
                  });
          case RetrievalOperator.NumberOf all ->
              walk(sample -> count++)
                  .onSuccess(
                      v ->
                          add(
                              Stream.of(
                                  RetrievalJson.event(
                                      fromNs, RetrievalJson.number(count), Severity.NONE, 0))));
          case RetrievalOperator.Pick pick -> picked(pick);
          case RetrievalOperator.Summary summary ->
              ask(new Resolution.Interval(summary.seconds() * SECOND_NS))
                  .onSuccess(history -> add(new SummaryEvents(summary, history, fromNs, toNs)))
                  .mapEmpty();
          case RetrievalOperator.Optimized(int points) -> optimized(points);
        };
    return data.compose(
        v -> {
          begin(Optional.empty());
          body.add("\n] }");
          return body.flush();
        });
  }

  private interface Taker {
    void take(ArchivedSample sample);
  }

  /** The sample before the span comes first, as the Archiver Appliance has it. */
  private Future<Void> walk(Taker taker) {
    return pages.walk(
        channel.id(),
        fromNs,
        toNs,
        (page, first) -> {
          if (first) {
            open(page);
            boolean starts =
                !page.samples().isEmpty()
                    && page.samples().getFirst().sample().sourceTimeNs() == fromNs;
            page.before().filter(before -> !starts).ifPresent(taker::take);
          }
          page.samples().stream().filter(RetrievalStream::received).forEach(taker::take);
          return body.flush();
        });
  }

  /** A repeated last value tells of a disconnect, which the appliance has as a field instead. */
  private static boolean received(ArchivedSample archived) {
    return archived.sample().quality() != Quality.DISCONNECTED;
  }

  private void open(Page page) {
    page.gaps().stream().filter(gap -> gap.toNs().isPresent()).forEach(silences::add);
    begin(page.gaps().stream().filter(gap -> gap.toNs().isEmpty()).findFirst());
  }

  private void begin(Optional<Gap> lasting) {
    if (!begun) {
      begun = true;
      body.add("{ \"meta\": ")
          .add(Json.write(RetrievalJson.meta(name, channel, lasting)))
          .add(",\n\"data\": [ ");
    }
  }

  private void emit(ArchivedSample sample) {
    emit(sample.sample().sourceTimeNs(), sample);
  }

  private void emit(long timeNs, ArchivedSample sample) {
    add(Stream.of(sample).map(one -> event(timeNs, one)));
  }

  private ObjectNode event(long timeNs, ArchivedSample sample) {
    Optional<Gap> ended = Optional.empty();
    while (!silences.isEmpty()
        && silences.getFirst().toNs().orElse(Long.MAX_VALUE) <= sample.sample().sourceTimeNs()) {
      ended = Optional.of(silences.removeFirst());
    }
    return RetrievalJson.sample(sample, ended)
        .put("secs", Math.floorDiv(timeNs, SECOND_NS))
        .put("nanos", Math.floorMod(timeNs, SECOND_NS));
  }

  private void add(Stream<ObjectNode> events) {
    add(events.iterator());
  }

  /** Each is made when its turn to be sent has come, so that few of them are held at once. */
  private void add(Iterator<ObjectNode> events) {
    body.add(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return events.hasNext();
          }

          @Override
          public String next() {
            String line = (comma ? ",\n" : "\n") + Json.write(events.next());
            comma = true;
            return line;
          }
        });
  }

  private Future<Void> picked(RetrievalOperator.Pick pick) {
    long length = pick.seconds() * SECOND_NS;
    return walk(sample -> pick(pick, length, sample))
        .onSuccess(
            v -> {
              if (pick.last()) {
                held.ifPresent(sample -> give(pick, length, interval, sample));
              }
              if (pick.fill()) {
                fill(length, Math.floorDiv(toNs - 1, length) + 1);
              }
            });
  }

  private void pick(RetrievalOperator.Pick pick, long length, ArchivedSample sample) {
    long at = Math.floorDiv(sample.sample().sourceTimeNs(), length);
    boolean next = at != interval;
    if (next && pick.last()) {
      held.ifPresent(before -> give(pick, length, interval, before));
    }
    if (next && pick.fill() && sample.sample().sourceTimeNs() >= fromNs) {
      fill(length, at);
    }
    if (next && !pick.last()) {
      give(pick, length, at, sample);
    }
    if (next || pick.last()) {
      held = Optional.of(sample);
    }
    interval = at;
  }

  private void give(RetrievalOperator.Pick pick, long length, long at, ArchivedSample sample) {
    emit(pick.fill() ? middle(at, length) : sample.sample().sourceTimeNs(), sample);
  }

  /** Repeats what is held in the intervals behind its own, up to one. */
  private void fill(long length, long end) {
    held.ifPresent(
        sample -> {
          long first = Math.max(interval + 1, Math.floorDiv(fromNs, length));
          add(LongStream.range(first, end).mapToObj(at -> event(middle(at, length), sample)));
        });
  }

  private static long middle(long at, long length) {
    return at * length + length / 2;
  }

  private Future<History> ask(Resolution how) {
    return bus.request(Endpoints.ARCHIVE_HISTORY, new HistoryQuery(channel.id(), fromNs, toNs, how))
        .onSuccess(
            history ->
                begin(history.gaps().stream().filter(gap -> gap.toNs().isEmpty()).findFirst()));
  }

  /** Whole minutes, where they are longer than one, so that roll-ups can answer. */
  private Future<Void> optimized(int points) {
    return ask(new Resolution.Raw(points + 1))
        .compose(
            few -> {
              boolean fits =
                  few.points().size() <= points && few.gaps().stream().noneMatch(this::forgotten);
              if (fits) {
                return walk(this::emit);
              }
              long seconds = Math.max(1, (toNs - fromNs) / SECOND_NS / points);
              long length = seconds * SECOND_NS;
              long whole =
                  length <= MINUTE_NS ? length : Math.ceilDiv(length, MINUTE_NS) * MINUTE_NS;
              return ask(new Resolution.Interval(whole))
                  .onSuccess(
                      history ->
                          add(
                              history.points().stream()
                                  .filter(point -> point.count() > 0)
                                  .map(point -> vector(point, whole))))
                  .mapEmpty();
            });
  }

  private boolean forgotten(Gap gap) {
    return gap.reason().startsWith("raw samples");
  }

  private static ObjectNode vector(History.Point point, long length) {
    return RetrievalJson.event(
        point.timeNs() + length / 2,
        RetrievalJson.numbers(
            point.mean(), point.deviation(), point.min(), point.max(), point.count()),
        point.severity(),
        0);
  }
}
