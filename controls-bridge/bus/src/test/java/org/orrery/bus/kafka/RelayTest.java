package org.orrery.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Bus;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.Provenance;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.process.ProcessListener;
import org.orrery.process.ProcessState;

/** The relay against a real broker that is killed in the middle. */
class RelayTest {
  private static final Facility FACILITY =
      new Facility("test", "test", "UTC", true, List.of(), List.of(), Map.of());

  @TempDir Path directory;
  private Vertx vertx;
  private RoomContext room;
  private SampleFeed feed;
  private KafkaBroker broker;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    Bus bus = new LocalBus(vertx);
    feed = new LocalSampleFeed(vertx, FACILITY);
    SystemWallClock wall = new SystemWallClock();
    room =
        new RoomContext(
            bus, feed, FACILITY, new RealTime(wall), wall, () -> "id", 1, directory, "test");
    broker =
        KafkaBroker.start(
            new BrokerConfig(directory.resolve("kafka"), 256, 128L << 20), ProcessListener.none());
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    broker.close();
  }

  @Test
  void shouldStoreWhatItSaysIsStoredAndCountTheRestWhenTheBrokerIsKilled() throws Exception {
    // Given
    Map<Sample, Published> ledger = new ConcurrentHashMap<>();
    List<RoomHealth> health = new CopyOnWriteArrayList<>();
    room.bus().subscribe(Topics.ROOM_HEALTH, health::add);
    SampleRelay relay =
        new SampleRelay(
            room,
            KafkaConfig.embedded(broker.bootstrapServers()),
            ledger::put,
            new SampleFeed.FeedOptions("kafka", id -> true, 2, 100, 500));
    vertx.deployVerticle(relay).toCompletionStage().toCompletableFuture().get();
    List<Sample> offered = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      offered.add(publish(i));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> ledger.size() == 300);

    // When: the broker dies, and readings go on
    broker.process().handle().orElseThrow().destroyForcibly();
    for (int i = 300; i < 20_000; i++) {
      offered.add(publish(i));
    }
    assertThat(relay.lossCount().pending()).isPositive();

    // Then: it comes back, and everything is accounted for
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                broker.process().state() instanceof ProcessState.Running running
                    && running.restarts() == 1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> feedCount().pending() == 0 && relay.lossCount().pending() == 0);
    LossCount count = feedCount();
    assertThat(count.in()).isEqualTo(20_000);
    assertThat(count.squashed()).isPositive();
    assertThat(count.out()).isEqualTo(ledger.size());
    assertThat(relay.lossCount().dropped()).isZero();

    List<ConsumerRecord<String, byte[]>> stored = readAll(KafkaTopics.SAMPLES);
    assertThat(stored).hasSize(ledger.size());
    for (ConsumerRecord<String, byte[]> record : stored) {
      Sample sample = Wire.SAMPLE.decode(record.value());
      assertThat(record.key()).isEqualTo(sample.channel().value());
      assertThat(ledger.get(sample))
          .isEqualTo(new Published(record.topic(), record.partition(), record.offset()));
    }
    assertEdgesAndOrder(offered, stored);
    assertThat(health).extracting(RoomHealth::room).containsOnly("relay");
  }

  @Test
  void shouldCarryEventsAndPublishForOutboxes() throws Exception {
    // Given
    KafkaConfig config = KafkaConfig.embedded(broker.bootstrapServers());
    EventRelay relay = new EventRelay(room, config);
    vertx.deployVerticle(relay).toCompletionStage().toCompletableFuture().get();
    Finding finding =
        new Finding(
            new FindingId("f-1"),
            "dqm.innovation",
            "title",
            List.of(),
            1,
            2,
            3,
            0.1,
            1,
            List.of(),
            true,
            new Provenance(1, 2, Optional.empty(), "d", "1", 0, ""));
    DoubleArrayValue edges = DoubleArrayValue.of(0, 1, 2);
    DqmHistogram histogram =
        new DqmHistogram(
            "dqm.h",
            1,
            2,
            "us",
            edges,
            Optional.empty(),
            DoubleArrayValue.of(4, 5),
            3,
            5_001,
            "c",
            0);

    // When
    room.bus().publish(Topics.FINDINGS, finding);
    room.bus().publish(Topics.DQM_HISTOGRAMS, histogram);
    try (KafkaPublisher publisher = KafkaPublisher.forOutbox(config)) {
      broker.ready().get(60, TimeUnit.SECONDS);
      Published published =
          publisher
              .publish(KafkaTopics.PROPOSALS, "p-1", new byte[] {1})
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      assertThat(published).isEqualTo(new Published("orrery.proposals", 0, 0));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> relay.lossCount().out() == 2);

    // Then
    assertThat(readAll(KafkaTopics.FINDINGS))
        .singleElement()
        .satisfies(record -> assertThat(Wire.FINDING.decode(record.value())).isEqualTo(finding));
    assertThat(readAll(KafkaTopics.HISTOGRAMS))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("dqm.h");
              assertThat(Wire.HISTOGRAM.decode(record.value())).isEqualTo(histogram);
            });
  }

  private LossCount feedCount() {
    return feed.lossCounts().getFirst();
  }

  private Sample publish(int i) {
    // Channel 0 is in alarm for one reading in a thousand.
    int channel = i % 3;
    Severity severity = channel == 0 && i % 1_000 < 3 ? Severity.MAJOR : Severity.NONE;
    Sample sample =
        new Sample(
            new ChannelId("c" + channel), Value.of(i), severity, "", i, i, Quality.GOOD, 0, i);
    feed.publish(sample);
    return sample;
  }

  private static void assertEdgesAndOrder(
      List<Sample> offered, List<ConsumerRecord<String, byte[]>> stored) {
    Map<ChannelId, Long> last = new HashMap<>();
    Map<Long, Sample> bySequence = new HashMap<>();
    long lost = 0;
    for (ConsumerRecord<String, byte[]> record : stored) {
      Sample sample = Wire.SAMPLE.decode(record.value());
      assertThat(sample.sequence()).isGreaterThan(last.getOrDefault(sample.channel(), -1L));
      last.put(sample.channel(), sample.sequence());
      bySequence.put(sample.sequence(), sample);
      lost += sample.lostBefore();
    }
    Map<ChannelId, Severity> severity = new HashMap<>();
    for (Sample sample : offered) {
      Severity before = severity.put(sample.channel(), sample.severity());
      if (before != null && before != sample.severity()) {
        assertThat(bySequence).containsKey(sample.sequence());
      }
    }
    assertThat(bySequence).hasSize(stored.size());
    assertThat(stored.size() + lost).isEqualTo(offered.size());
  }

  private List<ConsumerRecord<String, byte[]>> readAll(KafkaTopic topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < topic.partitions(); i++) {
      partitions.add(new TopicPartition(topic.name(), i));
    }
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private record RealTime(SystemWallClock wall) implements PlantClock {
    @Override
    public long nowNs() {
      return wall.nowNs();
    }

    @Override
    public double factor() {
      return 1;
    }

    @Override
    public long toWallNs(long plantNs) {
      return plantNs;
    }
  }
}
