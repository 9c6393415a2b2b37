package org.orrery.lab.bench.store;

import java.util.List;
import java.util.function.Consumer;
import org.orrery.archive.ArchiveModule;
import org.orrery.contract.sample.Sample;

/**
 * Stores a generated year, a batch a transaction, from where an earlier run was stopped: how far it
 * is stands in the database, in the transaction that stored the samples before it. Stateless.
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
   * @param upkeep what the engine does as time passes; told once a plant day
   * @return of this run
   */
  static StoreBench.Filling fill(
      GeneratedYear year,
      ArchiveModule.Direct archive,
      StoreUpkeep upkeep,
      Consumer<String> progress) {
    long at = archive.stored(SOURCE);
    if (at > 0) {
      progress.accept("going on at %,d of %,d".formatted(at, year.samples()));
    }
    long begun = at;
    long part = Math.max(BATCH, (year.samples() - at) / PARTS);
    long partFrom = at;
    long storingNs = 0;
    long upkeepNs = 0;
    long partNs = 0;
    double slowest = Double.POSITIVE_INFINITY;
    while (at < year.samples()) {
      List<Sample> batch = year.batch(at, BATCH);
      long startNs = System.nanoTime();
      archive.store(SOURCE, batch);
      long storedNs = System.nanoTime();
      at += batch.size();
      if (day(year, at) != day(year, at - batch.size()) || at == year.samples()) {
        upkeep.at(year.timeNs(at - 1));
      }
      storingNs += storedNs - startNs;
      upkeepNs += System.nanoTime() - storedNs;
      partNs += storedNs - startNs;
      if (at - partFrom >= part || at == year.samples()) {
        double rate = (at - partFrom) * 1e9 / partNs;
        slowest = Math.min(slowest, rate);
        progress.accept("%,d of %,d samples, %,.0f/s".formatted(at, year.samples(), rate));
        partFrom = at;
        partNs = 0;
      }
    }
    long stored = at - begun;
    return stored == 0
        ? new StoreBench.Filling(0, 0, 0, 0, 0)
        : new StoreBench.Filling(
            stored, storingNs * 1e-9, stored * 1e9 / storingNs, slowest, upkeepNs * 1e-9);
  }

  private static long day(GeneratedYear year, long number) {
    return (year.timeNs(number) - GeneratedYear.START_NS) / GeneratedYear.DAY_NS;
  }
}
