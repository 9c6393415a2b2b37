package org.orrery.lab.bench.ingest;

import java.util.ArrayList;
import java.util.List;

/** The figures of the ingest benchmark for people. Stateless. */
final class IngestLines {
  private static final String ROW = "%9s %9s %8s %8s %9s %8s %9s %9s %12s %7s %16s";

  private IngestLines() {}

  static List<String> of(IngestBench.Result result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d PVs, each rate offered for %d s; counts are samples"
            .formatted(result.settings().channels(), result.settings().seconds()));
    lines.add(
        ROW.formatted(
            "offered/s",
            "posted",
            "merged",
            "cut off",
            "squashed",
            "dropped",
            "stored",
            "carried/s",
            "unaccounted",
            "drain",
            "to Kafka p50/p99"));
    for (IngestBench.Step step : result.steps()) {
      lines.add(
          ROW.formatted(
              number(step.offeredPerSecond()),
              number(step.balance().posted()),
              number(step.balance().mergedByServer()),
              number(step.balance().lostDisconnected()),
              number(step.balance().squashed()),
              number(step.balance().dropped()),
              number(step.balance().stored()),
              "%,.0f".formatted(step.carriedPerSecond()),
              number(step.balance().unaccounted()),
              "%.1f s".formatted(step.drainSeconds()),
              "%.0f/%.0f ms"
                  .formatted(step.sourceToKafkaMs().p50(), step.sourceToKafkaMs().p99())));
    }
    lines.add(
        "the most that was carried with nothing left out: %,.0f samples/s"
            .formatted(result.bestLosslessPerSecond()));
    lines.add(
        "%,d stored, %,d retrievable; %,d MiB of heap in this process"
            .formatted(result.stored(), result.retrievable(), result.usedMebibytes()));
    return lines;
  }

  private static String number(long count) {
    return "%,d".formatted(count);
  }
}
