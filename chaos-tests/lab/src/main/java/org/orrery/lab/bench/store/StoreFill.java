package org.orrery.lab.bench.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.orrery.archive.ArchiveModule;
import org.orrery.contract.sample.Sample;

/**
 * Stores a generated year, a batch a transaction, from where an earlier run was stopped: how far it
 * is stands in the database, in the transaction that stored the samples before it. One thread
 * stores, as in the archive; beside it the next batch is made, and the engine keeps itself up, as
 * its scheduler does. Stateless.
 */
final class StoreFill {
  static final int BATCH = 20_000;
  private static final int PARTS = 10;

  /** The source under which the archive keeps how far it is. */
  private static final String SOURCE = "bench";

  private StoreFill() {}

  /**
   * Goes on to the end.
   *
   * @param upkeep what the engine does as time passes; told once a plant day, from another thread
   * @return of this run
   */
  static StoreBench.Filling fill(
      GeneratedYear year,
      ArchiveModule.Direct archive,
      StoreUpkeep upkeep,
      Consumer<String> progress) {
    try (ExecutorService beside = Executors.newFixedThreadPool(2)) {
      Upkeep keeping = new Upkeep(upkeep, beside);
      long at = archive.stored(SOURCE);
      if (at > 0) {
        progress.accept("going on at %,d of %,d".formatted(at, year.samples()));
      }
      long begun = at;
      long part = Math.max(BATCH, (year.samples() - at) / PARTS);
      long partFrom = at;
      long beginNs = System.nanoTime();
      long partNs = beginNs;
      double slowest = Double.POSITIVE_INFINITY;
      CompletableFuture<List<Sample>> next = making(year, at, beside);
      while (at < year.samples()) {
        List<Sample> batch = next.join();
        next = making(year, at + batch.size(), beside);
        archive.store(SOURCE, batch);
        at += batch.size();
        if (day(year, at) != day(year, at - batch.size())) {
          keeping.at(year.timeNs(at - 1));
        }
        if (at == year.samples()) {
          keeping.finish(year.timeNs(at - 1));
        }
        if (at - partFrom >= part || at == year.samples()) {
          long nowNs = System.nanoTime();
          double rate = (at - partFrom) * 1e9 / (nowNs - partNs);
          slowest = Math.min(slowest, rate);
          progress.accept("%,d of %,d samples, %,.0f/s".formatted(at, year.samples(), rate));
          partFrom = at;
          partNs = nowNs;
        }
      }
      long stored = at - begun;
      double seconds = (System.nanoTime() - beginNs) * 1e-9;
      return stored == 0
          ? new StoreBench.Filling(0, 0, 0, 0, 0)
          : new StoreBench.Filling(
              stored, seconds, stored / seconds, slowest, keeping.busyNs * 1e-9);
    }
  }

  private static CompletableFuture<List<Sample>> making(
      GeneratedYear year, long from, ExecutorService beside) {
    return CompletableFuture.supplyAsync(() -> year.batch(from, BATCH), beside);
  }

  private static long day(GeneratedYear year, long number) {
    return (year.timeNs(number) - GeneratedYear.START_NS) / GeneratedYear.DAY_NS;
  }

  /** One after the other, beside the storing, which waits where it is a day behind. */
  private static final class Upkeep {
    private final StoreUpkeep upkeep;
    private final ExecutorService beside;
    private CompletableFuture<Void> going = CompletableFuture.completedFuture(null);
    private long busyNs;

    private Upkeep(StoreUpkeep upkeep, ExecutorService beside) {
      this.upkeep = upkeep;
      this.beside = beside;
    }

    private void at(long nowNs) {
      going.join();
      going =
          CompletableFuture.runAsync(
              () -> {
                long startNs = System.nanoTime();
                upkeep.at(nowNs);
                busyNs += System.nanoTime() - startNs;
              },
              beside);
    }

    private void finish(long nowNs) {
      at(nowNs);
      going.join();
    }
  }
}
