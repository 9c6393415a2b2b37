package org.orrery.lab.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.orrery.archive.ArchiveModule;
import org.orrery.archive.core.Retention;
import org.orrery.contract.facility.Facility;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.BenchProvenance;
import org.orrery.lab.bench.Report;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/**
 * Fills a year of generated samples into the archive's store, on its own PostgreSQL or on a site's
 * server, then asks. Goes on where it was stopped. Stateless.
 */
public final class StoreBench {
  private static final int READY_SECONDS = 180;

  private StoreBench() {}

  /**
   * What is measured.
   *
   * @param samples how many in all
   * @param channels how many channels they belong to, one after the other
   * @param data where the own database lies, also afterwards, and what the run was
   * @param site a database that holds nothing else, instead of the own one
   */
  public record Settings(long samples, int channels, Path data, Optional<StoreConfig.Site> site) {}

  /**
   * Filling, of this run.
   *
   * @param stored samples that this run stored
   * @param seconds that it took, with everything
   * @param perSecond samples stored a second; 0 where nothing was left to store
   * @param slowestPart the same of the slowest tenth
   * @param upkeepSeconds for how many of them old pieces were compressed beside it; 0 where the
   *     engine has no such thing
   */
  public record Filling(
      long stored, double seconds, double perSecond, double slowestPart, double upkeepSeconds) {}

  /**
   * What lies on disk.
   *
   * @param samples rows, as the roll-ups count them
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
   * @param engine beneath the archive
   * @param filling of this run
   * @param size in the end
   * @param questions in the end
   */
  public record Result(String engine, Filling filling, Size size, List<Question> questions) {}

  /**
   * Runs it.
   *
   * @throws BadInputException when the folder holds another run
   */
  public static Report run(Settings settings, String version, Consumer<String> progress)
      throws IOException, InterruptedException, BadInputException {
    String configuration =
        "samples=%d channels=%d batch=%d seed=%d"
            .formatted(
                settings.samples(), settings.channels(), StoreFill.BATCH, GeneratedYear.SEED);
    check(settings, configuration);
    BenchProvenance provenance =
        BenchProvenance.now(version, configuration, GeneratedYear.SEED, "");
    GeneratedYear year = new GeneratedYear(settings.samples(), settings.channels());
    try (Store store = Store.start(config(settings))) {
      store.ready().get(READY_SECONDS, TimeUnit.SECONDS);
      Facility nothing =
          new Facility("bench", "Bench", "UTC", true, List.of("X"), List.of(), Map.of());
      ArchiveModule.Direct archive =
          ArchiveModule.direct(store, Retention.of(nothing, 0, List.of()));
      String engine = archive.engine();
      StoreUpkeep upkeep = upkeep(engine, settings, store.room("archive"));
      Filling filling = StoreFill.fill(year, archive, upkeep, progress);
      progress.accept("tidying up");
      upkeep.analyse();
      Size size = upkeep.size();
      List<Question> questions = StoreQuestions.ask(year, archive, progress);
      Result result = new Result(engine, filling, size, questions);
      boolean whole = size.samples() == settings.samples();
      return new Report("store", whole, provenance, result, lines(settings, result));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the database did not start or answer", e);
    }
  }

  private static StoreConfig config(Settings settings) {
    return settings.site().isPresent()
        ? settings.site().get()
        : StoreConfig.Embedded.in(settings.data().resolve("postgres"));
  }

  private static StoreUpkeep upkeep(String engine, Settings settings, Database database) {
    return settings.site().isPresent() && engine.equals("TimescaleDB")
        ? new StoreUpkeep.Timescale(database, new TimescaleJobs(settings.site().get()))
        : new StoreUpkeep.Postgres(database);
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

  private static List<String> lines(Settings settings, Result result) {
    List<String> lines = new ArrayList<>();
    Filling filling = result.filling();
    lines.add(
        "%s: %,d samples of %d channels over a year; this run stored %,d in %,.0f s"
            .formatted(
                result.engine(),
                result.size().samples(),
                settings.channels(),
                filling.stored(),
                filling.seconds()));
    if (filling.stored() > 0) {
      lines.add(
          "  %,.0f samples/s, the slowest tenth %,.0f"
              .formatted(filling.perSecond(), filling.slowestPart()));
      if (filling.upkeepSeconds() >= 1) {
        lines.add(
            "  for %,.0f s of it old pieces were compressed beside"
                .formatted(filling.upkeepSeconds()));
      }
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
