package org.orrery.alarms.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.core.AlarmEngine;
import org.orrery.alarms.core.AlarmEvent;
import org.orrery.alarms.core.AlarmPolicy;
import org.orrery.alarms.core.phoebus.MirroredAlarms;
import org.orrery.alarms.core.phoebus.OneList;
import org.orrery.alarms.runtime.phoebus.PhoebusLink;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.store.Database;
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
  private final MirroredAlarms mirrored;
  private final OneList one;
  private final AlarmTeller teller;
  private Optional<WriteBehind> behind = Optional.empty();
  private Optional<PhoebusLink> phoebus = Optional.empty();
  private String forgetting = "";
  private String failing = "";
  private String phoebusTrouble = "";
  private long failed;
  private long failedSamples;
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
    this.mirrored = new MirroredAlarms(room.facility());
    this.one = new OneList(room.facility(), mirrored);
    this.teller = new AlarmTeller(room, memory, engine, one);
    this.health = new RoomHealth(ROOM, RoomHealth.Status.UP, "", room.wallClock().nowNs());
  }

  @Override
  public Future<?> start() {
    Bus bus = room.bus();
    subscriptions.add(
        bus.serve(Endpoints.ALARMS_LIST, nothing -> Future.succeededFuture(one.list())));
    subscriptions.add(bus.serve(Endpoints.ALARMS_ACKNOWLEDGE, this::acknowledge));
    subscriptions.add(
        bus.subscribe(Topics.CHANNEL_HEALTH, health -> take(new AlarmEvent.HealthChanged(health))));
    subscriptions.add(
        bus.subscribe(Topics.OPERATIONS, state -> take(new AlarmEvent.ModeChanged(state.mode()))));
    subscriptions.add(
        bus.subscribe(Topics.FINDINGS, finding -> take(new AlarmEvent.FindingReported(finding))));
    subscriptions.add(room.feed().subscribe(FEED.only(id -> !isBulky(id)), this::samples));
    subscriptions.add(room.feed().subscribe(BULKY_FEED.only(this::isBulky), this::samples));
    vertx.setPeriodic(config.tickMs(), timer -> tick());
    vertx.setPeriodic(1_000, timer -> bus.publish(Topics.LOSS, lossCount()));
    vertx.setPeriodic(HEALTH_MS, timer -> bus.publish(Topics.ROOM_HEALTH, health));
    behind = memory.map(kept -> new WriteBehind(vertx, kept, this::onLoaded, this::onForgetting));
    behind.ifPresent(b -> vertx.setPeriodic(1, MEMORY_MS, timer -> b.work()));
    phoebus =
        config
            .phoebus()
            .map(
                site ->
                    new PhoebusLink(
                        vertx,
                        site,
                        mirrored,
                        room.wallClock(),
                        this::now,
                        this::onMirrored,
                        this::onPhoebus));
    phoebus.ifPresent(PhoebusLink::start);
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
    return vertx
        .executeBlocking(
            () -> {
              phoebus.ifPresent(PhoebusLink::close);
              return Nothing.NOTHING;
            })
        .compose(done -> behind.isEmpty() ? Future.succeededFuture() : behind.get().stop());
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
    if (request.key().kind() == AlarmKey.Kind.MIRRORED && phoebus.isPresent()) {
      return phoebus.get().acknowledge(request);
    }
    Optional<String> refusal = one.refusal(request.key());
    if (refusal.isPresent()) {
      return Future.succeededFuture(new Reply.Declined<>(refusal.get()));
    }
    return Future.succeededFuture(acknowledge(request.key(), request.person().name()));
  }

  private Reply<Alarm> acknowledge(AlarmKey key, String person) {
    List<AlarmTransition> told = new ArrayList<>();
    Reply<Alarm> reply = engine.acknowledge(key, person, now(), told);
    teller.own(told, now());
    return reply;
  }

  private void tick() {
    take(new AlarmEvent.Tick());
    phoebus.ifPresent(PhoebusLink::tick);
  }

  /** Who acknowledges in Phoebus has seen what stands behind it here as well. */
  private void onMirrored(List<AlarmTransition> told) {
    teller.mirrored(told);
    teller.reconsider(now());
    for (AlarmTransition step : told) {
      if (step.alarm().state() == AlarmState.ACKNOWLEDGED
          && step.from() != AlarmState.ACKNOWLEDGED) {
        one.behind(step.alarm().key().channel()).forEach(key -> acknowledge(key, step.by()));
      }
    }
  }

  private void onPhoebus(String trouble) {
    if (!trouble.equals(phoebusTrouble)) {
      phoebusTrouble = trouble;
      LOG.info("Phoebus: {}", trouble.isEmpty() ? "its alarms are mirrored" : trouble);
      showHealth();
    }
  }

  /** False where a bug of ours kept an event from being judged; the next one is judged again. */
  private boolean take(AlarmEvent event) {
    try {
      List<AlarmTransition> told = engine.handle(event, now());
      if (!told.isEmpty()) {
        teller.own(told, now());
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

  /** Plant time that never goes back, whatever the clock does. */
  private long now() {
    nowNs = Math.max(nowNs, room.plantClock().nowNs());
    return nowNs;
  }

  private LossCount lossCount() {
    return new LossCount(ROOM, in, in - failedSamples, 0, failedSamples, engine.late(), 0);
  }

  /** What Phoebus kept is shown as stale until Phoebus is heard, or ended where it is left out. */
  private void onLoaded(List<Alarm> alarms) {
    for (Alarm alarm : alarms) {
      if (alarm.key().kind() != AlarmKey.Kind.MIRRORED) {
        take(new AlarmEvent.Remembered(alarm));
      } else if (phoebus.isPresent()) {
        teller.mirrored(mirrored.remembered(alarm, now()));
      } else {
        teller.mirrored(MirroredAlarms.forgotten(alarm, now()));
      }
    }
  }

  private void onForgetting(String trouble) {
    forgetting = trouble;
    showHealth();
  }

  private void showHealth() {
    String detail =
        Stream.of(failing, forgetting, phoebusTrouble)
            .filter(trouble -> !trouble.isEmpty())
            .collect(Collectors.joining("; "));
    RoomHealth.Status status = detail.isEmpty() ? RoomHealth.Status.UP : RoomHealth.Status.DEGRADED;
    health = new RoomHealth(ROOM, status, detail, room.wallClock().nowNs());
    room.bus().publish(Topics.ROOM_HEALTH, health);
  }
}
