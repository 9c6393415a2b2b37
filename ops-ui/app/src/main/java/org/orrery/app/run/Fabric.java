package org.orrery.app.run;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.orrery.bus.Bus;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topic;
import org.orrery.bus.Topics;
import org.orrery.bus.cluster.ClusterBus;
import org.orrery.bus.cluster.ClusterConfig;
import org.orrery.bus.cluster.ClusteredVertx;
import org.orrery.bus.cluster.Identity;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.kafka.EventLog;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.time.IdSource;
import org.orrery.contract.time.WallClock;

/**
 * What rooms talk over: inside one process, or between several.
 *
 * @param vertx runs the rooms
 * @param bus topics and endpoints
 * @param ownEvents the bus, on which only this process's own messages are heard
 * @param feed samples
 * @param fromLog takes what other processes put into Kafka; absent where there are none
 */
record Fabric(
    Vertx vertx, Bus bus, Bus ownEvents, SampleFeed feed, Optional<EventLog.Sink> fromLog) {
  private static final int JOIN_SECONDS = 90;

  private static VertxOptions vertxOptions() {
    return new VertxOptions().setPreferNativeTransport(false);
  }

  /** For the only process there is. */
  static Fabric alone(Facility facility) {
    Vertx vertx = Vertx.vertx(vertxOptions());
    Bus bus = new LocalBus(vertx);
    return new Fabric(vertx, bus, bus, new LocalSampleFeed(vertx, facility), Optional.empty());
  }

  /**
   * For one of several processes; blocks until it has joined the others.
   *
   * @param twice told once this process should end because an older one runs a role of it
   * @throws StartException if this process does not fit to those that are there
   */
  static Fabric shared(
      RunOptions options,
      ClusterConfig cluster,
      KafkaConfig kafka,
      WallClock wallClock,
      IdSource ids,
      Consumer<String> twice)
      throws StartException, IOException, InterruptedException {
    Vertx vertx = null;
    try {
      vertx = await(ClusteredVertx.start(cluster, vertxOptions()));
      Identity self =
          new Identity(
              ids.next(),
              options.roles().words(),
              options.version(),
              ClusterBus.shape(),
              options.facility().name(),
              Described.parts(options.facility(), options.access()),
              wallClock.nowNs());
      ClusterBus bus = await(ClusterBus.join(vertx, self, wallClock, twice));
      SampleFeed feed =
          options.roles().has(Role.GATEWAY)
              ? new LocalSampleFeed(vertx, options.facility())
              : new KafkaSampleFeed(vertx, options.facility(), kafka, wallClock);
      return new Fabric(vertx, bus, bus.own(), feed, Optional.of(fromLog(bus)));
    } catch (ExecutionException | TimeoutException e) {
      if (vertx != null) {
        vertx.close();
      }
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new StartException(
          "this process cannot join the others: "
              + (cause.getMessage() == null ? cause : cause.getMessage()),
          e);
    }
  }

  /** The bus of a process that stops writing by the gateway's file where the gate is away. */
  Bus stoppingByFile(Path file, WallClock wallClock) {
    return bus instanceof ClusterBus cluster
        ? new StopByFile(
            bus, state -> cluster.tellOnce(Topics.WRITING_STATE, state), file, wallClock)
        : bus;
  }

  private static EventLog.Sink fromLog(ClusterBus bus) {
    return new EventLog.Sink() {
      @Override
      public <T> void handOn(Topic<T> topic, T message) {
        bus.handOn(topic, message);
      }

      @Override
      public OptionalLong aliveSinceMs(String process) {
        OptionalLong sinceNs = bus.aliveSinceNs(process);
        return sinceNs.isEmpty() ? sinceNs : OptionalLong.of(sinceNs.getAsLong() / 1_000_000);
      }
    };
  }

  private static <T> T await(io.vertx.core.Future<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get(JOIN_SECONDS, TimeUnit.SECONDS);
  }
}
