package org.orrery.bus.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.SampleFeed;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.contract.time.WallClock;

/**
 * The sample feed of a process without a gateway: samples come from Kafka. Each subscriber reads
 * the log by itself and goes on, after a restart, where it had got to. While its credit is spent it
 * stops reading, so that Kafka keeps what it cannot take; only once it is {@link
 * SampleReader#MOST_LAG_MS} behind does its queue thin, squash and count, as it would in the
 * gateway's process. Thread-safe.
 */
public final class KafkaSampleFeed implements SampleFeed, AutoCloseable {
  private final Vertx vertx;
  private final Facility facility;
  private final KafkaConfig config;
  private final WallClock wallClock;
  private final List<SampleReader> readers = new CopyOnWriteArrayList<>();

  /**
   * @param vertx runs the handlers
   * @param facility tells dead-bands
   * @param config which Kafka
   * @param wallClock tells how far behind a subscriber is
   */
  public KafkaSampleFeed(Vertx vertx, Facility facility, KafkaConfig config, WallClock wallClock) {
    this.vertx = vertx;
    this.facility = facility;
    this.config = config;
    this.wallClock = wallClock;
  }

  @Override
  public void publish(Sample sample) {
    throw new IllegalStateException("samples come in where the gateway runs, not in this process");
  }

  @Override
  public Bus.Subscription subscribe(
      FeedOptions options, Function<SampleBatch, Future<Void>> handler) {
    SampleReader reader = new SampleReader(vertx, facility, config, wallClock, options, handler);
    readers.add(reader);
    reader.start();
    return () -> {
      readers.remove(reader);
      reader.close();
    };
  }

  @Override
  public List<LossCount> lossCounts() {
    return readers.stream().flatMap(reader -> reader.lossCounts().stream()).toList();
  }

  /** Ends every subscription. */
  @Override
  public void close() {
    readers.forEach(SampleReader::close);
  }
}
