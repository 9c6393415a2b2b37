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
 * @param sinceNs plant time since which the model has it in it
 * @param agrees whether the twin agrees with the detector now
 * @param completeness share of the samples that could be used
 */
public record DiagnosisInput(
    History history,
    List<SensorFit> fits,
    EngineSettings settings,
    long nowNs,
    Optional<Fault> working,
    long sinceNs,
    boolean agrees,
    double completeness) {
  public DiagnosisInput {
    fits = List.copyOf(fits);
  }

  /** Takes all of it from a running engine. Sensors that are known to lie are not looked at. */
  public static DiagnosisInput from(TwinEngine engine, WorkingModel working, double completeness) {
    List<SensorFit> fits =
        IntStream.range(0, engine.model().sensors().size())
            .mapToObj(sensor -> sensorFit(engine, sensor))
            .toList();
    return new DiagnosisInput(
        engine.history(),
        fits,
        engine.settings(),
        engine.nowNs(),
        working.fault(),
        working.sinceNs(),
        engine.monitor().agreement() == Agreement.AGREES,
        completeness);
  }

  /** The same, without the past before the present assumption. */
  DiagnosisInput sinceAssumed() {
    History trimmed = history.copy();
    trimmed.forgetBefore(sinceNs);
    return new DiagnosisInput(
        trimmed, fits, settings, nowNs, working, sinceNs, agrees, completeness);
  }

  private static SensorFit sensorFit(TwinEngine engine, int sensor) {
    SensorFit fit = SensorFit.of(engine.tracker(sensor));
    return engine.monitor().isDistrusted(sensor) ? fit.unusable() : fit;
  }
}
