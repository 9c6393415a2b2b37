package org.orrery.twin;

import io.vertx.core.Deployable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.orrery.bus.RoomContext;
import org.orrery.twin.bench.TwinBench;
import org.orrery.twin.runtime.TwinVerticle;

/** Makes the twin's room. Stateless. */
public final class TwinModule {
  private TwinModule() {}

  /**
   * A verticle that listens to the sample feed, publishes {@code TwinState} after every step and a
   * {@code Diagnosis} for every finding, and serves rehearsals and forecasts. Deploy one instance,
   * on an event loop. It needs neither broker nor database.
   */
  public static Deployable create(RoomContext room, TwinConfig config) {
    return new TwinVerticle(room, config);
  }

  /**
   * Measures the backends at 64, 1024 and 16384 members; about 25 s.
   *
   * @param folder where a backend may unpack native libraries
   * @param progress told of each row as it is measured
   */
  public static List<BenchmarkRow> benchmark(Path folder, Consumer<String> progress) {
    return TwinBench.run(folder, progress);
  }

  /**
   * One measurement.
   *
   * @param backend the backend's name
   * @param members size of the ensemble
   * @param memberStepsPerSecond steps of 10 s of plant time, summed over members, per wall second
   * @param allocatedBytesPerStep Java heap allocated per step of the whole ensemble
   * @param residentBytes growth of the process over the measurement, native memory included
   */
  public record BenchmarkRow(
      String backend,
      int members,
      double memberStepsPerSecond,
      double allocatedBytesPerStep,
      long residentBytes) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-8s %6d members  %10.3g member-steps/s  %9.0f B heap per step  %6.1f MB resident",
          backend,
          members,
          memberStepsPerSecond,
          allocatedBytesPerStep,
          residentBytes / 1e6);
    }
  }
}
