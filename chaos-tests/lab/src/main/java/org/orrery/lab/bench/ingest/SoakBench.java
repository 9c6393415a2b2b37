package org.orrery.lab.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.orrery.bus.kafka.AckListener;
import org.orrery.epics.client.PvaOptions;
import org.orrery.lab.bench.BenchProvenance;
import org.orrery.lab.bench.Percentiles;
import org.orrery.lab.bench.Report;

/**
 * Carries samples from PVs into the archive at one rate for a long time: is every one accounted
 * for, does memory stay flat, how long until a reader can see a sample. Stateless.
 */
public final class SoakBench {
  private static final Duration SLICE = Duration.ofSeconds(60);

  private SoakBench() {}

  /**
   * What is offered.
   *
   * @param channels how many PVs
   * @param perSecond updates a second of all of them together
   * @param seconds how long
   * @param pva the pvAccess client that the gateway uses
   * @param folder where broker and database keep their files; deleted afterwards
   * @param log takes one line a minute as it passes, so that a run that was cut short can be read
   */
  public record Settings(
      int channels, int perSecond, int seconds, PvaOptions pva, Path folder, Path log) {}

  /**
   * Memory at one time.
   *
   * @param heapFloorMebibytes least heap in use since the point before
   * @param childrenMebibytes memory of the child processes (broker, database) that no file backs
   */
  public record Memory(long heapFloorMebibytes, long childrenMebibytes) {}

  /**
   * What became of it.
   *
   * @param client the pvAccess client that the gateway used
   * @param channels how many PVs
   * @param perSecond updates a second of all of them together
   * @param seconds how long
   * @param balance what became of every sample
   * @param rows rows in the archive's table, counted in the database after the end
   * @param carriedPerSecond stored, by the time from the first post to the last commit
   * @param sourceToReaderMs from the making of an update until a reader of the archive gets it, of
   *     some channels, ms; {@link ReaderProbe#POLL_MS} is the resolution
   * @param sourceToReader999Ms 99.9 % of them do not exceed it, ms
   * @param memory how memory went
   * @param flat whether it stayed flat, see {@link MemoryTrail#flat}
   */
  public record Result(
      String client,
      int channels,
      int perSecond,
      int seconds,
      Balance balance,
      long rows,
      double carriedPerSecond,
      Percentiles.Spread sourceToReaderMs,
      double sourceToReader999Ms,
      List<Memory> memory,
      boolean flat) {
    public Result {
      memory = List.copyOf(memory);
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param version version of the running code
   * @param progress takes a line about how far it is
   * @throws IOException if a part cannot be started
   */
  public static Report run(Settings settings, String version, Consumer<String> progress)
      throws IOException, InterruptedException {
    BenchProvenance provenance =
        BenchProvenance.now(
            version,
            "channels=%d perSecond=%d seconds=%d client=%s"
                .formatted(
                    settings.channels(),
                    settings.perSecond(),
                    settings.seconds(),
                    settings.pva().client()),
            1,
            "");
    Files.createDirectories(settings.folder());
    try {
      Result result = measure(settings, progress);
      boolean passed =
          result.balance().unaccounted() == 0
              && result.rows() >= result.balance().stored()
              && result.flat();
      return new Report("soak", passed, provenance, result, lines(result));
    } finally {
      IngestBench.delete(settings.folder());
    }
  }

  private static Result measure(Settings settings, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("starting the broker, the database and %d PVs".formatted(settings.channels()));
    try (IngestRig rig =
        IngestRig.start(settings.folder(), settings.channels(), settings.pva(), AckListener.NONE)) {
      long unusedSettled = IngestBench.settle(rig, settings.channels());
      Counts before = Counts.of(rig);
      long start = System.nanoTime();
      MemoryTrail memory = new MemoryTrail();
      Percentiles delays;
      long posted = 0;
      try (ReaderProbe probe = ReaderProbe.start(rig.room())) {
        for (long left = settings.seconds(); left > 0; left -= SLICE.toSeconds()) {
          Duration slice = Duration.ofSeconds(Math.min(left, SLICE.toSeconds()));
          posted += rig.source().run(settings.perSecond(), slice);
          Memory point = memory.take();
          String line = line(start, posted, Counts.of(rig), before, point);
          progress.accept(line);
          Files.writeString(
              settings.log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        long unusedQuiet = IngestBench.settle(rig, 0);
        delays = probe.delays();
      }
      memory.close();
      long drained = IngestBench.settle(rig, 0);
      Balance balance = Balance.between(before, Counts.of(rig), posted);
      return new Result(
          settings.pva().client(),
          settings.channels(),
          settings.perSecond(),
          settings.seconds(),
          balance,
          rig.rows(),
          balance.stored() / ((drained - start) * 1e-9),
          delays.spread(),
          delays.at(0.999),
          memory.points(),
          memory.flat());
    }
  }

  private static String line(long start, long posted, Counts now, Counts before, Memory memory) {
    return String.format(
        Locale.ROOT,
        "%,.0f s: %,d posted, %,d stored, %,d merged, %,d squashed, %,d pending; heap %,d MiB,"
            + " other processes %,d MiB",
        (System.nanoTime() - start) * 1e-9,
        posted,
        now.archive().out() - before.archive().out(),
        now.merged() - before.merged(),
        now.feed().squashed() - before.feed().squashed(),
        now.archive().pending(),
        memory.heapFloorMebibytes(),
        memory.childrenMebibytes());
  }

  private static List<String> lines(Result result) {
    Balance balance = result.balance();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %,d PVs, %,d updates/s offered for %,d s"
            .formatted(result.client(), result.channels(), result.perSecond(), result.seconds()));
    lines.add(
        "posted %,d = stored %,d + merged by the server %,d + cut off %,d + squashed %,d + dropped"
                .formatted(
                    balance.posted(),
                    balance.stored(),
                    balance.mergedByServer(),
                    balance.lostDisconnected(),
                    balance.squashed())
            + " %,d; unaccounted %,d".formatted(balance.dropped(), balance.unaccounted()));
    lines.add(
        "%,d disconnections, %,d marks of loss, %,d rows in the table, %,.0f samples/s carried"
            .formatted(
                balance.disconnects(),
                balance.marksOfLoss(),
                result.rows(),
                result.carriedPerSecond()));
    lines.add(
        "from the source to a reader of the archive: p50 %.0f ms, p99 %.0f ms, p99.9 %.0f ms, most"
                .formatted(
                    result.sourceToReaderMs().p50(),
                    result.sourceToReaderMs().p99(),
                    result.sourceToReader999Ms())
            + " %.0f ms, of %,d samples"
                .formatted(result.sourceToReaderMs().max(), result.sourceToReaderMs().count()));
    lines.add(
        result.flat()
            ? "memory stayed flat"
            : "memory did not stay flat, or the run was too short to tell: see 'memory'");
    return lines;
  }
}
