package org.orrery.lab.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.orrery.bus.kafka.AckListener;
import org.orrery.epics.client.PvaOptions;
import org.orrery.lab.bench.BenchProvenance;
import org.orrery.lab.bench.Percentiles;
import org.orrery.lab.bench.Report;

/**
 * Carries samples from PVs into the archive at one rate after the other and accounts for every one:
 * what was posted was merged in the server or received by the gateway, and what the gateway handed
 * on was squashed by the feed, dropped, or stored. Stateless.
 */
public final class IngestBench {
  private static final Duration DRAIN = Duration.ofSeconds(120);
  private static final Duration QUIET = Duration.ofMillis(2_500);
  private static final long LOOK_EVERY_MS = 100;

  private IngestBench() {}

  /**
   * What is offered.
   *
   * @param channels how many PVs
   * @param seconds how long each rate is offered
   * @param rates updates a second, one after the other
   * @param pva the pvAccess client that the gateway uses
   */
  public record Settings(int channels, int seconds, List<Integer> rates, PvaOptions pva) {
    public Settings {
      rates = List.copyOf(rates);
    }
  }

  /**
   * What became of one rate.
   *
   * @param offeredPerSecond updates a second asked of the server
   * @param balance what became of every sample
   * @param carriedPerSecond stored, by the time from the first post to the last commit
   * @param drainSeconds from the last post to the last commit; one second is the resolution
   * @param sourceToKafkaMs from the making of an update to Kafka's acknowledgement, ms
   */
  public record Step(
      int offeredPerSecond,
      Balance balance,
      double carriedPerSecond,
      double drainSeconds,
      Percentiles.Spread sourceToKafkaMs) {}

  /**
   * All of it.
   *
   * @param settings what was offered
   * @param steps one per rate
   * @param bestLosslessPerSecond the most that was carried with nothing left out; 0 for none
   * @param stored samples stored in all, as the archive counted
   * @param retrievable samples that the archive gave back afterwards
   * @param usedMebibytes heap in use at the end, of this process alone
   */
  public record Result(
      Settings settings,
      List<Step> steps,
      double bestLosslessPerSecond,
      long stored,
      long retrievable,
      long usedMebibytes) {
    public Result {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Runs the benchmark; starts a broker and a database in a folder that is deleted afterwards.
   *
   * @param version version of the running code
   * @param progress takes a line about how far it is
   * @throws IOException if a part cannot be started
   */
  public static Report run(Settings settings, String version, Consumer<String> progress)
      throws IOException, InterruptedException {
    BenchProvenance provenance = BenchProvenance.now(version, settings.toString(), 1, "");
    Path folder = Files.createTempDirectory("orrery-bench-ingest");
    try {
      Result result = measure(settings, folder, progress);
      boolean whole =
          result.retrievable() == result.stored()
              && result.steps().stream().allMatch(step -> step.balance().unaccounted() == 0);
      return new Report("ingest", whole, provenance, result, IngestLines.of(result));
    } finally {
      delete(folder);
    }
  }

  private static Result measure(Settings settings, Path folder, Consumer<String> progress)
      throws IOException, InterruptedException {
    Acknowledgements acks = new Acknowledgements();
    progress.accept("starting the broker, the database and %d PVs".formatted(settings.channels()));
    try (IngestRig rig =
        IngestRig.start(folder, settings.channels(), settings.pva(), acks.listener())) {
      settle(rig, settings.channels());
      List<Step> steps = new ArrayList<>();
      for (int rate : settings.rates()) {
        Step step = step(rig, acks, rate, Duration.ofSeconds(settings.seconds()));
        steps.add(step);
        progress.accept("offered %,d/s, carried %,.0f/s".formatted(rate, step.carriedPerSecond()));
      }
      double best =
          steps.stream()
              .filter(step -> step.balance().lossless())
              .mapToDouble(Step::carriedPerSecond)
              .max()
              .orElse(0);
      Runtime runtime = Runtime.getRuntime();
      return new Result(
          settings,
          steps,
          best,
          rig.loss("archive").out(),
          rig.retrievable(),
          (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
  }

  private static Step step(IngestRig rig, Acknowledgements acks, int rate, Duration duration)
      throws InterruptedException {
    Counts before = Counts.of(rig);
    Percentiles delays = acks.start();
    long start = System.nanoTime();
    long posted = rig.source().run(rate, duration);
    long end = System.nanoTime();
    long drained = settle(rig, 0);
    Balance balance = Balance.between(before, Counts.of(rig), posted);
    return new Step(
        rate,
        balance,
        balance.stored() / ((drained - start) * 1e-9),
        Math.max(0, (drained - end) * 1e-9),
        acks.stop(delays));
  }

  /**
   * Waits until nothing moves any more.
   *
   * @param atLeast how many samples must have been stored
   * @return when the last movement was seen, {@link System#nanoTime}
   */
  static long settle(IngestRig rig, long atLeast) throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    Counts last = Counts.of(rig);
    long moved = System.nanoTime();
    while (System.nanoTime() < deadline) {
      Thread.sleep(LOOK_EVERY_MS);
      Counts now = Counts.of(rig);
      if (!now.equals(last)) {
        last = now;
        moved = System.nanoTime();
      }
      boolean quiet = System.nanoTime() - moved > QUIET.toNanos();
      if (quiet && now.archive().out() >= atLeast && now.archive().pending() == 0) {
        return moved;
      }
    }
    return moved;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Times from the making of an update to its acknowledgement. Thread-safe. */
  private static final class Acknowledgements {
    private Percentiles current = new Percentiles();

    AckListener listener() {
      return (sample, at) -> {
        long now = System.currentTimeMillis();
        synchronized (this) {
          current.add(now - sample.sourceTimeNs() * 1e-6);
        }
      };
    }

    synchronized Percentiles start() {
      current = new Percentiles();
      return current;
    }

    synchronized Percentiles.Spread stop(Percentiles delays) {
      return delays.spread();
    }
  }
}
