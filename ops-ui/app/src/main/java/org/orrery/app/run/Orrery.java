package org.orrery.app.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.kafka.AckListener;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaSampleFeed;
import org.orrery.contract.Bytes;
import org.orrery.contract.time.IdSource;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.WallClock;
import org.orrery.lab.drill.DrillRefusedException;
import org.orrery.server.ServerConfig;
import org.orrery.server.ServerModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Orrery: its children, its rooms, and the order in which they come and go. What needs neither
 * broker nor database (gateway, alarms, page) goes on without them; a room beside those that fails
 * to start is told as down and the rest goes on. Thread-safe: closing waits for a start under way.
 */
public final class Orrery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Orrery.class);
  private static final int CLOSE_SECONDS = 5;
  private static final int TICK_MS = 400;
  private static final long HEALTH_MS = 10_000;

  /** Who must say how they are, by the names that they say it under. */
  private static final Set<String> ROOMS =
      Set.of("gateway", "alarms", "operations", "twin", "dqm", "relay", "archive", "supervision");

  private final RunOptions options;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private @Nullable ServerModule server;
  private boolean closed;

  /** An Orrery that has not started yet. */
  public Orrery(RunOptions options) {
    this.options = options;
  }

  /**
   * Starts everything and returns once the page is served and values come in.
   *
   * @throws StartException if it cannot start; what was started stays until {@link #close}
   */
  public synchronized void start() throws StartException, InterruptedException {
    if (closed) {
      return;
    }
    try {
      Drills.check(options);
      parts.push(DataDirectory.take(options.data(), options.roles()));
      startParts();
    } catch (DrillRefusedException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      throw new StartException(explain(e), e);
    }
  }

  private void startParts()
      throws IOException,
          ExecutionException,
          TimeoutException,
          InterruptedException,
          StartException {
    WallClock wallClock = new SystemWallClock();
    IdSource ids = new TimeSortedIds(wallClock, new SecureRandom());
    SharedFolder shared = null;
    if (!options.roles().all()) {
      shared = new SharedFolder(options.data());
      parts.push(shared);
    }
    PlantClock plantClock = plantClock(wallClock, shared);
    Children started =
        shared == null || options.roles().has(Role.ARCHIVE)
            ? Children.start(options, plantClockFile())
            : Children.join(options, shared);
    parts.push(started);
    AckListener acks = acks();
    KafkaConfig kafka =
        shared == null ? started.kafka() : started.kafka().writtenBy(options.roles().toString());
    Fabric fabric =
        shared == null
            ? Fabric.alone(options.facility())
            : Fabric.shared(options, shared.cluster(), kafka, wallClock, ids, Orrery::endBecause);
    parts.push(() -> close(fabric));
    RoomContext context =
        new RoomContext(
            options.roles().has(Role.GATEWAY)
                ? fabric.bus()
                : fabric.stoppingByFile(stopFile(), wallClock),
            fabric.feed(),
            options.facility(),
            plantClock,
            wallClock,
            ids,
            options.site().simulation().seed(),
            options.data(),
            options.version());
    deployRooms(fabric, context, started, kafka, acks, shared);
  }

  private Path stopFile() {
    return options.data().resolve("gateway").resolve("writing-stopped");
  }

  private Path plantClockFile() {
    return options.data().resolve("plant-clock.properties");
  }

  /** The owner of the servers keeps the plant's time; the other processes follow it. */
  private PlantClock plantClock(WallClock wallClock, @Nullable SharedFolder shared)
      throws IOException, StartException, InterruptedException {
    if (shared != null && !options.roles().has(Role.ARCHIVE)) {
      return ScaledPlantClock.load(wallClock, shared.plantClock());
    }
    double factor = options.facility().simulated() ? options.site().simulation().factor() : 1;
    return ScaledPlantClock.open(wallClock, plantClockFile(), factor);
  }

  private void deployRooms(
      Fabric fabric,
      RoomContext context,
      Children started,
      KafkaConfig kafka,
      AckListener acks,
      @Nullable SharedFolder shared)
      throws IOException,
          ExecutionException,
          TimeoutException,
          InterruptedException,
          StartException {
    Deployment deployment = new Deployment(fabric.vertx(), context);
    Roles roles = options.roles();
    if (roles.has(Role.SERVER)) {
      ServerModule pages = server(context, started);
      deployment.verticle(pages.verticle());
      server = pages;
    }
    if (shared != null && roles.has(Role.SUPERVISION)) {
      shared.leave(Rooms.gateKey(context));
    }
    for (Rooms.Room room : Rooms.listeners(context, options, started, kafka, acks)) {
      deployment.room(room);
    }
    deployment.room(Rooms.events(context, fabric, kafka));
    if (options.drill().isPresent()) {
      deployment.room(Drills.room(context, options.drill().get()));
    }
    if (roles.has(Role.SUPERVISION)) {
      OutboxLink outbox = new OutboxLink(started, kafka, context.wallClock());
      parts.push(outbox);
      fabric
          .vertx()
          .setPeriodic(
              HEALTH_MS, timer -> context.bus().publish(Topics.ROOM_HEALTH, outbox.health()));
    }
    if (roles.has(Role.GATEWAY)) {
      Bytes gateKey =
          shared == null || roles.has(Role.SUPERVISION)
              ? Bytes.of(Rooms.gateKey(context).getEncoded())
              : shared.gateKeyLeft();
      deployment.room(Rooms.gateway(context, options, started, gateKey));
      Optional<Rooms.Room> histograms = Rooms.histograms(context, options, started, gateKey);
      if (histograms.isPresent()) {
        deployment.room(histograms.get());
      }
    }
    // Last: what lasts is told once, and every room of this process must hear it.
    Optional<Rooms.Room> eventLog = Rooms.eventLog(context, fabric, kafka);
    if (eventLog.isPresent()) {
      deployment.room(eventLog.get());
    }
  }

  /** Two processes with one role would each take what is meant for the other. */
  private static void endBecause(String why) {
    LOG.error("this process ends: {}", why);
    Thread.ofPlatform().name("end").start(() -> System.exit(1));
  }

  private ServerModule server(RoomContext context, Children started) {
    return ServerModule.create(
        context.forRoom("server"),
        new ServerConfig(
            "127.0.0.1", options.port(), options.site().publicRead(), TICK_MS, rooms(started)),
        started.store().room("server"),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  private Set<String> rooms(Children started) {
    Set<String> rooms = new HashSet<>(ROOMS);
    if (started.softIoc().isPresent()) {
      rooms.add("histograms");
    }
    if (options.drill().isPresent()) {
      rooms.add(Drills.ROOM);
    }
    return rooms;
  }

  private AckListener acks() throws IOException {
    if (options.ackLedger().isEmpty()) {
      return AckListener.NONE;
    }
    AckLedger ledger = new AckLedger(options.ackLedger().get());
    parts.push(ledger);
    return ledger;
  }

  private String explain(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof java.net.BindException) {
      return "port "
          + options.port()
          + " on 127.0.0.1 is taken; stop what uses it, or give another --port";
    }
    return "Orrery could not start: " + cause + "; look at the logs under " + options.data();
  }

  /**
   * Says where the page is and, the first time, the password; waits some time for the database to
   * know whether it is. Where that comes later, or refuses, the password is said when it is known.
   */
  public void announce(PrintStream out) {
    OptionalInt port = OptionalInt.empty();
    List<NewAccount> accounts = List.of();
    synchronized (this) {
      if (closed) {
        return;
      }
      if (server != null) {
        port = OptionalInt.of(server.port());
        accounts = Announcement.accounts(options, server);
        accounts.forEach(parts::push);
      }
    }
    Announcement.print(out, options, port, accounts, Announcement.PATIENCE);
  }

  /** Ends everything in order, within about eight seconds; calling it again does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    LOG.info("stopping");
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not end cleanly: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
    LOG.info("stopped");
  }

  private static void close(Fabric fabric) throws ExecutionException {
    if (fabric.feed() instanceof KafkaSampleFeed feed) {
      feed.close();
    }
    try {
      fabric
          .vertx()
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("not every room ended within {} s", CLOSE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
