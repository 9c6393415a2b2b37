package org.orrery.bus.kafka;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topic;
import org.orrery.bus.Topics;
import org.orrery.bus.wire.Wire;
import org.orrery.bus.wire.WireCodec;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.sample.LossCount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries alarm transitions, findings, diagnoses and histograms from the bus to Kafka: best effort,
 * counted. Their owners keep what must not be lost. Histograms have a sender of their own, so that
 * in an outage they take no room from events. One verticle instance; the counters may be read from
 * any thread.
 */
public final class EventRelay extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);

  /** Stage name in loss counts; where there are several processes, each adds its own name. */
  public static final String STAGE = "relay.events";

  /** A quiet day has a few hundred events; this many may wait out an outage. */
  private static final int BOUND = 20_000;

  private static final Duration PATIENCE = Duration.ofHours(24);

  /** Some three intervals of two thousand histograms of up to 4 kB. */
  private static final int HISTOGRAM_BOUND = 7_000;

  private static final Duration HISTOGRAM_PATIENCE = Duration.ofHours(1);

  private final RoomContext room;
  private final KafkaConfig config;
  private final String stage;
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong out = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private volatile boolean stopping;
  private final List<KafkaPublisher> publishers = new ArrayList<>();

  /**
   * @param room what every room is handed; its bus must bring this process's own events alone
   * @param config which Kafka
   */
  public EventRelay(RoomContext room, KafkaConfig config) {
    this.room = room;
    this.config = config;
    this.stage = config.process().isEmpty() ? STAGE : STAGE + "." + config.process();
  }

  @Override
  public Future<?> start() {
    KafkaPublisher opened = new KafkaPublisher("events", config, PATIENCE, BOUND);
    publishers.add(opened);
    carry(
        opened,
        Topics.ALARM_TRANSITIONS,
        KafkaTopics.ALARMS,
        Wire.ALARM_TRANSITION,
        transition -> transition.alarm().key().toString());
    carry(
        opened,
        Topics.FINDINGS,
        KafkaTopics.FINDINGS,
        Wire.FINDING,
        finding -> finding.id().value());
    carry(
        opened,
        Topics.DIAGNOSES,
        KafkaTopics.DIAGNOSES,
        Wire.DIAGNOSIS,
        diagnosis -> diagnosis.id().value());
    KafkaPublisher bulk =
        new KafkaPublisher("histograms", config, HISTOGRAM_PATIENCE, HISTOGRAM_BOUND);
    publishers.add(bulk);
    carry(bulk, Topics.DQM_HISTOGRAMS, KafkaTopics.HISTOGRAMS, Wire.HISTOGRAM, DqmHistogram::id);
    vertx.setPeriodic(1_000, timer -> room.bus().publish(Topics.LOSS, lossCount()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    subscriptions.forEach(Bus.Subscription::cancel);
    return vertx.executeBlocking(
        () -> {
          publishers.forEach(KafkaPublisher::close);
          return true;
        });
  }

  /** What the relay did so far. Thread-safe. */
  public LossCount lossCount() {
    long gone = dropped.get();
    long stored = out.get();
    long came = in.get();
    return new LossCount(stage, came, stored, 0, gone, 0, came - stored - gone);
  }

  private <T> void carry(
      KafkaPublisher open,
      Topic<T> from,
      KafkaTopic to,
      WireCodec<T> codec,
      Function<T, String> key) {
    subscriptions.add(
        room.bus()
            .subscribe(
                from,
                message -> {
                  in.incrementAndGet();
                  byte[] record;
                  try {
                    record = codec.encode(message);
                  } catch (RuntimeException e) {
                    settle(to, e);
                    return;
                  }
                  open.publish(to, key.apply(message), record)
                      .whenComplete((published, failure) -> settle(to, failure));
                }));
  }

  private void settle(KafkaTopic to, @Nullable Throwable failure) {
    if (failure == null) {
      out.incrementAndGet();
    } else if (dropped.getAndIncrement() == 0 && !stopping) {
      LOG.warn(
          "an event did not reach {}: {}; further ones are only counted",
          to.name(),
          failure.getMessage());
    }
  }
}
