package org.orrery.gateway.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.contract.health.RoomHealth;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.server.PutDecision;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.core.AttemptBook;
import org.orrery.gateway.core.CommandVerifier;
import org.orrery.gateway.core.Connections;
import org.orrery.gateway.core.GatePorts;
import org.orrery.gateway.core.GateSettings;
import org.orrery.gateway.core.WriteGate;
import org.orrery.gateway.core.bridge.MeteredControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway on one event loop. */
public final class GatewayVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);
  private static final long WATCH_MS = 500;
  private static final long SECOND_MS = 1_000;
  private static final long RESOLVE_MS = 2_000;
  private static final long ROLL_MS = 10_000;
  private static final long CLOSE_MS = 2_500;

  private final RoomContext room;
  private final GatewayConfig config;
  private final Function<PvClientSettings, PvClient> clients;
  private final CommandVerifier verifier;
  private final ToldByRooms told;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private final List<Long> timers = new ArrayList<>();
  private @Nullable Parts parts;

  /** The running gateway. */
  private record Parts(
      Resources resources,
      Connections connections,
      WriteGate gate,
      WritingControl writing,
      HealthReport health,
      MeteredControl meters) {
    BridgeHealth bridge(Facility facility, BridgeQuery query) {
      return meters.view(facility, connections.allHealth(), query);
    }
  }

  /**
   * @param clients opens the control-system client; called once, on a worker thread
   */
  public GatewayVerticle(
      RoomContext room, GatewayConfig config, Function<PvClientSettings, PvClient> clients) {
    this.room = room;
    this.config = config;
    this.clients = clients;
    this.verifier = CommandVerifier.of(config.verificationKey());
    this.told = new ToldByRooms(room.bus());
    List<ChannelId> unknown =
        config.interlocks().keySet().stream()
            .filter(id -> room.facility().channel(id).isEmpty())
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the gateway's interlocks name channels that the facility does not have: " + unknown);
    }
  }

  @Override
  public Future<?> start() {
    Context own = context;
    return vertx
        .executeBlocking(() -> Resources.open(room, config, clients, () -> stopFromPv(own)))
        .compose(opened -> runOrClose(Objects.requireNonNull(opened)));
  }

  private Future<Nothing> runOrClose(Resources opened) {
    try {
      return Future.succeededFuture(run(opened));
    } catch (RuntimeException e) {
      return vertx
          .executeBlocking(
              () -> {
                opened.closeNetwork();
                opened.closeJournal();
                return Nothing.NOTHING;
              })
          .compose(closed -> Future.failedFuture(e));
    }
  }

  private Nothing run(Resources opened) {
    Bus bus = room.bus();
    AttemptBook book = AttemptBook.of(opened.journal().recovered());
    MeteredControl meters =
        new MeteredControl(opened.control(), room.plantClock(), room.wallClock().nowNs());
    Connections connections =
        new Connections(
            room.facility(),
            meters,
            room.plantClock(),
            new Connections.StaleSettings(
                config.staleCadences(),
                Connections.StaleSettings.DEFAULT.leastWallNs(),
                Connections.StaleSettings.DEFAULT.graceWallNs()),
            opened.life(),
            room.feed()::publish,
            health -> bus.publish(Topics.CHANNEL_HEALTH, health));
    WritingControl writing =
        new WritingControl(
            Resources.folder(room).resolve("writing-stopped"),
            opened.journal(),
            room.wallClock(),
            book.writing(),
            state -> onWriting(opened, state));
    GateSettings usual = GateSettings.DEFAULT;
    GatePorts ports =
        new GatePorts(
            room.facility(),
            connections,
            opened.control(),
            opened.journal(),
            writing::current,
            writing::stopped,
            told::operations,
            room.plantClock(),
            room.wallClock(),
            new VertxScheduler(vertx),
            task -> context.runOnContext(ignored -> task.run()),
            record -> bus.publish(Topics.GATE_RECORDS, record));
    WriteGate gate =
        new WriteGate(
            ports,
            new GateSettings(
                usual.longestPutNs(),
                usual.readbackNs(),
                usual.quietNs(),
                config.interlocks(),
                config.mode().filter(id -> room.facility().channel(id).isPresent()),
                config.access()),
            verifier,
            book);
    HealthReport health = new HealthReport(room.wallClock());
    Parts running = new Parts(opened, connections, gate, writing, health, meters);
    parts = running;
    subscriptions.addAll(
        GatewayEndpoints.serve(
            bus, gate, writing, connections, query -> running.bridge(room.facility(), query)));
    listen(running);
    connections.open();
    gate.start();
    onWriting(opened, writing.current());
    repeat(WATCH_MS, () -> watch(running));
    repeat(SECOND_MS, () -> second(running));
    repeat(RESOLVE_MS, gate::tick);
    repeat(ROLL_MS, () -> meters.roll(room.wallClock().nowNs()));
    told.askWhatIsMissing(gate);
    return Nothing.NOTHING;
  }

  private void listen(Parts running) {
    subscriptions.addAll(told.listen(running.gate()));
    running.resources().ownPvs().ifPresent(own -> subscriptions.addAll(OwnPvsFeed.open(room, own)));
  }

  private void onWriting(Resources opened, WritingState state) {
    opened.ownPvs().ifPresent(own -> own.onWriting(state));
    room.bus().publish(Topics.WRITING_STATE, state);
  }

  private void watch(Parts running) {
    running.connections().tick();
    running.writing().current();
  }

  private void second(Parts running) {
    long wallNs = room.wallClock().nowNs();
    running
        .resources()
        .ownPvs()
        .ifPresent(own -> own.second(running.bridge(room.facility(), BridgeQuery.SERVERS), wallNs));
    takeNote(running.resources().listening());
    running.connections().lossCounts().forEach(count -> room.bus().publish(Topics.LOSS, count));
    room.feed().lossCounts().forEach(count -> room.bus().publish(Topics.LOSS, count));
    RoomHealth health =
        running
            .health()
            .of(
                running.connections().summary(),
                running.resources().journal().broken(),
                complaints(running));
    if (running.health().due(health)) {
      room.bus().publish(Topics.ROOM_HEALTH, health);
    }
    told.askWhatIsMissing(running.gate());
  }

  /** On a worker: a disk may stand still. */
  private void takeNote(Listening listening) {
    long nowNs = room.plantClock().nowNs();
    var unused =
        vertx.executeBlocking(
            () -> {
              listening.until(nowNs);
              return Nothing.NOTHING;
            });
  }

  private static List<String> complaints(Parts running) {
    List<String> complaints = new ArrayList<>();
    if (!running.resources().trouble().isEmpty()) {
      complaints.add(running.resources().trouble());
    }
    running.resources().putLog().flatMap(PutLogFeed::complaint).ifPresent(complaints::add);
    running.gate().doubt().ifPresent(complaints::add);
    return complaints;
  }

  private CompletionStage<PutDecision> stopFromPv(Context own) {
    CompletableFuture<PutDecision> decided = new CompletableFuture<>();
    own.runOnContext(
        ignored -> {
          Parts running = parts;
          if (running == null) {
            decided.complete(new PutDecision.Refused("Orrery is starting; try again"));
            return;
          }
          Person somebody = new Person("pv", Set.of());
          Reply<WritingState> reply =
              running.writing().request(new WritingRequest.Stop(somebody, "put to our own PV"));
          decided.complete(
              switch (reply) {
                case Reply.Done<WritingState> done -> new PutDecision.Accepted();
                case Reply.Declined<WritingState> declined ->
                    new PutDecision.Refused(declined.reason());
              });
        });
    return decided;
  }

  @Override
  public Future<?> stop() {
    Parts running = parts;
    if (running == null) {
      return Future.succeededFuture();
    }
    subscriptions.forEach(Bus.Subscription::cancel);
    timers.forEach(vertx::cancelTimer);
    running.gate().close();
    running.connections().close();
    return vertx
        .executeBlocking(
            () -> {
              running.resources().closeNetwork();
              return Nothing.NOTHING;
            })
        .timeout(CLOSE_MS, TimeUnit.MILLISECONDS)
        .recover(
            slow -> {
              LOG.warn("the control-system library did not close in time: {}", slow.toString());
              return Future.succeededFuture(Nothing.NOTHING);
            })
        .compose(
            closed ->
                vertx.executeBlocking(
                    () -> {
                      running.resources().closeJournal();
                      return Nothing.NOTHING;
                    }));
  }

  private void repeat(long periodMs, Runnable task) {
    timers.add(vertx.setPeriodic(periodMs, ignored -> task.run()));
  }
}
