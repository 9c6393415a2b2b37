package org.orrery.lab.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.orrery.archive.ArchiveModule;
import org.orrery.archive.core.Retention;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.BenchProvenance;
import org.orrery.lab.bench.Report;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/**
 * Fills a year of generated samples into the archive's store on its own PostgreSQL, then asks. Goes
 * on where it was stopped: how far it is stands in the database, in the transaction that stored the
 * samples before it. Stateless.
 */
public final class StoreBench {
  /** 2025-01-01T00:00:00Z, plant ns. */
  private static final long START_NS = 1_735_689_600_000_000_000L;

  private static final long HOUR_NS = 3_600_000_000_000L;
  private static final long DAY_NS = 24 * HOUR_NS;
  private static final long YEAR_NS = 365 * DAY_NS;
  private static final int BATCH = 20_000;
  private static final int READY_SECONDS = 180;
  private static final int REPEATS = 7;
  private static final int POINTS = 1_000;
  private static final int PARTS = 10;
  private static final long SEED = 20_261_128;

  private StoreBench() {}

  /**
   * What is measured.
   *
   * @param samples how many in all
   * @param channels how many channels they belong to, one after the other
   * @param data where the database lies, also afterwards
   */
  public record Settings(long samples, int channels, Path data) {}

  /**
   * Filling, of this run.
   *
   * @param stored samples that this run stored
   * @param seconds that storing took, the making of samples not counted
   * @param perSecond samples stored a second; 0 where nothing was left to store
   * @param slowestPart the same of the slowest tenth
   */
  public record Filling(long stored, double seconds, double perSecond, double slowestPart) {}

  /**
   * What lies on disk.
   *
   * @param samples rows, as the hourly roll-ups count them
   * @param bytesPerSample table and index, bytes
   * @param indexBytesPerSample index alone, bytes
   * @param rollupBytesPerSample both tables of roll-ups, bytes
   */
  public record Size(
      long samples,
      double bytesPerSample,
      double indexBytesPerSample,
      double rollupBytesPerSample) {}

  /**
   * A question.
   *
   * @param what in words
   * @param points points of all its answers
   * @param medianMs median of several places in the year, wall ms
   * @param slowestMs slowest of them, wall ms
   */
  public record Question(String what, long points, double medianMs, double slowestMs) {}

  /**
   * All of it.
   *
   * @param filling of this run
   * @param size in the end
   * @param questions in the end
   */
  public record Result(Filling filling, Size size, List<Question> questions) {}

  /**
   * Runs it.
   *
   * @throws BadInputException when the folder holds another run
   */
  public static Report run(Settings settings, String version, Consumer<String> progress)
      throws IOException, InterruptedException, BadInputException {
    String configuration =
        "samples=%d channels=%d batch=%d seed=%d"
            .formatted(settings.samples(), settings.channels(), BATCH, SEED);
    check(settings, configuration);
    BenchProvenance provenance = BenchProvenance.now(version, configuration, SEED, "");
    try (Store store = Store.start(StoreConfig.Embedded.in(settings.data().resolve("postgres")))) {
      store.ready().get(READY_SECONDS, TimeUnit.SECONDS);
      Facility nothing =
          new Facility("bench", "Bench", "UTC", true, List.of("X"), List.of(), Map.of());
      ArchiveModule.Direct archive =
          ArchiveModule.direct(store, Retention.of(nothing, 0, List.of()));
      Filling filling = fill(settings, archive, progress);
      progress.accept("tidying up");
      analyse(store.room("archive"));
      Size size = size(store.room("archive"));
      List<Question> questions = ask(settings, archive, progress);
      Result result = new Result(filling, size, questions);
      boolean whole = size.samples() == settings.samples();
      return new Report("store", whole, provenance, result, lines(settings, result));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("PostgreSQL did not start in " + settings.data(), e);
    }
  }

  private static void check(Settings settings, String configuration)
      throws IOException, BadInputException {
    if (settings.samples() < 1 || settings.channels() < 1) {
      throw new BadInputException(List.of("--samples and --channels must be above 0"));
    }
    Files.createDirectories(settings.data());
    Path marker = settings.data().resolve("store-bench.txt");
    if (!Files.exists(marker)) {
      Files.writeString(marker, configuration);
    }
    String before = Files.readString(marker);
    if (!before.equals(configuration)) {
      throw new BadInputException(
          List.of(
              settings.data()
                  + " holds a run with other settings ("
                  + before
                  + "); give the same, or another --data"));
    }
  }

  private static Filling fill(
      Settings settings, ArchiveModule.Direct archive, Consumer<String> progress) {
    long at = archive.stored("bench");
    if (at > 0) {
      progress.accept("going on at %,d of %,d".formatted(at, settings.samples()));
    }
    long begun = at;
    long busyNs = 0;
    long part = Math.max(BATCH, (settings.samples() - at) / PARTS);
    long partFrom = at;
    long partNs = 0;
    double slowest = Double.POSITIVE_INFINITY;
    while (at < settings.samples()) {
      List<Sample> batch = batch(settings, at);
      long startNs = System.nanoTime();
      archive.store("bench", batch);
      long tookNs = System.nanoTime() - startNs;
      at += batch.size();
      busyNs += tookNs;
      partNs += tookNs;
      if (at - partFrom >= part || at == settings.samples()) {
        double rate = (at - partFrom) * 1e9 / partNs;
        slowest = Math.min(slowest, rate);
        progress.accept("%,d of %,d samples, %,.0f/s".formatted(at, settings.samples(), rate));
        partFrom = at;
        partNs = 0;
      }
    }
    long stored = at - begun;
    return new Filling(
        stored, busyNs * 1e-9, stored == 0 ? 0 : stored * 1e9 / busyNs, stored == 0 ? 0 : slowest);
  }

