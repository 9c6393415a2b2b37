package org.orrery.operations.runtime.snapshot;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.snapshot.CompareRequest;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.DefineSet;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.SnapshotSummary;
import org.orrery.operations.core.snapshot.Comparing;
import org.orrery.operations.core.snapshot.GoldenRules;
import org.orrery.operations.core.snapshot.Saving;
import org.orrery.operations.core.snapshot.Sets;
import org.orrery.operations.core.snapshot.Taken;
import org.orrery.store.Database;
import org.orrery.store.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves, lists and compares snapshots. What a save takes down comes from one answer of the gateway,
 * so that all of it is of one instant. Without the database everything here is declined, and health
 * says so; nothing else rests on it. Deploy one.
 */
public final class SnapshotVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotVerticle.class);
  private static final String ROOM = "snapshots";
  private static final long REPEAT_MS = 10_000;
  private static final int LISTED = 500;

  private final RoomContext room;
  private final Facility facility;
  private final SnapshotTables snapshots;
  private final GoldenTables golden;
  private final SetTables sets;
  private final Past past;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private String trouble = "";

  /** See {@link org.orrery.operations.OperationsModule#snapshots}. */
  public SnapshotVerticle(RoomContext room, Database database) {
    this.room = room;
    this.facility = room.facility();
    this.snapshots = new SnapshotTables(database);
    this.golden = new GoldenTables(database);
    this.sets = new SetTables(database);
    this.past = new Past(room.bus(), room.facility());
  }

  @Override
  public Future<?> start() {
    Bus bus = room.bus();
    subscriptions.add(bus.serve(Endpoints.SNAPSHOTS_SETS, nothing -> sets()));
    subscriptions.add(bus.serve(Endpoints.SNAPSHOTS_DEFINE, wish -> declining(define(wish))));
    subscriptions.add(bus.serve(Endpoints.SNAPSHOTS_REQUEST, wish -> declining(request(wish))));
    subscriptions.add(
        bus.serve(Endpoints.SNAPSHOTS_LIST, nothing -> query(() -> golden.list(LISTED))));
    subscriptions.add(bus.serve(Endpoints.SNAPSHOTS_GET, id -> query(() -> snapshots.find(id))));
    subscriptions.add(bus.serve(Endpoints.SNAPSHOTS_COMPARE, wish -> declining(compare(wish))));
    vertx.setPeriodic(0, REPEAT_MS, timer -> tell());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    return Future.succeededFuture();
  }

  private Future<List<SnapshotSet>> sets() {
    return query(sets::latest).map(defined -> Sets.all(facility, defined));
  }

  private Future<Reply<SnapshotSet>> define(DefineSet wish) {
    long nowNs = room.wallClock().nowNs();
    return query(() -> sets.define(known -> Sets.define(wish, facility, known, nowNs)));
  }

  private Future<Reply<SnapshotSummary>> request(SnapshotRequest request) {
    return switch (request) {
      case SnapshotRequest.Save save -> save(save);
      case SnapshotRequest.MarkGolden mark -> {
        long nowNs = room.wallClock().nowNs();
        yield query(
            () ->
                golden.mark(
                    mark.snapshot(), s -> GoldenRules.mark(mark, s, facility.modes(), nowNs)));
      }
    };
  }

  private Future<Reply<SnapshotSummary>> save(SnapshotRequest.Save save) {
    return sets()
        .compose(
            known -> {
              Optional<SnapshotSet> set =
                  known.stream().filter(s -> s.name().equals(save.set())).findFirst();
              return set.isEmpty()
                  ? Future.succeededFuture(
                      new Reply.Declined<>(
                          "there is no set '"
                              + save.set()
                              + "'; there are "
                              + String.join(", ", known.stream().map(SnapshotSet::name).toList())))
                  : taken().compose(taken -> save(save, set.get(), taken));
            });
  }

  private Future<Reply<SnapshotSummary>> save(
      SnapshotRequest.Save save, SnapshotSet set, Taken taken) {
    SnapshotId fresh = new SnapshotId(room.ids().next());
    long nowNs = room.wallClock().nowNs();
    return switch (Saving.save(save, set, facility, taken, fresh, nowNs)) {
      case Reply.Declined<Snapshot> declined ->
          Future.succeededFuture(new Reply.Declined<>(declined.reason()));
      case Reply.Done<Snapshot> done ->
          query(
              () -> {
                snapshots.save(done.value());
                LOG.info("{} saved snapshot {}", save.person().name(), fresh);
                return new Reply.Done<>(golden.find(fresh).orElseThrow());
              });
    };
  }

  /** What the gateway knows; the samples are of one answer and so of one instant. */
  private Future<Taken> taken() {
    return room.bus()
        .request(Endpoints.GATEWAY_CHANNEL_HEALTH, Nothing.NOTHING)
        .compose(
            health ->
                room.bus()
                    .request(Endpoints.GATEWAY_LATEST, Nothing.NOTHING)
                    .map(samples -> taken(samples, health)));
  }

  private Taken taken(List<Sample> samples, List<ChannelHealth> health) {
    Map<ChannelId, Sample> latest = new HashMap<>();
    samples.forEach(sample -> latest.put(sample.channel(), sample));
    Map<ChannelId, ChannelHealth> links = new HashMap<>();
    health.forEach(each -> links.put(each.channel(), each));
    return new Taken(latest, links, room.plantClock().nowNs());
  }

  private Future<Reply<Comparison>> compare(CompareRequest request) {
    return query(() -> snapshots.find(request.snapshot()))
        .compose(
            found ->
                found.isEmpty()
                    ? nothing(request.snapshot())
                    : compare(found.get(), request.against()));
  }

  private Future<Reply<Comparison>> compare(Snapshot snapshot, CompareRequest.Against against) {
    return switch (against) {
      case CompareRequest.Against.Live _ ->
          taken().map(taken -> new Reply.Done<>(Comparing.live(snapshot, facility, taken)));
      case CompareRequest.Against.Other other ->
          query(() -> snapshots.find(other.snapshot()))
              .compose(
                  found ->
                      found.isEmpty()
                          ? nothing(other.snapshot())
                          : Future.succeededFuture(
                              new Reply.Done<>(Comparing.snapshots(snapshot, found.get()))));
      case CompareRequest.Against.History history ->
          past.at(Comparing.channels(snapshot), history.atNs())
              .map(
                  others ->
                      new Reply.Done<>(
                          Comparing.compare(snapshot, others, "the archive", history.atNs())));
    };
  }

  private static Future<Reply<Comparison>> nothing(SnapshotId id) {
    return Future.succeededFuture(new Reply.Declined<>("there is no snapshot " + id));
  }

  private <T> Future<T> query(Callable<T> query) {
    return vertx
        .executeBlocking(query, false)
        .map(answer -> Objects.requireNonNull(answer))
        .onComplete(
            done -> {
              String now = done.succeeded() ? "" : "Snapshots: " + done.cause().getMessage();
              if (!now.equals(trouble)) {
                trouble = now;
                tell();
              }
            });
  }

  /** A part that is away is no error of ours: the person hears which one. */
  private static <T> Future<Reply<T>> declining(Future<Reply<T>> reply) {
    return reply.recover(
        failure ->
            failure instanceof DatabaseUnavailableException
                    || failure instanceof Bus.UnavailableException
                ? Future.succeededFuture(
                    new Reply.Declined<>(
                        "a part that this needs does not answer ("
                            + failure.getMessage()
                            + "); try again when it is back"))
                : Future.failedFuture(failure));
  }

  private void tell() {
    RoomHealth.Status status =
        trouble.isEmpty() ? RoomHealth.Status.UP : RoomHealth.Status.DEGRADED;
    room.bus()
        .publish(
            Topics.ROOM_HEALTH, new RoomHealth(ROOM, status, trouble, room.wallClock().nowNs()));
  }
}
