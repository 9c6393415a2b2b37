package org.orrery.app.run;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.ArchiveModule;
import org.orrery.bus.RoomContext;
import org.orrery.bus.kafka.AckListener;
import org.orrery.bus.kafka.EventRelay;
import org.orrery.bus.kafka.KafkaPublisher;
import org.orrery.bus.kafka.KafkaTopic;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.kafka.SampleRelay;
import org.orrery.store.OutboxPump;
import org.orrery.supervision.SupervisionConfig;
import org.orrery.supervision.SupervisionModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms that need the broker or the database: each starts when what it needs is up, however
 * long that takes, on a thread of its own. Thread-safe.
 */
final class DurableRooms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DurableRooms.class);
  private static final Duration TOPICS_PATIENCE = Duration.ofSeconds(60);
  private static final int DEPLOY_SECONDS = 60;

  private final Vertx vertx;
  private final RoomContext context;
  private final RunOptions options;
  private final Children children;
  private final List<Thread> starters = new ArrayList<>();
  private final List<AutoCloseable> closeables = new ArrayList<>();

  private DurableRooms(Vertx vertx, RoomContext context, RunOptions options, Children children) {
    this.vertx = vertx;
    this.context = context;
    this.options = options;
    this.children = children;
  }

  static DurableRooms startWhenReady(
      Vertx vertx, RoomContext context, RunOptions options, Children children) {
    DurableRooms rooms = new DurableRooms(vertx, context, options, children);
    rooms.begin("start-with-database", rooms::withDatabase);
    rooms.begin("start-with-broker", rooms::withBroker);
    return rooms;
  }

  private interface Starter {
    void start() throws IOException, InterruptedException, ExecutionException, TimeoutException;
  }

  private void begin(String name, Starter starter) {
    starters.add(
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    starter.start();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (IOException | ExecutionException | TimeoutException e) {
                    LOG.error("{} failed: the rooms behind it are down", name, e);
                  }
                }));
  }

  private void withDatabase()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    children.store().ready().get();
    deploy(
        SupervisionModule.create(
            context, SupervisionConfig.DEFAULT, children.store().room("supervision")));
  }

  private void withBroker()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    if (children.broker().isPresent()) {
      children.broker().get().ready().get();
    }
    KafkaTopics.ensure(children.kafka(), TOPICS_PATIENCE);
    deploy(new SampleRelay(context, children.kafka(), acks()));
    deploy(new EventRelay(context, children.kafka()));
    KafkaPublisher publisher = keep(KafkaPublisher.forOutbox(children.kafka()));
    children.store().ready().get();
    ArchiveConfig archive =
        ArchiveConfig.of(children.kafka()).keepingRawDays(options.site().rawDays());
    deploy(ArchiveModule.create(context, children.store(), archive));
    keep(
        new OutboxPump(
            children.store(),
            (topic, key, payload) ->
                publisher.publish(topicOf(topic), key, payload).thenApply(done -> null)));
  }

  private AckListener acks() throws IOException {
    return options.ackLedger().isPresent()
        ? keep(new AckLedger(options.ackLedger().get()))
        : AckListener.NONE;
  }

  private static KafkaTopic topicOf(String name) {
    Optional<KafkaTopic> topic =
        KafkaTopics.ALL.stream().filter(t -> t.name().equals(name)).findFirst();
    return topic.orElseThrow(
        () -> new IllegalArgumentException("no Kafka topic " + name + "; see KafkaTopics"));
  }

  private void deploy(Deployable room)
      throws InterruptedException, ExecutionException, TimeoutException {
    vertx
        .deployVerticle(room)
        .toCompletionStage()
        .toCompletableFuture()
        .get(DEPLOY_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized <T extends AutoCloseable> T keep(T closeable) {
    closeables.add(closeable);
    return closeable;
  }

  /** Ends what is not a verticle; verticles end with Vert.x. */
  @Override
  public synchronized void close() {
    starters.forEach(Thread::interrupt);
    for (AutoCloseable closeable : closeables.reversed()) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.warn(
            "{} did not close cleanly: {}", closeable.getClass().getSimpleName(), e.toString());
      }
    }
  }
}
