package org.orrery.lab.bench.ingest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Bytes;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.contract.sample.Severity;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.GatewayModule;
import org.orrery.lab.bench.BenchProvenance;
import org.orrery.lab.bench.Report;
import org.orrery.supervision.SupervisionModule;

/**
 * Serves very many PVs over pvAccess on loopback and takes them in through the gateway, in one
 * process: time to connect them all, and whether every change of an alarm severity arrives. Most
 * PVs change rarely, some often. Thread-safe.
 */
public final class ChannelsBench {
  private static final long PATIENCE_MINUTES = 20;
  private static final long PAUSE_NS = 2_000_000L;
  private static final int FLIP_EVERY = 5;

  private final Settings settings;
  private final IngestSource source;
  private final byte[] posted;
  private final byte[] seen;
  private final int[] edgesPosted;
  private final int[] edgesSeen;
  private final LongAdder samples = new LongAdder();
  private final LongAdder disconnects = new LongAdder();
  private final AtomicInteger connected = new AtomicInteger();
  private volatile boolean counting;

  /**
   * What is served.
   *
   * @param channels how many PVs in all
   * @param fast how many of them change ten times a second; the others .02 times
   * @param seconds how long
   */
  public record Settings(int channels, int fast, int seconds) {}

  /**
   * What became of it.
   *
   * @param settings what was served
   * @param connectSeconds from the start of the gateway until every PV was connected
   * @param posted updates made by the server
   * @param samples samples that a subscriber of the feed got
   * @param mergedByServer updates merged by the server, values only
   * @param edgesPosted changes of severity made by the server
   * @param edgesSeen changes of severity that a subscriber of the feed got
   * @param channelsOff channels whose edges differ in number from those posted
   * @param disconnects how often a channel lost its connection
   * @param usedMebibytes heap in use at the end, server and client together
   */
  public record Result(
      Settings settings,
      double connectSeconds,
      long posted,
      long samples,
      long mergedByServer,
      long edgesPosted,
      long edgesSeen,
      int channelsOff,
      long disconnects,
      long usedMebibytes) {}

  private ChannelsBench(Settings settings, IngestSource source) {
    this.settings = settings;
    this.source = source;
    this.posted = new byte[settings.channels()];
    this.seen = new byte[settings.channels()];
    this.edgesPosted = new int[settings.channels()];
    this.edgesSeen = new int[settings.channels()];
  }

  /**
   * Runs the benchmark.
   *
   * @param version of the running code
   * @param progress told what is being done
   * @throws IOException if a part does not start, or not all PVs connect
   */
  public static Report run(Settings settings, String version, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("orrery-bench-channels");
    BenchProvenance provenance = BenchProvenance.now(version, settings.toString(), 1, "");
    SystemWallClock wall = new SystemWallClock();
    Vertx vertx = Vertx.vertx();
    try (IngestSource source = new IngestSource(settings.channels(), wall)) {
      progress.accept("%,d PVs are served".formatted(settings.channels()));
      Result result = new ChannelsBench(settings, source).measure(vertx, folder, wall, progress);
      boolean passed = result.channelsOff() == 0 && result.disconnects() == 0;
      return new Report("channels", passed, provenance, result, lines(result));
    } finally {
      await(vertx.close());
      IngestBench.delete(folder);
    }
  }

  private Result measure(Vertx vertx, Path folder, SystemWallClock wall, Consumer<String> progress)
      throws IOException, InterruptedException {
    long now = wall.nowNs();
    Facility facility = IngestSource.facility(settings.channels());
    RoomContext room =
        new RoomContext(
            new LocalBus(vertx),
            new LocalSampleFeed(vertx, facility),
            facility,
            new ScaledPlantClock(wall, now, now, 1),
            wall,
            new TimeSortedIds(wall, new Random(1)),
            1,
            folder,
            "bench");
    room.bus().subscribe(Topics.CHANNEL_HEALTH, this::health);
    room.feed()
        .subscribe(new SampleFeed.FeedOptions("bench", id -> true, 8, 2_000, 500_000), this::take);
    Bytes key = Bytes.of(SupervisionModule.publicKey(folder).getEncoded());
    long startNs = System.nanoTime();
    await(
        vertx.deployVerticle(
            GatewayModule.create(room, GatewayConfig.of(key, source.searchAddress()))));
    double connectSeconds = awaitConnected(startNs, progress);
    counting = true;
    long updates = post(progress);
    TimeUnit.SECONDS.sleep(5);
    return result(connectSeconds, updates);
  }

