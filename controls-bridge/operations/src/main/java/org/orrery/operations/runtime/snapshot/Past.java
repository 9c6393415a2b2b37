package org.orrery.operations.runtime.snapshot;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.operations.core.snapshot.Comparing.Other;

/**
 * Asks the archive what channels showed at a time: the last sample up to it, unless a silence that
 * began later lasted at that time. For one context; not thread-safe.
 */
final class Past {
  private static final long SECOND_NS = 1_000_000_000L;

  /** Cadences that a channel may miss before its last sample is old. */
  private static final int MISSED = 3;

  /** Keeps the archive's connections for others, too. */
  private static final int AT_ONCE = 4;

  /** Samples of one channel at the very time. */
  private static final int MOST_POINTS = 10_000;

  private final Bus bus;
  private final Facility facility;

  Past(Bus bus, Facility facility) {
    this.bus = bus;
    this.facility = facility;
  }

  /**
   * What the channels showed.
   *
   * @param atNs plant ns
   * @return fails where the archive does not answer about one of them
   */
  Future<Map<ChannelId, Other>> at(List<ChannelId> channels, long atNs) {
    Deque<Channel> waiting = new ArrayDeque<>();
    channels.forEach(id -> facility.channel(id).ifPresent(waiting::add));
    Map<ChannelId, Other> found = new HashMap<>();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Promise<Void> lane = Promise.promise();
      next(waiting, found, atNs, lane);
      lanes.add(lane.future());
    }
    return Future.all(lanes).map(found);
  }

  private void next(
      Deque<Channel> waiting, Map<ChannelId, Other> found, long atNs, Promise<Void> lane) {
    Channel channel = waiting.poll();
    if (channel == null) {
      lane.complete();
      return;
    }
    bus.request(
            Endpoints.ARCHIVE_HISTORY,
            new HistoryQuery(
                channel.id(), atNs, atNs + 1, new HistoryQuery.Resolution.Raw(MOST_POINTS)))
        .onSuccess(
            history -> {
              shown(channel, history, atNs).ifPresent(other -> found.put(channel.id(), other));
              next(waiting, found, atNs, lane);
            })
        .onFailure(
            failure -> {
              waiting.clear();
              lane.fail(failure);
            });
  }

  private static Optional<Other> shown(Channel channel, History history, long atNs) {
    Optional<History.Point> last =
        history.points().reversed().stream()
            .filter(point -> point.count() > 0)
            .findFirst()
            .or(history::before);
    Optional<Gap> silence =
        history.gaps().reversed().stream()
            .filter(gap -> gap.fromNs() <= atNs)
            .filter(gap -> gap.toNs().isEmpty() || gap.toNs().getAsLong() > atNs)
            .filter(gap -> last.isEmpty() || gap.fromNs() >= last.get().timeNs())
            .findFirst();
    return silence
        .map(gap -> without(channel, Quality.DISCONNECTED, gap.reason()))
        .or(() -> last.map(point -> other(channel, point, atNs)));
  }

  private static Other other(Channel channel, History.Point point, long atNs) {
    Optional<Value> value = value(channel, point);
    if (value.isEmpty()) {
      return without(channel, Quality.BAD, point.text().orElse(""));
    }
    long ageNs = atNs - point.timeNs();
    boolean old = channel.cadenceNs() > 0 && ageNs > MISSED * channel.cadenceNs() + SECOND_NS;
    Quality quality =
        point.severity() == Severity.INVALID ? Quality.BAD : old ? Quality.STALE : Quality.GOOD;
    String detail =
        switch (quality) {
          case STALE -> "the last sample before is " + ageNs / SECOND_NS + " s older";
          case BAD -> "its source said INVALID";
          case GOOD, DISCONNECTED -> "";
        };
    return new Other(value, channel.unit(), quality, detail);
  }

  private static Other without(Channel channel, Quality quality, String detail) {
    return new Other(Optional.empty(), channel.unit(), quality, detail);
  }

  /** The archive answers in numbers and words; what it only counts cannot be compared. */
  private static Optional<Value> value(Channel channel, History.Point point) {
    boolean number = Double.isFinite(point.value());
    return switch (channel.kind()) {
      case DOUBLE ->
          point.text().isEmpty() ? Optional.of(Value.of(point.value())) : Optional.empty();
      case LONG ->
          number ? Optional.of(new Value.LongValue((long) point.value())) : Optional.empty();
      case CHOICE ->
          number
              ? Optional.of(new Value.ChoiceValue((int) point.value(), point.text().orElse("")))
              : Optional.empty();
      case TEXT -> point.text().map(Value::of);
      case DOUBLE_ARRAY, HISTOGRAM -> Optional.empty();
    };
  }
}
