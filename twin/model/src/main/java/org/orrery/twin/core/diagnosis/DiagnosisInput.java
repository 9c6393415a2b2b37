package org.orrery.twin.core.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.core.assimilation.EngineSettings;
import org.orrery.twin.core.assimilation.History;
import org.orrery.twin.core.assimilation.TwinEngine;

/**
 * What a diagnosis rests on, taken from the engine at one time so that it can be worked on
 * elsewhere.
 *
 * @param history the recent past
 * @param fits what is known about the sensors
 * @param settings the engine's settings
 * @param nowNs end of the latest step, plant ns
 * @param working the fault that the model has in it already
 * @param agrees whether the twin agrees with the detector now
 * @param completeness share of the samples that could be used
 */
public record DiagnosisInput(
    History history,
    List<SensorFit> fits,
    EngineSettings settings,
    long nowNs,
    Optional<Fault> working,
    boolean agrees,
    double completeness) {
  public DiagnosisInput {
    fits = List.copyOf(fits);
  }

  /** Takes all of it from a running engine that has a fault in its model, or none. */
  public static DiagnosisInput from(TwinEngine engine, Optional<Fault> working) {
    List<SensorFit> fits =
        IntStream.range(0, engine.model().sensors().size())
            .mapToObj(sensor -> SensorFit.of(engine.tracker(sensor)))
            .toList();
    return new DiagnosisInput(
        engine.history(),
        fits,
        engine.settings(),
        engine.nowNs(),
        working,
        engine.monitor().agreement() == Agreement.AGREES,
        engine.readings().completeness());
  }
}