  private void health(ChannelHealth health) {
    switch (health.link()) {
      case CONNECTED -> connected.incrementAndGet();
      case DISCONNECTED -> {
        if (counting) {
          disconnects.increment();
        }
      }
      case STALE, MISMATCH -> {}
    }
  }

  private double awaitConnected(long startNs, Consumer<String> progress)
      throws IOException, InterruptedException {
    long deadlineNs = startNs + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    int told = 0;
    while (connected.get() < settings.channels()) {
      if (System.nanoTime() > deadlineNs) {
        throw new IOException(
            "only %,d of %,d PVs connected".formatted(connected.get(), settings.channels()));
      }
      TimeUnit.MILLISECONDS.sleep(20);
      if (connected.get() - told >= settings.channels() / 5) {
        told = connected.get();
        progress.accept("%,d connected".formatted(told));
      }
    }
    return (System.nanoTime() - startNs) * 1e-9;
  }

  private Future<Void> take(SampleBatch batch) {
    for (Sample sample : batch.samples()) {
      int index = Integer.parseInt(sample.channel().value().substring("bench.c".length()));
      samples.increment();
      if (sample.quality() != Quality.GOOD) {
        continue; // a lost connection is told as a sample too, and is no edge of the source
      }
      byte severity = (byte) sample.severity().ordinal();
      if (severity != seen[index]) {
        seen[index] = severity;
        edgesSeen[index]++;
      }
    }
    return Future.succeededFuture();
  }

  /** Posts at the rates of the settings; every fifth update of a PV changes its severity. */
  private long post(Consumer<String> progress) {
    int slow = settings.channels() - settings.fast();
    double slowPerSecond = 0.02 * slow;
    double fastPerSecond = 10.0 * settings.fast();
    long startNs = System.nanoTime();
    long slowDone = 0;
    long fastDone = 0;
    long endNs = startNs + TimeUnit.SECONDS.toNanos(settings.seconds());
    progress.accept(
        "%,.0f updates a second for %d s"
            .formatted(slowPerSecond + fastPerSecond, settings.seconds()));
    int[] updates = new int[settings.channels()];
    while (System.nanoTime() < endNs) {
      double elapsed = (System.nanoTime() - startNs) * 1e-9;
      for (; fastDone < elapsed * fastPerSecond; fastDone++) {
        update((int) (fastDone % settings.fast()), updates);
      }
      for (; slow > 0 && slowDone < elapsed * slowPerSecond; slowDone++) {
        update(settings.fast() + (int) (slowDone % slow), updates);
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
    return slowDone + fastDone;
  }

  private void update(int index, int[] updates) {
    boolean flip = ++updates[index] % FLIP_EVERY == 0 || index % FLIP_EVERY == 0;
    if (flip) {
      Severity next = posted[index] == 0 ? Severity.MAJOR : Severity.NONE;
      posted[index] = (byte) next.ordinal();
      edgesPosted[index]++;
    }
    source.post(index, Severity.values()[posted[index]]);
  }

  private Result result(double connectSeconds, long updates) {
    int off = 0;
    long made = 0;
    long got = 0;
    for (int i = 0; i < settings.channels(); i++) {
      made += edgesPosted[i];
      got += edgesSeen[i];
      off += edgesPosted[i] == edgesSeen[i] ? 0 : 1;
    }
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return new Result(
        settings,
        connectSeconds,
        updates,
        samples.sum(),
        source.statistics().merged(),
        made,
        got,
        off,
        disconnects.sum(),
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private static List<String> lines(Result result) {
    Settings settings = result.settings();
    return List.of(
        "%,d PVs, %,d of them at 10 Hz, the others at .02 Hz, for %d s"
            .formatted(settings.channels(), settings.fast(), settings.seconds()),
        "all connected after %.1f s".formatted(result.connectSeconds()),
        "%,d updates posted, %,d samples taken in, %,d merged by the server (values only)"
            .formatted(result.posted(), result.samples(), result.mergedByServer()),
        "%,d alarm edges posted, %,d seen; %,d channels differ"
            .formatted(result.edgesPosted(), result.edgesSeen(), result.channelsOff()),
        "%,d disconnections; %,d MiB of heap, server and client together"
            .formatted(result.disconnects(), result.usedMebibytes()));
  }

  private static <T> T await(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a part of the bench did not start or end: " + e, e);
    }
  }
}
