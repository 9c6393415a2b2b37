package org.orrery.operations.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.orrery.operations.core.snapshot.Bench.ANNA;
import static org.orrery.operations.core.snapshot.Bench.BERT;
import static org.orrery.operations.core.snapshot.Bench.FLOW;
import static org.orrery.operations.core.snapshot.Bench.PUMP;
import static org.orrery.operations.core.snapshot.Bench.SAM;
import static org.orrery.operations.core.snapshot.Bench.SPEED;
import static org.orrery.operations.core.snapshot.Bench.VOLTAGE;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.snapshot.CompareRequest;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.DefineSet;
import org.orrery.contract.snapshot.Difference;
import org.orrery.contract.snapshot.Golden;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.SnapshotSummary;
import org.orrery.contract.snapshot.Tolerance;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.operations.OperationsModule;
import org.orrery.operations.core.snapshot.Bench;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** The room's snapshots on a real bus and a real PostgreSQL, with a gateway that says by script. */
class SnapshotVerticleTest {
  @TempDir static Path directory;
  private static Store store;
  private final Vertx vertx = Vertx.vertx();
  private final LocalBus bus = new LocalBus(vertx);
  private final Map<ChannelId, Sample> shown = new HashMap<>(Bench.shown());
  private final Map<ChannelId, List<History.Point>> past = new HashMap<>();
  private final Map<ChannelId, List<Gap>> silences = new HashMap<>();
  private final List<ChannelId> asked = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startStore() throws Exception {
    store =
        Store.start(
            new StoreConfig.Embedded(
                directory.resolve("db"), Path.of("target", "postgres"), 32, 4));
    assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(60));
  }

  @AfterAll
  static void stopStore() {
    store.close();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void live(Facility facility) throws Exception {
    SystemWallClock wall = new SystemWallClock();
    RoomContext room =
        new RoomContext(
            bus,
            new LocalSampleFeed(vertx, facility),
            facility,
            new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
            wall,
            new TimeSortedIds(wall, new Random(1)),
            1,
            directory,
            "test");
    bus.serve(Endpoints.GATEWAY_LATEST, q -> Future.succeededFuture(List.copyOf(shown.values())));
    bus.serve(
        Endpoints.GATEWAY_CHANNEL_HEALTH, q -> Future.succeededFuture(Bench.connected(facility)));
    bus.serve(Endpoints.ARCHIVE_HISTORY, q -> Future.succeededFuture(history(q)));
    vertx
        .deployVerticle(OperationsModule.snapshots(room, store.room("operations")))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  /** As the archive answers: the samples of the span, the last one before it, and its silences. */
  private History history(HistoryQuery query) {
    asked.add(query.channel());
    List<History.Point> all = past.getOrDefault(query.channel(), List.of());
    return new History(
        query.channel(),
        all.stream()
            .filter(p -> p.timeNs() >= query.fromNs() && p.timeNs() < query.toNs())
            .toList(),
        false,
        false,
        all.reversed().stream().filter(p -> p.timeNs() < query.fromNs()).findFirst(),
        silences.getOrDefault(query.channel(), List.of()).stream()
            .filter(gap -> gap.fromNs() < query.toNs())
            .filter(gap -> gap.toNs().orElse(Long.MAX_VALUE) > query.fromNs())
            .toList());
  }

  private <Q, R> R ask(Endpoint<Q, R> endpoint, Q request) throws Exception {
    CompletableFuture<R> answer = new CompletableFuture<>();
    vertx.runOnContext(
        go ->
            bus.request(endpoint, request)
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally));
    return answer.get(120, TimeUnit.SECONDS);
  }

  private <Q, R> R done(Endpoint<Q, Reply<R>> endpoint, Q request) throws Exception {
    Reply<R> reply = ask(endpoint, request);
    assertThat(reply).isInstanceOf(Reply.Done.class);
    return ((Reply.Done<R>) reply).value();
  }

  private SnapshotSummary save(String set, String name) throws Exception {
    return done(
        Endpoints.SNAPSHOTS_REQUEST, new SnapshotRequest.Save(SAM, set, name, "words", false));
  }

  private Comparison compare(SnapshotId id, CompareRequest.Against against) throws Exception {
    return done(Endpoints.SNAPSHOTS_COMPARE, new CompareRequest(id, against));
  }

  @Test
  void shouldSaveCompareAndListOverARestart() throws Exception {
    // Given
    live(Bench.facility());
    SnapshotSummary first = save("everything", "first");
    shown.put(SPEED, Bench.sample(SPEED, Value.of(40)));
    SnapshotSummary second = save("settings", "second");

    // When
    Snapshot read = ask(Endpoints.SNAPSHOTS_GET, first.id()).orElseThrow();
    Comparison live = compare(first.id(), new CompareRequest.Against.Live());
    Comparison other = compare(first.id(), new CompareRequest.Against.Other(second.id()));

    // Then
    assertThat(read.hash()).isEqualTo(first.hash());
    assertThat(live.same()).isEqualTo(3);
    assertThat(live.differences()).extracting(Difference::channel).containsExactly(SPEED);
    assertThat(other.differences())
        .extracting(Difference::kind)
        .containsExactly(Difference.Kind.MISSING, Difference.Kind.VALUE);
    assertThat(ask(Endpoints.SNAPSHOTS_LIST, Nothing.NOTHING))
        .extracting(SnapshotSummary::name)
        .startsWith("second", "first");
    assertThat(ask(Endpoints.SNAPSHOTS_GET, new SnapshotId("nobody"))).isEmpty();
  }

  @Test
  void shouldCompareWithWhatTheArchiveKnows() throws Exception {
    // Given
    live(Bench.facility());
    SnapshotSummary saved = save("everything", "before");
    long second = 1_000_000_000L;
    long at = 1_000_000 * second;
    past.put(
        SPEED,
        List.of(
            point(at - 2 * second, 30, 1, Optional.empty()),
            point(at - second, 50, 1, Optional.empty()),
            point(at + second, 60, 1, Optional.empty())));
    past.put(PUMP, List.of(point(at - 5_000 * second, 1, 1, Optional.of("ON"))));
    past.put(VOLTAGE, List.of(point(at - 9 * second, -180, 1, Optional.empty())));
    silences.put(
        VOLTAGE,
        List.of(
            new Gap(at - 20 * second, OptionalLong.of(at - 10 * second), "disconnected: before"),
            new Gap(at - 8 * second, OptionalLong.empty(), "disconnected: still")));
    // A device that came back says what it said before, at the time of then.
    silences.put(
        SPEED,
        List.of(
            new Gap(at - 9 * second / 10, OptionalLong.of(at - second / 2), "disconnected: over")));

    // When
    Comparison comparison = compare(saved.id(), new CompareRequest.Against.History(at));

    // Then
    assertThat(comparison.same()).isEqualTo(1);
    assertThat(comparison.differences())
        .extracting(d -> d.channel() + " " + d.kind())
        .containsExactly(VOLTAGE + " NOT_CONNECTED", FLOW + " MISSING", PUMP + " STALE");
    assertThat(asked).as("each channel is asked about once").hasSize(4).doesNotHaveDuplicates();
  }

  private static History.Point point(long atNs, double value, long count, Optional<String> text) {
    return new History.Point(
        atNs, value, value, value, value, 0, count, 0, Severity.NONE, text, Set.of());
  }

  @Test
  void shouldMakeGoldByTwoPeopleAndKeepItForGood() throws Exception {
    // Given
    live(Bench.facility());
    SnapshotSummary old = save("settings", "old gold");
    SnapshotSummary fresh = save("settings", "new gold");

    // When
    for (SnapshotSummary each : List.of(old, fresh)) {
      done(Endpoints.SNAPSHOTS_REQUEST, new SnapshotRequest.MarkGolden(ANNA, each.id(), "PHYSICS"));
      done(Endpoints.SNAPSHOTS_REQUEST, new SnapshotRequest.MarkGolden(BERT, each.id(), "PHYSICS"));
    }

    // Then
    Map<String, Boolean> current = new HashMap<>();
    for (SnapshotSummary each : ask(Endpoints.SNAPSHOTS_LIST, Nothing.NOTHING)) {
      for (Golden mark : each.golden()) {
        current.put(each.name(), mark.current());
      }
    }
    assertThat(current).containsEntry("old gold", false).containsEntry("new gold", true);
    for (String attempt :
        List.of(
            "update snapshot set comment = 'mine' where id = '" + old.id() + "'",
            "delete from snapshot_entry where snapshot = '" + old.id() + "'",
            "update snapshot_golden set agreed_by = 'eve' where snapshot = '" + old.id() + "'",
            "delete from snapshot_golden where snapshot = '" + old.id() + "'")) {
      assertThatThrownBy(() -> sql(attempt)).hasMessageContaining("never changed");
    }
  }

  @Test
  void shouldFindThatSomebodyChangedTheTables() throws Exception {
    // Given
    live(Bench.facility());
    SnapshotSummary saved = save("settings", "tampered");

    // When
    sql("alter table snapshot_entry disable trigger all");
    sql(
        "update snapshot_entry set value = 'double 49.0' where channel = '"
            + SPEED
            + "' and snapshot = '"
            + saved.id()
            + "'");
    sql("alter table snapshot_entry enable trigger all");

    // Then
    assertThatThrownBy(() -> ask(Endpoints.SNAPSHOTS_GET, saved.id()))
        .hasMessageContaining("not what was saved");
  }

  @Test
  void shouldDefineSetsInVersions() throws Exception {
    // Given
    live(Bench.facility());
    SnapshotSet wish =
        new SnapshotSet(
            "pump",
            0,
            "The pump",
            "",
            0,
            List.of(
                new SnapshotSet.Stage(
                    "speed",
                    List.of(
                        new SnapshotSet.Item("*.speed-set", Optional.of(new Tolerance(1, 0.1))))),
                new SnapshotSet.Stage(
                    "switch", List.of(new SnapshotSet.Item("*.enable", Optional.empty())))));

    // When
    SnapshotSet first = done(Endpoints.SNAPSHOTS_DEFINE, new DefineSet(ANNA, wish));
    SnapshotSet second = done(Endpoints.SNAPSHOTS_DEFINE, new DefineSet(BERT, wish));

    // Then
    assertThat(first.version()).isEqualTo(1);
    assertThat(ask(Endpoints.SNAPSHOTS_SETS, Nothing.NOTHING)).contains(second);
    Snapshot saved = ask(Endpoints.SNAPSHOTS_GET, save("pump", "by a set").id()).orElseThrow();
    assertThat(saved.setVersion()).isEqualTo(2);
    assertThat(saved.entries()).extracting(Snapshot.Entry::channel).containsExactly(SPEED, PUMP);
  }

  @Test
  void shouldSaveAndCompareFiveThousandChannels() throws Exception {
    // Given
    List<Channel> channels = new ArrayList<>();
    shown.clear();
    for (int i = 0; i < 5_000; i++) {
      ChannelId id = new ChannelId("big.c" + i);
      channels.add(
          Bench.channel(id, ValueKind.DOUBLE, "V", "hv", Optional.of(Bench.writable(0.1))));
      shown.put(id, Bench.sample(id, Value.of(i)));
      past.put(id, List.of(point(1_000, i + (i % 5 == 0 ? 1 : 0), 1, Optional.empty())));
    }
    live(Bench.facility(channels));

    // When
    long t0 = System.nanoTime();
    SnapshotSummary saved = save("settings", "big");
    long t1 = System.nanoTime();
    Comparison live = compare(saved.id(), new CompareRequest.Against.Live());
    long t2 = System.nanoTime();
    Comparison history = compare(saved.id(), new CompareRequest.Against.History(1_000));
    long t3 = System.nanoTime();

    // Then
    System.out.printf(
        "5,000 channels: saved in %d ms, compared with now in %d ms, with the past (by script) in"
            + " %d ms%n",
        (t1 - t0) / 1_000_000, (t2 - t1) / 1_000_000, (t3 - t2) / 1_000_000);
    assertThat(saved.channels()).isEqualTo(5_000);
    assertThat(live.same()).isEqualTo(5_000);
    assertThat(history.same()).isEqualTo(4_000);
    assertThat(history.differences()).hasSize(1_000);
  }

  private static void sql(String statement) {
    Database database = store.room("operations");
    database.runInTransaction(connection -> connection.createStatement().execute(statement));
  }
}
