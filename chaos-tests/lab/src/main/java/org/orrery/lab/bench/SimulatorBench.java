package org.orrery.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.plant.Scale;

/** How fast the bare stand-in detector lives, and what it takes, at several scales. Stateless. */
public final class SimulatorBench {
  private static final long START_NS = 1_700_000_000_000_000_000L;
  private static final long SLICE_NS = 10_000_000_000L;
  private static final long LEAST_RUN_NS = 8_000_000_000L;

  private SimulatorBench() {}

  /**
   * One scale.
   *
   * @param name of the scale
   * @param channels how many channels
   * @param timesRealTime plant time lived, by the time that it took
   * @param readingsPerSecond readings given, by the time that it took, 1/s
   * @param usedMebibytes heap that the detector holds
   * @param plantHours plant time lived, h
   */
  public record Row(
      String name,
      int channels,
      double timesRealTime,
      double readingsPerSecond,
      double usedMebibytes,
      double plantHours) {}

  /** Runs all scales, one after the other, each on one thread, for some seconds. */
  public static Report run(long seed, String version, Consumer<String> progress) {
    Map<String, Scale> scales = new LinkedHashMap<>();
    scales.put("bench", Scale.bench());
    scales.put("reference", Scale.reference());
    scales.put("large", Scale.large());
    scales.put("module", Scale.duneModule());
    BenchProvenance provenance = BenchProvenance.now(version, scales.toString(), seed, "");
    List<Row> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Scale> scale : scales.entrySet()) {
      progress.accept("scale " + scale.getKey());
      Row row = measure(scale.getKey(), scale.getValue(), seed);
      rows.add(row);
      lines.add(
          "%-10s %,8d channels  %,12.0f x real time  %,14.0f readings/s  %,8.1f MiB"
              .formatted(
                  row.name(),
                  row.channels(),
                  row.timesRealTime(),
                  row.readingsPerSecond(),
                  row.usedMebibytes()));
    }
    return new Report("simulator", true, provenance, rows, lines);
  }

  private static Row measure(String name, Scale scale, long seed) {
    long before = used();
    DetectorSimulator simulator =
        new DetectorSimulator(SimulatorConfig.scaled(seed, scale), START_NS);
    double held = Math.max(0, used() - before) / 1_048_576.0;
    var unusedWhileTheCompilerWarmsUp = live(simulator, LEAST_RUN_NS / 4);
    long plantNs = simulator.timeNs();
    long startNs = System.nanoTime();
    long readings = live(simulator, LEAST_RUN_NS);
    double seconds = (System.nanoTime() - startNs) * 1e-9;
    double lived = (simulator.timeNs() - plantNs) * 1e-9;
    return new Row(
        name,
        simulator.channels().size(),
        lived / seconds,
        readings / seconds,
        held,
        lived / 3_600.0);
  }

  private static long live(DetectorSimulator simulator, long wallNs) {
    long readings = 0;
    long startNs = System.nanoTime();
    while (System.nanoTime() - startNs < wallNs) {
      readings += simulator.step(simulator.timeNs() + SLICE_NS).size();
    }
    return readings;
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
