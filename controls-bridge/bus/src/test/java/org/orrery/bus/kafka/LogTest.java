package org.orrery.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Bus;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topic;
import org.orrery.bus.Topics;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.process.ProcessListener;

/** Samples and events through a real broker, from one process's bus to another's. */
class LogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final double DEAD_BAND = 1_000_000;
  private static final ChannelId QUIET = new ChannelId("test.quiet");
  private static final Facility FACILITY =
      new Facility(
          "test", "test", "UTC", true, List.of(), List.of(), Map.of(QUIET, channel(QUIET)));

  @TempDir static Path directory;
  private static KafkaBroker broker;
  private static Vertx vertx;
  private static Bus bus;
  private static final SystemWallClock WALL = new SystemWallClock();

  /** A process of its own, as far as topics and samples go. */
  private static final class Site {
    final SampleFeed feed = new LocalSampleFeed(vertx, FACILITY);
    final RoomContext room =
        new RoomContext(
            bus,
            feed,
            FACILITY,
            new ScaledPlantClock(WALL, 0, 0, 1),
            WALL,
            () -> "id",
            1,
            directory,
            "test");
  }

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    bus = new LocalBus(vertx);
    broker =
        KafkaBroker.start(
            new BrokerConfig(directory.resolve("kafka"), 256, 128L << 20), ProcessListener.none());
    broker.ready().get(180, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() {
    get(vertx.close());
    broker.close();
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static KafkaConfig kafka() {
    return KafkaConfig.embedded(broker.bootstrapServers());
  }

  private static Channel channel(ChannelId id) {
    return new Channel(
        id,
        "pva://TEST",
        ValueKind.DOUBLE,
        "",
        "",
        "test",
        "test",
        "",
        List.of(),
        0,
        DEAD_BAND,
        AlarmSettings.NONE,
        Optional.empty(),
        List.of());
  }

  private static Sample sample(ChannelId channel, int i, Severity severity) {
    return new Sample(channel, Value.of(i), severity, "", i, i, Quality.GOOD, 0, i);
  }

  @Test
  void shouldGoOnWhereASubscriberHadGotToAndKeepTheOrderOfEachChannelOverRestarts() {
    // Given a subscriber that has taken what came so far
    List<ChannelId> channels = List.of(new ChannelId("on.a"), new ChannelId("on.b"));
    SampleFeed.FeedOptions options =
        new SampleFeed.FeedOptions("go-on", channels::contains, 2, 50, 10_000);
    List<Sample> taken = new CopyOnWriteArrayList<>();
    KafkaSampleFeed first = new KafkaSampleFeed(vertx, FACILITY, kafka(), WALL);
    first.subscribe(
        options,
        batch -> {
          taken.addAll(batch.samples());
          return Future.succeededFuture();
        });
    Site site = new Site();
    AtomicInteger acknowledged = new AtomicInteger();
    AckListener counting = (sample, at) -> acknowledged.incrementAndGet();
    String relay = get(vertx.deployVerticle(new SampleRelay(site.room, kafka(), counting)));
    // Nothing is committed yet, so the first of all are told apart by waiting for some.
    int[] next = {0};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              publish(site, channels, next, 10);
              return taken.size() > 500;
            });
    await().atMost(PATIENCE).until(() -> taken.getLast().sequence() == next[0] - 1);
    await("a commit").pollDelay(Duration.ofSeconds(3)).until(() -> true);
    publish(site, channels, next, 10);
    await().atMost(PATIENCE).until(() -> taken.getLast().sequence() == next[0] - 1);

    // When it goes away, both sides start again, and readings have gone on meanwhile
    first.close();
    publish(site, channels, next, 400);
    await().atMost(PATIENCE).until(() -> acknowledged.get() == next[0]);
    get(vertx.undeploy(relay));
    Site again = new Site();
    get(vertx.deployVerticle(new SampleRelay(again.room, kafka(), AckListener.NONE)));
    publish(again, channels, next, 400);
    List<Sample> afterwards = new CopyOnWriteArrayList<>();
    KafkaSampleFeed second = new KafkaSampleFeed(vertx, FACILITY, kafka(), WALL);
    second.subscribe(
        options,
        batch -> {
          afterwards.addAll(batch.samples());
          return Future.succeededFuture();
        });

    // Then nothing between the two is missing, and each channel comes in its order
    await()
        .atMost(PATIENCE)
        .until(() -> !afterwards.isEmpty() && afterwards.getLast().sequence() >= next[0] - 2);
    for (ChannelId channel : channels) {
      List<Long> before = sequences(taken, channel);
      List<Long> after = sequences(afterwards, channel);
      assertThat(before).isSorted().doesNotHaveDuplicates();
      assertThat(after).isSorted().doesNotHaveDuplicates();
      assertThat(after.getFirst()).isLessThanOrEqualTo(before.getLast() + channels.size());
      assertThat(after.getFirst()).as("it did not begin anew").isGreaterThan(before.getFirst());
      for (int i = 1; i < after.size(); i++) {
        assertThat(after.get(i)).isEqualTo(after.get(i - 1) + channels.size());
      }
    }
    second.close();
  }

  @Test
  void shouldBringAgainWhatWasInHandThoughNewerOnesWereSquashed() throws Exception {
    // Given a subscriber that is so far behind that it is not waited for, and has got somewhere
    List<ChannelId> channels = List.of(new ChannelId("wait.a"));
    SampleFeed.FeedOptions options =
        new SampleFeed.FeedOptions("wait", channels::contains, 1, 5, 20);
    AtomicBoolean holds = new AtomicBoolean();
    List<Sample> held = new CopyOnWriteArrayList<>();
    List<Sample> taken = new CopyOnWriteArrayList<>();
    KafkaSampleFeed first =
        new KafkaSampleFeed(
            vertx,
            FACILITY,
            kafka(),
            () -> WALL.nowNs() + 2 * SampleReader.MOST_LAG_MS * 1_000_000);
    first.subscribe(
        options,
        batch -> {
          if (holds.get()) {
            held.addAll(batch.samples());
            return Promise.<Void>promise().future();
          }
          taken.addAll(batch.samples());
          return Future.succeededFuture();
        });
    Site site = new Site();
    String relay = get(vertx.deployVerticle(new SampleRelay(site.room, kafka(), AckListener.NONE)));
    int[] next = {0};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              publish(site, channels, next, 10);
              return taken.size() > 100;
            });
    await("a commit").pollDelay(Duration.ofSeconds(3)).until(() -> true);

    // When it keeps a batch in hand while most of what comes is squashed, and goes away
    holds.set(true);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              publish(site, channels, next, 50);
              return first.lossCounts().stream().anyMatch(count -> count.squashed() > 1_000);
            });
    await("commits").pollDelay(Duration.ofSeconds(3)).until(() -> true);
    publish(site, channels, next, 50);
    await("more commits").pollDelay(Duration.ofSeconds(3)).until(() -> true);
    first.close();
    List<Sample> afterwards = new CopyOnWriteArrayList<>();
    KafkaSampleFeed second = new KafkaSampleFeed(vertx, FACILITY, kafka(), WALL);
    second.subscribe(
        options,
        batch -> {
          afterwards.addAll(batch.samples());
          return Future.succeededFuture();
        });

    // Then what it had in hand comes again
    await().atMost(PATIENCE).until(() -> !afterwards.isEmpty());
    assertThat(afterwards.getFirst().sequence()).isLessThanOrEqualTo(held.getFirst().sequence());
    second.close();
    get(vertx.undeploy(relay));
  }

  private static void publish(Site site, List<ChannelId> channels, int[] next, int count) {
    for (int i = 0; i < count; i++) {
      int number = next[0]++;
      site.feed.publish(sample(channels.get(number % channels.size()), number, Severity.NONE));
    }
  }

  private static List<Long> sequences(List<Sample> samples, ChannelId channel) {
    return samples.stream().filter(s -> s.channel().equals(channel)).map(Sample::sequence).toList();
  }

  @Test
  void shouldThinThenSquashThenCountWhileTheBrokerHangsAndKeepEveryAlarmEdge() throws Exception {
    // Given a relay to a broker that has taken something, with little room
    Site site = new Site();
    ChannelId noisy = new ChannelId("test.noisy");
    SampleFeed.FeedOptions little =
        new SampleFeed.FeedOptions("hang", id -> id.value().startsWith("test."), 2, 50, 200);
    List<Sample> stored = new CopyOnWriteArrayList<>();
    SampleRelay relay =
        new SampleRelay(site.room, kafka(), (sample, at) -> stored.add(sample), little);
    get(vertx.deployVerticle(relay));
    site.feed.publish(sample(QUIET, 0, Severity.NONE));
    await().atMost(PATIENCE).until(() -> !stored.isEmpty());

    // When the broker hangs, and readings and alarms go on
    int readings = 20_000;
    List<Long> edges = new ArrayList<>();
    signal("-STOP");
    try {
      for (int i = 1; i <= readings; i++) {
        boolean alarm = i % 1_000 == 0;
        if (alarm) {
          edges.addAll(List.of((long) i, i + 1L));
        }
        site.feed.publish(sample(noisy, i, alarm ? Severity.MAJOR : Severity.NONE));
        site.feed.publish(sample(QUIET, i, Severity.NONE));
      }
      LossCount waiting = feed(site);
      assertThat(waiting.in()).isEqualTo(2L * readings + 1);
      assertThat(waiting.in())
          .isEqualTo(waiting.out() + waiting.squashed() + waiting.dropped() + waiting.pending());
      assertThat(waiting.squashed()).isGreaterThan(readings);
      assertThat(waiting.pending()).isPositive();
    } finally {
      signal("-CONT");
    }

    // Then all is accounted for, stage by stage, and the next sample of each channel tells the loss
    awaitNothingPending(site, relay);
    site.feed.publish(sample(noisy, readings + 1, Severity.NONE));
    site.feed.publish(sample(QUIET, readings + 1, Severity.NONE));
    awaitNothingPending(site, relay);
    LossCount fed = feed(site);
    LossCount sent = relay.lossCount();
    assertThat(fed.in()).isEqualTo(fed.out() + fed.squashed());
    assertThat(sent.in()).isEqualTo(fed.out()).isEqualTo(sent.out());
    assertThat(stored).hasSize(Math.toIntExact(sent.out())).doesNotHaveDuplicates();
    long told = stored.stream().mapToLong(Sample::lostBefore).sum();
    assertThat(told).isEqualTo(fed.squashed());

    // Then no alarm edge is missing, neither into the alarm nor out of it
    assertThat(sequences(stored, noisy)).containsAll(edges);

    // Then within the dead-band the waiting reading stayed, and beyond it the newest took its place
    assertThat(sequences(stored, noisy)).contains(readings - 1L).isSorted();
    assertThat(sequences(stored, QUIET)).doesNotContain(readings - 1L).isSorted();
  }

  private static void awaitNothingPending(Site site, SampleRelay relay) {
    await()
        .atMost(PATIENCE)
        .until(() -> feed(site).pending() == 0 && relay.lossCount().pending() == 0);
  }

  private static LossCount feed(Site site) {
    return site.feed.lossCounts().getFirst();
  }

  private static void signal(String signal) throws IOException, InterruptedException {
    long pid = broker.process().handle().orElseThrow().pid();
    assertThat(new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor()).isZero();
  }

  @Test
  void shouldReplayAStretchOfTimeTheSameWayEveryTime() throws Exception {
    // Given three stretches of samples on channels that lie in different partitions
    Site site = new Site();
    List<ChannelId> channels =
        List.of("r.a", "r.b", "r.c", "r.d", "r.e").stream().map(ChannelId::new).toList();
    List<Sample> stored = new CopyOnWriteArrayList<>();
    get(
        vertx.deployVerticle(
            new SampleRelay(
                site.room,
                kafka(),
                (sample, at) -> stored.add(sample),
                SampleFeed.FeedOptions.all("replay"))));
    int[] next = {0};
    List<Instant> cuts = new ArrayList<>();
    for (int stretch = 0; stretch < 3; stretch++) {
      cuts.add(Instant.now());
      publish(site, channels, next, 1_000);
      int so = next[0];
      await().atMost(PATIENCE).until(() -> stored.size() == so);
      Thread.sleep(50);
    }
    cuts.add(Instant.now());

    // When
    List<Replay.Past<Sample>> middle = replay(cuts.get(1), cuts.get(2), channels);
    List<Replay.Past<Sample>> once = replay(cuts.get(0), cuts.get(3), channels);
    List<Replay.Past<Sample>> twice = replay(cuts.get(0), cuts.get(3), channels);

    // Then
    assertThat(middle.stream().map(p -> p.value().sequence()))
        .containsExactlyInAnyOrderElementsOf(
            java.util.stream.LongStream.range(1_000, 2_000).boxed().toList());
    assertThat(middle)
        .allSatisfy(
            past ->
                assertThat(past.atMs())
                    .isBetween(cuts.get(1).toEpochMilli(), cuts.get(2).toEpochMilli()));
    assertThat(once).hasSize(3_000).isEqualTo(twice);
    assertThat(once).extracting(Replay.Past::atMs).isSorted();
    for (ChannelId channel : channels) {
      assertThat(
              once.stream()
                  .map(Replay.Past::value)
                  .filter(s -> s.channel().equals(channel))
                  .map(Sample::sequence))
          .isSorted()
          .hasSize(600);
    }
    assertThat(replay(Instant.now(), Instant.now().plusSeconds(60), channels)).isEmpty();
  }

  private static List<Replay.Past<Sample>> replay(
      Instant from, Instant to, List<ChannelId> channels) {
    List<Replay.Past<Sample>> all = new ArrayList<>();
    try (Replay<Sample> replay = Replay.open(kafka(), KafkaTopics.SAMPLES, Wire.SAMPLE, from, to)) {
      for (Optional<Replay.Past<Sample>> past = replay.next();
          past.isPresent();
          past = replay.next()) {
        if (channels.contains(past.get().value().channel())) {
          assertThat(past.get().key()).isEqualTo(past.get().value().channel().value());
          all.add(past.get());
        }
      }
    }
    return all;
  }

  @Test
  void shouldBringWhatOthersSaidFirstTheNewestOfEachKeyAndNothingOfItsOwn() {
    // Given findings of two processes in the log, one of them changed since
    Site site = new Site();
    EventRelay theirs = new EventRelay(site.room, kafka().writtenBy("theirs"));
    String relay = get(vertx.deployVerticle(theirs));
    bus.publish(Topics.FINDINGS, finding("f-1", 1));
    bus.publish(Topics.FINDINGS, finding("f-2", 1));
    bus.publish(Topics.FINDINGS, finding("f-1", 2));
    await().atMost(PATIENCE).until(() -> theirs.lossCount().out() == 3);
    get(vertx.undeploy(relay));
    EventRelay ours = new EventRelay(site.room, kafka().writtenBy("ours"));
    get(vertx.deployVerticle(ours));
    bus.publish(Topics.FINDINGS, finding("f-0", 1));
    await().atMost(PATIENCE).until(() -> ours.lossCount().out() == 1);

    // When
    AtomicReference<OptionalLong> life = new AtomicReference<>(OptionalLong.empty());
    List<Object> heard = new CopyOnWriteArrayList<>();
    EventLog log =
        new EventLog(
            kafka().writtenBy("ours"),
            WALL,
            new EventLog.Sink() {
              @Override
              public <T> void handOn(Topic<T> topic, T message) {
                assertThat(topic).isEqualTo(Topics.FINDINGS);
                heard.add(message);
              }

              @Override
              public OptionalLong aliveSinceMs(String process) {
                return process.equals("theirs") ? life.get() : OptionalLong.empty();
              }
            });
    get(vertx.deployVerticle(log));

    // Then the present state comes, and then what is said from now on
    await().atMost(PATIENCE).until(() -> heard.size() == 2);
    assertThat(heard).containsExactlyInAnyOrder(finding("f-2", 1), finding("f-1", 2));
    bus.publish(Topics.FINDINGS, finding("f-3", 1));
    await().atMost(PATIENCE).until(() -> ours.lossCount().out() == 2);
    EventRelay others = new EventRelay(site.room, kafka().writtenBy("theirs"));
    get(vertx.deployVerticle(others));
    bus.publish(Topics.FINDINGS, finding("f-4", 1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).hasSize(3));
    assertThat(heard.getLast()).isEqualTo(finding("f-4", 1));

    // When the other process began anew, then what it had found is over
    life.set(OptionalLong.of(WALL.nowNs() / 1_000_000 + 1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).hasSize(6));
    assertThat(heard.subList(3, 6))
        .containsExactlyInAnyOrder(
            finding("f-1", 2, false), finding("f-2", 1, false), finding("f-4", 1, false));
  }

  private static Finding finding(String id, double score) {
    return finding(id, score, true);
  }

  private static Finding finding(String id, double score, boolean active) {
    return new Finding(
        new FindingId(id),
        "dqm.innovation",
        "title",
        List.of(),
        1,
        2,
        score,
        0.1,
        1,
        List.of(),
        active,
        new Provenance(1, 2, Optional.empty(), "d", "1", 0, ""));
  }
}
