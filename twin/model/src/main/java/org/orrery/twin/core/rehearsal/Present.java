package org.orrery.twin.core.rehearsal;

import java.util.List;
import java.util.stream.IntStream;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.core.assimilation.EngineSettings;
import org.orrery.twin.core.assimilation.Ensemble;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.diagnosis.SensorFit;

/**
 * Where a forecast or a rehearsal starts: a copy of what the engine holds, to be worked on
 * elsewhere.
 *
 * @param ensemble the members; whoever holds the present may change them
 * @param inputs the inputs of the next step; not modified
 * @param fits what is known about the sensors
 * @param settings the engine's settings
 * @param agreement whether the twin agrees with the detector
 * @param nowNs end of the latest step, plant ns
 */
@SuppressWarnings("ArrayRecordComponent") // Private to this room, and written once.
public record Present(
    Ensemble ensemble,
    double[] inputs,
    List<SensorFit> fits,
    EngineSettings settings,
    Agreement agreement,
    long nowNs) {
  public Present {
    fits = List.copyOf(fits);
  }

  /** Copies the present of a running engine. */
  public static Present of(TwinEngine engine) {
    List<SensorFit> fits =
        IntStream.range(0, engine.model().sensors().size())
            .mapToObj(sensor -> SensorFit.of(engine.tracker(sensor)))
            .toList();
    return new Present(
        engine.ensemble(),
        engine.inputs(),
        fits,
        engine.settings(),
        engine.monitor().agreement(),
        engine.nowNs());
  }
}
