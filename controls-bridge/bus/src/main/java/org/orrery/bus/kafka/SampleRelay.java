package org.orrery.bus.kafka;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries samples from the feed to Kafka. The credit of a batch comes back when all its records are
 * acknowledged, so a broker that is down uses the credit up and the feed thins, squashes and
 * counts; nothing that was handed over is given up while the relay lives. Order is kept per channel
 * and no record is stored twice by retries within one life.
 *
 * <p>One verticle instance; the counters may be read from any thread.
 */
public final class SampleRelay extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SampleRelay.class);

  /** Stage name in loss counts. */
  public static final String STAGE = "relay.kafka";

  private static final Duration FOREVER = Duration.ofDays(365);
  private static final int LINGER_MS = 20;

  private final RoomContext room;
  private final KafkaConfig config;
  private final AckListener acks;
  private final SampleFeed.FeedOptions options;
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong out = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final RelayHealth health;
  private volatile boolean stopping;
  private @Nullable SendLane lane;
  private Bus.@Nullable Subscription subscription;

  /**
   * @param room what every room is handed
   * @param config which Kafka
   * @param acks told of every stored sample; {@link AckListener#NONE} for none
   */
  public SampleRelay(RoomContext room, KafkaConfig config, AckListener acks) {
    this(room, config, acks, SampleFeed.FeedOptions.all("kafka"));
  }

  /** The same with the feed options given: how much credit, and when squashing begins. */
  public SampleRelay(
      RoomContext room, KafkaConfig config, AckListener acks, SampleFeed.FeedOptions options) {
    this.room = room;
    this.config = config;
    this.acks = acks;
    this.options = options;
    this.health = new RelayHealth(room, "relay", config.bootstrapServers());
  }

  @Override
  public Future<?> start() {
    SendLane opened = new SendLane("samples", config, LINGER_MS, FOREVER);
    lane = opened;
    subscription = room.feed().subscribe(options, batch -> relay(opened, batch));
    vertx.setPeriodic(
        1_000,
        timer -> {
          health.check(pending());
          room.bus().publish(Topics.LOSS, lossCount());
        });
    health.publish();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    if (subscription != null) {
      subscription.cancel();
    }
    SendLane open = lane;
    return open == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              open.close();
              return true;
            });
  }

  /** What the relay did so far: in from the feed, out is acknowledged by Kafka. Thread-safe. */
  public LossCount lossCount() {
    // Read in this order, so that pending is never negative.
    long gone = dropped.get();
    long stored = out.get();
    long came = in.get();
    return new LossCount(STAGE, came, stored, 0, gone, 0, came - stored - gone);
  }

  private long pending() {
    return lossCount().pending();
  }

  private Future<Void> relay(SendLane open, SampleBatch batch) {
    int size = batch.samples().size();
    if (pending() == 0) {
      health.progress();
    }
    in.addAndGet(size);
    Promise<Void> done = Promise.promise();
    AtomicInteger left = new AtomicInteger(size);
    boolean taken =
        open.run(
            () -> {
              try {
                open.awaitTopics();
              } catch (RuntimeException e) {
                // Whatever it is, the batch's credit goes back.
                dropped.addAndGet(size);
                done.tryFail(e);
                return;
              }
              for (Sample sample : batch.samples()) {
                send(
                    open,
                    sample,
                    () -> {
                      if (left.decrementAndGet() == 0) {
                        done.tryComplete();
                      }
                    });
              }
            });
    if (!taken) {
      dropped.addAndGet(size);
      done.tryComplete();
    }
    return done.future();
  }

  /** Sends one sample; {@code settled} runs once, whatever becomes of it. */
  private void send(SendLane open, Sample sample, Runnable settled) {
    byte[] record;
    try {
      record = Wire.SAMPLE.encode(sample);
    } catch (RuntimeException e) {
      // Not even a bug may keep the batch's credit.
      settle(sample, null, e);
      settled.run();
      return;
    }
    open.send(
        KafkaTopics.SAMPLES.name(),
        sample.channel().value(),
        record,
        (metadata, failure) -> {
          settle(sample, metadata, failure);
          settled.run();
        });
  }

  private void settle(
      Sample sample, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure == null && metadata != null) {
      acks.acknowledged(
          sample, new Published(metadata.topic(), metadata.partition(), metadata.offset()));
      out.incrementAndGet();
      health.progress();
      return;
    }
    if (dropped.getAndIncrement() == 0 && !stopping) {
      LOG.warn(
          "kafka refused a sample of {} for good: {}; further ones are only counted",
          sample.channel(),
          SendLane.reason(failure));
    }
  }
}
