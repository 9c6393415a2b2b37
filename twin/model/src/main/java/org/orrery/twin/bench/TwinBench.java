package org.orrery.twin.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.orrery.twin.TwinModule.BenchmarkRow;
import org.orrery.twin.backend.array.BlockBackend;
import org.orrery.twin.backend.array.FusedBackend;
import org.orrery.twin.backend.djl.DjlBackend;
import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.model.StateVariable;

/** Member-steps per second of each backend at each size, and what it costs in memory. Stateless. */
public final class TwinBench {
  private static final int[] SIZES = {64, 1024, 16384};
  private static final long WARM_UP_NS = 700_000_000L;
  private static final long MEASURE_NS = 1_500_000_000L;
  private static final long PAGE_BYTES = 4096;

  private TwinBench() {}

  /**
   * Runs all of it, about 25 s.
   *
   * @param folder where a backend may unpack native libraries
   * @param progress told of each line as it is measured
   */
  public static List<BenchmarkRow> run(Path folder, Consumer<String> progress) {
    List<BatchBackend> backends = new ArrayList<>(List.of(new BlockBackend(), new FusedBackend()));
    DjlBackend.open(folder, false).ifPresent(backends::add);
    List<BenchmarkRow> rows = new ArrayList<>();
    for (BatchBackend backend : backends) {
      for (int size : SIZES) {
        BenchmarkRow row = measure(backend, size);
        rows.add(row);
        progress.accept(row.toString());
      }
      backend.close();
    }
    return rows;
  }

  private static BenchmarkRow measure(BatchBackend backend, int members) {
    double[][] states = states(members);
    double[] inputs = new double[InputVariable.values().length];
    for (InputVariable input : InputVariable.values()) {
      inputs[input.ordinal()] = input.usual();
    }
    long residentBefore = residentBytes();
    try (ModelRunner runner = new ModelRunner(LarModel.reference(), backend)) {
      int chunk = Math.max(1, 20_000 / members);
      time(runner, states, inputs, members, chunk, WARM_UP_NS);
      long allocatedBefore = allocatedBytes();
      double[] done = time(runner, states, inputs, members, chunk, MEASURE_NS);
      long allocated = allocatedBytes() - allocatedBefore;
      double perSecond = done[0] * members / done[1];
      return new BenchmarkRow(
          backend.name(),
          members,
          perSecond,
          allocated / done[0],
          Math.max(0, residentBytes() - residentBefore));
    }
  }

  /** Steps made, and seconds taken. */
  private static double[] time(
      ModelRunner runner, double[][] states, double[] inputs, int members, int chunk, long forNs) {
    long steps = 0;
    long start = System.nanoTime();
    long elapsed = 0;
    while (elapsed < forNs) {
      runner.advance(states, inputs, members, chunk);
      steps += chunk;
      elapsed = System.nanoTime() - start;
    }
    return new double[] {steps, elapsed * 1e-9};
  }

  private static double[][] states(int members) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] states = new double[StateVariable.count()][members];
    for (StateVariable variable : StateVariable.values()) {
      double spread = 0.1 * variable.priorDeviation();
      Arrays.setAll(
          states[variable.ordinal()],
          m -> variable.clamp(variable.priorMean() + spread * random.nextGaussian()));
    }
    return states;
  }

  private static long allocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }

  /** Memory of the process that is in use, native memory included; 0 where it cannot be read. */
  private static long residentBytes() {
    try {
      String[] words = Files.readString(Path.of("/proc/self/statm")).split(" ");
      return Long.parseLong(words[1]) * PAGE_BYTES;
    } catch (IOException e) {
      return 0;
    }
  }
}
