package org.orrery.lab.drill;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.contract.Reply;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.Quality;
import org.orrery.lab.drill.core.Drill;
import org.orrery.lab.drill.core.DrillEvent;
import org.orrery.lab.drill.core.DrillOutput;
import org.orrery.lab.drill.core.DrillScenario;
import org.orrery.lab.drill.core.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one drill: listens to what Orrery says and to the trainee, gives the hidden orders to the
 * simulated detector, and leaves the debrief. Owned by its event loop.
 */
final class DrillVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DrillVerticle.class);
  private static final String ROOM = "drill";
  private static final long TICK_MS = 250;
  private static final long HEALTH_MS = 10_000;
  private static final Duration ORDER_PATIENCE = Duration.ofSeconds(8);

  private final RoomContext room;
  private final DrillScenario scenario;
  private final Drill drill;
  private final OrderPost post;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private Progress progress;
  private DrillState state;
  private RoomHealth health;

  DrillVerticle(RoomContext room, DrillScenario scenario, Path orders) {
    this.room = room;
    this.scenario = scenario;
    this.drill = new Drill(scenario, room.seed());
    this.post = new OrderPost(orders, room.ids(), ORDER_PATIENCE);
    this.progress = drill.begin(room.plantClock().nowNs());
    this.state = drill.seen(progress);
    this.health = new RoomHealth(ROOM, RoomHealth.Status.UP, "", room.wallClock().nowNs());
  }

  @Override
  public Future<?> start() {
    Bus bus = room.bus();
    Set<ChannelId> watched = scenario.watched();
    subscriptions.add(
        room.feed()
            .subscribe(
                SampleFeed.FeedOptions.all(ROOM).only(watched::contains),
                batch -> {
                  batch.samples().stream()
                      .filter(sample -> sample.quality() == Quality.GOOD)
                      .forEach(s -> take(new DrillEvent.Measured(s.channel(), s.value())));
                  return Future.succeededFuture();
                }));
    subscriptions.addAll(new DrillEars(this::take).listen(bus));
    subscriptions.add(bus.serve(Endpoints.DRILL_STATE, nothing -> Future.succeededFuture(state)));
    subscriptions.add(bus.serve(Endpoints.DRILL_REQUEST, this::request));
    vertx.setPeriodic(TICK_MS, timer -> take(new DrillEvent.Tick()));
    vertx.setPeriodic(HEALTH_MS, timer -> bus.publish(Topics.ROOM_HEALTH, health));
    bus.publish(Topics.ROOM_HEALTH, health);
    bus.publish(Topics.DRILL, state);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    return Future.succeededFuture();
  }

  private Future<Reply<DrillState>> request(DrillRequest request) {
    Optional<String> declined = take(new DrillEvent.Asked(request));
    return Future.succeededFuture(
        declined
            .<Reply<DrillState>>map(Reply.Declined::new)
            .orElseGet(() -> new Reply.Done<>(state)));
  }

  /** Takes an event in; returns why it was declined, where it was. */
  private Optional<String> take(DrillEvent event) {
    Progress before = progress;
    Drill.Step step = drill.step(before, event, room.plantClock().nowNs());
    progress = step.progress();
    if (changed(before, progress)) {
      state = drill.seen(progress);
      room.bus().publish(Topics.DRILL, state);
    }
    Optional<String> declined = Optional.empty();
    for (DrillOutput output : step.outputs()) {
      switch (output) {
        case DrillOutput.GiveOrders orders -> give(orders);
        case DrillOutput.Declined d -> declined = Optional.of(d.reason());
        case DrillOutput.Ended ended -> leaveDebrief();
      }
    }
    return declined;
  }

  private static boolean changed(Progress before, Progress after) {
    return before.phase() != after.phase()
        || !before.record().equals(after.record())
        || !before.walks().equals(after.walks());
  }

  private void give(DrillOutput.GiveOrders orders) {
    vertx
        .executeBlocking(() -> post.give(orders.lines()), false)
        .otherwise(failure -> new OrderPost.Answer(false, String.valueOf(failure.getMessage())))
        .onSuccess(
            answer -> {
              LOG.debug("orders {}: {}", orders.key(), answer);
              var unusedDeclined =
                  take(new DrillEvent.OrdersAnswered(orders.key(), answer.done(), answer.text()));
            });
  }

  private void leaveDebrief() {
    DrillState over = state;
    vertx
        .executeBlocking(
            () -> {
              DebriefFiles.write(room.data(), over, room.facility(), room.seed(), room.version());
              return true;
            },
            false)
        .onSuccess(done -> LOG.info("the debrief is in {}", room.data().resolve("debrief.md")))
        .onFailure(
            failure -> {
              LOG.error("the debrief cannot be written", failure);
              health =
                  new RoomHealth(
                      ROOM,
                      RoomHealth.Status.DEGRADED,
                      "the debrief cannot be written to " + room.data() + "; read it on the page",
                      room.wallClock().nowNs());
              room.bus().publish(Topics.ROOM_HEALTH, health);
            });
  }
}
