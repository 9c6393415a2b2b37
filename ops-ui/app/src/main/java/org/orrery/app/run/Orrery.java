package org.orrery.app.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.RoomContext;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.time.WallClock;
import org.orrery.server.ServerConfig;
import org.orrery.server.ServerModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running Orrery: its children, its rooms, and the order in which they come and go. What needs
 * neither broker nor database (gateway, alarms, page) starts first and goes on without them; what
 * does (archive, proposals) follows when they are up. Thread-safe.
 */
public final class Orrery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Orrery.class);
  private static final String FIRST_ACCOUNT = "admin";
  private static final int DEPLOY_SECONDS = 30;
  private static final int DATABASE_SECONDS = 90;
  private static final int CLOSE_SECONDS = 5;
  private static final int TICK_MS = 400;

  private final RunOptions options;
  private final DataDirectory directory;
  private final Children children;
  private final Vertx vertx;
  private final ServerModule server;
  private final DurableRooms durable;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Orrery(
      RunOptions options,
      DataDirectory directory,
      Children children,
      Vertx vertx,
      ServerModule server,
      DurableRooms durable) {
    this.options = options;
    this.directory = directory;
    this.children = children;
    this.vertx = vertx;
    this.server = server;
    this.durable = durable;
  }

  /**
   * Starts everything and returns once the page is served.
   *
   * @throws StartException if it cannot start; what was started is stopped again
   */
  public static Orrery start(RunOptions options) throws StartException, InterruptedException {
    DataDirectory directory = DataDirectory.take(options.data());
    Children children = null;
    Vertx vertx = null;
    try {
      WallClock wallClock = new SystemWallClock();
      Path clockFile = options.data().resolve("plant-clock.properties");
      double factor = options.facility().simulated() ? options.site().simulation().factor() : 1;
      ScaledPlantClock plantClock = ScaledPlantClock.open(wallClock, clockFile, factor);
      children = Children.start(options, clockFile);
      vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
      RoomContext context =
          new RoomContext(
              new LocalBus(vertx),
              new LocalSampleFeed(vertx, options.facility()),
              options.facility(),
              plantClock,
              wallClock,
              new TimeSortedIds(wallClock, new SecureRandom()),
              options.site().simulation().seed(),
              options.data(),
              options.version());
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      for (Deployable room : LiveRooms.all(context, options, children)) {
        deploy(vertx, room);
      }
      ServerModule server =
          ServerModule.create(
              context,
              new ServerConfig("127.0.0.1", options.port(), options.site().publicRead(), TICK_MS),
              children.store().room("server"),
              metrics);
      deploy(vertx, server.verticle());
      DurableRooms durable = DurableRooms.startWhenReady(vertx, context, options, children);
      return new Orrery(options, directory, children, vertx, server, durable);
    } catch (IOException | ExecutionException | TimeoutException e) {
      closeQuietly(vertx, children, directory);
      throw new StartException(explain(options, e), e);
    }
  }

  private static String explain(RunOptions options, Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof java.net.BindException) {
      return "port "
          + options.port()
          + " on 127.0.0.1 is taken; stop what uses it, or give another --port";
    }
    return "Orrery could not start: " + cause + "; look at the logs under " + options.data();
  }

  private static void deploy(Vertx vertx, Deployable room)
      throws ExecutionException, TimeoutException, InterruptedException {
    vertx
        .deployVerticle(room)
        .toCompletionStage()
        .toCompletableFuture()
        .get(DEPLOY_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Says where the page is and, the first time, the password; waits for the database to know
   * whether it is.
   */
  public void announce(PrintStream out) {
    out.printf(
        "%nOrrery %s, %s%s%n",
        options.version(),
        options.facility().title(),
        options.facility().simulated()
            ? " (SIMULATED, %s x real time)".formatted(options.site().simulation().factor())
            : "");
    out.printf("  page      http://127.0.0.1:%d/%n", server.port());
    out.printf("  sign in   %s%n", signIn());
    out.printf("  data      %s%n", options.data());
    out.printf("  stop      Ctrl-C%n%n");
    out.flush();
  }

  private String signIn() {
    try {
      children.store().ready().get(DATABASE_SECONDS, TimeUnit.SECONDS);
      Optional<String> password = server.firstAccount(FIRST_ACCOUNT);
      return password
          .map(p -> FIRST_ACCOUNT + "   password  " + p + "   (shown this once)")
          .orElse("as before");
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn(
          "the database is not up yet: signing in and proposals wait for it ({})", e.toString());
      return "when the database is up; see the foot of the page";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** Ends everything in order, within about eight seconds; calling it again does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    LOG.info("stopping");
    durable.close();
    closeQuietly(vertx, children, directory);
    LOG.info("stopped");
  }

  private static void closeQuietly(
      @Nullable Vertx vertx, @Nullable Children children, DataDirectory directory) {
    if (vertx != null) {
      try {
        vertx
            .close()
            .toCompletionStage()
            .toCompletableFuture()
            .get(CLOSE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("not every room ended in time: {}", e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (children != null) {
      children.close();
    }
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("the data directory could not be released: {}", e.toString());
    }
  }
}
