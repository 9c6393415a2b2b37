package org.orrery.archive.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.orrery.archive.Samples;
import org.orrery.store.Database;
import org.orrery.store.Store;

/**
 * Prints how many samples per second one writer stores durably, and what a sample takes on disk.
 */
public final class CopyRateDemo {
  private CopyRateDemo() {}

  /**
   * Runs it.
   *
   * @param arguments samples in all, samples per batch, channels
   */
  public static void main(String[] arguments) throws Exception {
    int total = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int perBatch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    int channels = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 300;
    try (Store store = Servers.start(Files.createTempDirectory(Path.of("target"), "copy-rate"))) {
      Database database = store.room("archive");
      LogPositions positions = new LogPositions(database, "demo", "demo");
      positions.load(Map.of(0, 0L));
      SampleWriter writer = new SampleWriter(database, new ChannelNumbers(database));
      Random random = new Random(1);
      long busyNs = 0;
      for (int from = 0; from < total; from += perBatch) {
        Batch batch = new Batch();
        for (int i = from; i < from + perBatch; i++) {
          int sequence = i / channels;
          batch.add(
              Samples.number(
                  "demo.c" + i % channels,
                  Samples.T0 + sequence * 100_000_000L,
                  sequence,
                  random.nextGaussian()),
              false);
        }
        batch.cover(0, from, from + perBatch);
        long startNs = System.nanoTime();
        writer.write(batch, positions);
        busyNs += System.nanoTime() - startNs;
      }
      double bytes =
          Servers.count(
              database,
              "select sum(pg_total_relation_size(inhrelid)) from pg_inherits"
                  + " where inhparent = 'sample'::regclass");
      double heap =
          Servers.count(
              database,
              "select sum(pg_relation_size(inhrelid)) from pg_inherits"
                  + " where inhparent = 'sample'::regclass");
      System.out.printf(
          "%d samples of %d channels, batches of %d: %.0f samples/s, %.1f bytes per sample"
              + " (%.1f table, %.1f index)%n",
          total,
          channels,
          perBatch,
          total / (busyNs / 1e9),
          bytes / total,
          heap / total,
          (bytes - heap) / total);
    }
  }
}
