package org.orrery.alarms.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.core.AlarmEngine;
import org.orrery.alarms.core.AlarmEvent;
import org.orrery.alarms.core.AlarmFigures;
import org.orrery.alarms.core.AlarmPolicy;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.store.Database;
import org.orrery.store.DatabaseException;
import org.orrery.store.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the engine on one event loop and carries away what it tells. */
public final class AlarmsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmsVerticle.class);
  private static final String ROOM = "alarms";
  private static final long HEALTH_MS = 10_000;
  private static final long MEMORY_MS = 500;
  private static final long CATCH_UP_MS = 5_000;

  /**
   * So much credit and room that squashing never begins while this process lives: numbers and
   * choices only, about 300 bytes a sample, so 60 MB before squashing begins and 480 MB where all
   * of them are alarm edges.
   */
  private static final SampleFeed.FeedOptions FEED =
      new SampleFeed.FeedOptions(ROOM, id -> true, 8, 2_000, 200_000);

  /**
   * Arrays, histograms and texts may be of any size and are judged by what their source says of
   * them: 64 of them wait before squashing begins, 512 where all are alarm edges, and always the
   * newest of each channel.
   */
  private static final SampleFeed.FeedOptions BULKY_FEED =
      new SampleFeed.FeedOptions(ROOM + "-bulky", id -> true, 1, 16, 64);

  private final RoomContext room;
  private final AlarmsConfig config;
  private final Optional<AlarmMemory> memory;
  private final AlarmEngine engine;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private RoomHealth health;
  private String forgetting = "";
  private String failing = "";
  private long failed;
  private long failedSamples;
  private boolean loaded;
  private @Nullable Future<?> remembering;
  private boolean flood;
  private long in;
  private long nowNs = Long.MIN_VALUE;

  /** See {@link org.orrery.alarms.AlarmsModule#create}. */
  public AlarmsVerticle(RoomContext room, AlarmsConfig config, Optional<Database> database) {
    this.room = room;
    this.config = config;
    this.memory = database.map(AlarmMemory::new);
    this.engine =
        new AlarmEngine(
            room.facility(),
            new AlarmPolicy(config.linkDelayNs(), config.episodeGapNs(), config.summaryDevices()));
    this.health = new RoomHealth(ROOM, RoomHealth.Status.UP, "", room.wallClock().nowNs());
  }

  @Override
  public Future<?> start() {
    Bus bus = room.bus();
    subscriptions.add(
        bus.serve(Endpoints.ALARMS_LIST, nothing -> Future.succeededFuture(engine.list())));
    subscriptions.add(bus.serve(Endpoints.ALARMS_ACKNOWLEDGE, this::acknowledge));
    subscriptions.add(
        bus.subscribe(Topics.CHANNEL_HEALTH, health -> take(new AlarmEvent.HealthChanged(health))));
    subscriptions.add(
        bus.subscribe(Topics.OPERATIONS, state -> take(new AlarmEvent.ModeChanged(state.mode()))));
    subscriptions.add(
        bus.subscribe(Topics.FINDINGS, finding -> take(new AlarmEvent.FindingReported(finding))));
    subscriptions.add(room.feed().subscribe(FEED.only(id -> !isBulky(id)), this::samples));
    subscriptions.add(room.feed().subscribe(BULKY_FEED.only(this::isBulky), this::samples));
    vertx.setPeriodic(config.tickMs(), timer -> take(new AlarmEvent.Tick()));
    vertx.setPeriodic(1_000, timer -> bus.publish(Topics.LOSS, lossCount()));
    vertx.setPeriodic(HEALTH_MS, timer -> bus.publish(Topics.ROOM_HEALTH, health));
    if (memory.isPresent()) {
      vertx.setPeriodic(1, MEMORY_MS, timer -> remember(memory.get()));
    }
    bus.publish(Topics.ROOM_HEALTH, health);
    catchUp(bus);
    askForChannels(bus);
    return Future.succeededFuture();
  }

  private boolean isBulky(ChannelId id) {
    return room.facility()
        .channel(id)
        .filter(
            channel ->
                switch (channel.kind()) {
                  case DOUBLE, LONG, CHOICE -> false;
                  case TEXT, DOUBLE_ARRAY, HISTOGRAM -> true;
                })
        .isPresent();
  }

  /** What was said before this room listened; who is not there yet will say it. */
  private void catchUp(Bus bus) {
    bus.request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING)
        .onSuccess(state -> take(new AlarmEvent.ModeChanged(state.mode())));
  }

  /**
   * Channels that were lost before this room listened. A gateway that is still to start tells them
   * itself; one that was too busy is asked again.
   */
  private void askForChannels(Bus bus) {
    bus.request(Endpoints.GATEWAY_CHANNEL_HEALTH, Nothing.NOTHING)
        .onSuccess(all -> all.forEach(one -> take(new AlarmEvent.HealthChanged(one))))
        .onFailure(away -> vertx.setTimer(CATCH_UP_MS, timer -> askForChannels(bus)));
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    Future<?> underWay = remembering;
    Future<?> settled =
        underWay == null
            ? Future.succeededFuture()
            : underWay.transform(done -> Future.succeededFuture());
    return settled.compose(done -> flush());
  }

  /** Writes what waits; what cannot be written now is lost with this process, and found anew. */
  private Future<?> flush() {
    return memory.isEmpty() || !loaded
        ? Future.succeededFuture()
        : vertx
            .executeBlocking(() -> memory.get().flush())
            .transform(done -> Future.succeededFuture());
  }

  private Future<Void> samples(SampleBatch batch) {
    for (Sample sample : batch.samples()) {
      in++;
      if (!take(new AlarmEvent.SampleReceived(sample))) {
        failedSamples++;
      }
    }
    return Future.succeededFuture();
  }

  private Future<Reply<Alarm>> acknowledge(AcknowledgeRequest request) {
    List<AlarmTransition> told = new ArrayList<>();
    Reply<Alarm> reply = engine.acknowledge(request.key(), request.person().name(), now(), told);
    tell(told);
    return Future.succeededFuture(reply);
  }

  /** False where a bug of ours kept an event from being judged; the next one is judged again. */
  private boolean take(AlarmEvent event) {
    try {
      List<AlarmTransition> told = engine.handle(event, now());
      if (!told.isEmpty()) {
        tell(told);
      }
      return true;
    } catch (RuntimeException e) {
      failed++;
      if (Long.bitCount(failed) == 1) {
        LOG.error("{} was not judged ({} so far)", what(event), failed, e);
        failing =
            "some readings were not judged since the start, at least "
                + failed
                + ", the last for "
                + e
                + "; alarms may be missing, restart Orrery and report it";
        showHealth();
      }
      return false;
    }
  }

  private static String what(AlarmEvent event) {
    return event instanceof AlarmEvent.SampleReceived(Sample sample)
        ? "a reading of " + sample.channel()
        : event.getClass().getSimpleName();
  }

  private void tell(List<AlarmTransition> told) {
    for (AlarmTransition transition : told) {
      memory.ifPresent(m -> m.remember(transition));
      room.bus().publish(Topics.ALARM_TRANSITIONS, transition);
    }
    AlarmFigures figures = engine.figures(now());
    if (figures.flood() != flood) {
      flood = figures.flood();
      LOG.info(
          "alarm flood {}: {} alarms in ten minutes",
          flood ? "begins" : "ends",
          figures.raisedLastTenMinutes());
    }
  }

  /** Plant time that never goes back, whatever the clock does. */
  private long now() {
    nowNs = Math.max(nowNs, room.plantClock().nowNs());
    return nowNs;
  }

  private LossCount lossCount() {
    return new LossCount(ROOM, in, in - failedSamples, 0, failedSamples, engine.late(), 0);
  }

  /** Loads once, then writes behind. One such call is under way at a time. */
  private void remember(AlarmMemory kept) {
    if (remembering != null) {
      return;
    }
    Future<?> work =
        loaded
            ? vertx.executeBlocking(kept::flush, false)
            : vertx.executeBlocking(kept::load, false).onSuccess(this::onLoaded);
    remembering = work;
    work.onComplete(
        done -> {
          remembering = null;
          if (done.succeeded()) {
            healthy("");
          } else {
            complain(done.cause());
          }
        });
  }

  private void onLoaded(List<Alarm> alarms) {
    loaded = true;
    alarms.forEach(alarm -> take(new AlarmEvent.Remembered(alarm)));
    if (!alarms.isEmpty()) {
      LOG.info("{} alarms remembered from before", alarms.size());
    }
  }

  private void complain(Throwable failure) {
    switch (failure) {
      case DatabaseUnavailableException e ->
          healthy("Alarms work, but acknowledgements are not written down: no database");
      case DatabaseException e -> {
        if (forgetting.isEmpty()) {
          LOG.error("the database refused what alarms remember: {}", e.getMessage());
        }
        healthy("Alarms work, but the database refuses what they remember");
      }
      default -> {
        LOG.error("remembering alarms failed", failure);
        healthy("Alarms work, but remembering them failed");
      }
    }
  }

  private void healthy(String trouble) {
    if (!trouble.equals(forgetting)) {
      forgetting = trouble;
      LOG.info("alarms {}", trouble.isEmpty() ? "are remembered" : "degraded: " + trouble);
      showHealth();
    }
  }

  private void showHealth() {
    String detail =
        Stream.of(failing, forgetting)
            .filter(trouble -> !trouble.isEmpty())
            .collect(Collectors.joining("; "));
    RoomHealth.Status status = detail.isEmpty() ? RoomHealth.Status.UP : RoomHealth.Status.DEGRADED;
    health = new RoomHealth(ROOM, status, detail, room.wallClock().nowNs());
    room.bus().publish(Topics.ROOM_HEALTH, health);
  }
}