  /** The same whenever it is made: a slow wave with noise, of one channel after the other. */
  private static List<Sample> batch(Settings settings, long from) {
    SplittableRandom random = new SplittableRandom(SEED + from);
    int size = (int) Math.min(BATCH, settings.samples() - from);
    long perChannel = Math.ceilDiv(settings.samples(), (long) settings.channels());
    List<Sample> batch = new ArrayList<>(size);
    for (long i = from; i < from + size; i++) {
      int channel = (int) (i % settings.channels());
      long step = i / settings.channels();
      long timeNs = START_NS + Math.round((double) YEAR_NS / perChannel * step);
      double wave = Math.sin(step * 1e-3 + channel);
      batch.add(
          new Sample(
              channel(channel),
              Value.of(87.3 + 0.05 * wave + 0.001 * random.nextGaussian()),
              Severity.NONE,
              "",
              timeNs,
              timeNs + 5_000_000,
              Quality.GOOD,
              0,
              step));
    }
    return batch;
  }

  private static ChannelId channel(int number) {
    return new ChannelId("bench.c" + number);
  }

  /** Table by table: the whole of a large store would take longer than a statement may. */
  private static void analyse(Database database) {
    List<String> tables =
        database.inTransaction(
            connection -> {
              List<String> names = new ArrayList<>(List.of("rollup", "rollup_hour"));
              try (Statement statement = connection.createStatement();
                  ResultSet row =
                      statement.executeQuery(
                          "select relid::regclass::text from pg_partition_tree('sample')"
                              + " where isleaf")) {
                while (row.next()) {
                  names.add(row.getString(1));
                }
              }
              return names;
            });
    for (String table : tables) {
      database.runInTransaction(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("analyze " + table);
            }
          });
    }
  }

  private static Size size(Database database) {
    return database.inTransaction(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select (select sum(n)::bigint from rollup_hour),"
                          + " (select sum(pg_total_relation_size(relid)) from"
                          + " pg_partition_tree('sample') where isleaf),"
                          + " (select sum(pg_indexes_size(relid)) from"
                          + " pg_partition_tree('sample') where isleaf),"
                          + " pg_total_relation_size('rollup')"
                          + " + pg_total_relation_size('rollup_hour')")) {
            row.next();
            double samples = row.getLong(1);
            return new Size(
                row.getLong(1),
                row.getLong(2) / samples,
                row.getLong(3) / samples,
                row.getLong(4) / samples);
          }
        });
  }

  private static List<Question> ask(
      Settings settings, ArchiveModule.Direct archive, Consumer<String> progress) {
    Resolution optimised = new Resolution.Optimised(POINTS);
    int many = Math.min(50, settings.channels());
    List<Question> questions = new ArrayList<>();
    for (int channels : many == 1 ? new int[] {1} : new int[] {1, many}) {
      questions.add(ask("1 h raw", channels, HOUR_NS, new Resolution.Raw(100_000), archive));
      questions.add(ask("1 h", channels, HOUR_NS, optimised, archive));
      questions.add(ask("1 day", channels, DAY_NS, optimised, archive));
      questions.add(ask("30 days", channels, 30 * DAY_NS, optimised, archive));
      questions.add(ask("1 year", channels, YEAR_NS, optimised, archive));
      progress.accept("asked about " + channels + " channels");
    }
    return questions;
  }

  /** At places spread over the year, so that the first of each meets pages that nobody has read. */
  private static Question ask(
      String span, int channels, long spanNs, Resolution how, ArchiveModule.Direct archive) {
    double[] ms = new double[REPEATS];
    long points = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long from = START_NS + (YEAR_NS - spanNs) / REPEATS * repeat;
      long startNs = System.nanoTime();
      points = 0;
      for (int channel = 0; channel < channels; channel++) {
        points +=
            archive
                .read(new HistoryQuery(channel(channel), from, from + spanNs, how))
                .points()
                .size();
      }
      ms[repeat] = (System.nanoTime() - startNs) * 1e-6;
    }
    Arrays.sort(ms);
    return new Question(
        span + " of " + channels + (channels == 1 ? " channel" : " channels"),
        points,
        ms[REPEATS / 2],
        ms[REPEATS - 1]);
  }

  private static List<String> lines(Settings settings, Result result) {
    List<String> lines = new ArrayList<>();
    Filling filling = result.filling();
    lines.add(
        "%,d samples of %d channels over a year; this run stored %,d in %,.0f s"
            .formatted(
                result.size().samples(), settings.channels(), filling.stored(), filling.seconds()));
    if (filling.stored() > 0) {
      lines.add(
          "  %,.0f samples/s, the slowest tenth %,.0f"
              .formatted(filling.perSecond(), filling.slowestPart()));
    }
    lines.add(
        "  %.1f bytes per sample (%.1f of it index), and %.1f of roll-ups"
            .formatted(
                result.size().bytesPerSample(),
                result.size().indexBytesPerSample(),
                result.size().rollupBytesPerSample()));
    for (Question question : result.questions()) {
      lines.add(
          "  %-24s %,8d points   median %,9.1f ms   slowest %,9.1f ms"
              .formatted(
                  question.what(), question.points(), question.medianMs(), question.slowestMs()));
    }
    return lines;
  }
}
