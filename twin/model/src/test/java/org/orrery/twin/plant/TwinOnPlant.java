package org.orrery.twin.plant;

import org.orrery.twin.backend.array.FusedBackend;
import org.orrery.twin.core.assimilation.EngineSettings;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.diagnosis.Diagnoser;
import org.orrery.twin.core.diagnosis.DiagnosisInput;
import org.orrery.twin.core.diagnosis.Verdict;
import org.orrery.twin.core.diagnosis.WorkingModel;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.ModelRunner;

/** A twin that listens to a test plant, as the room's verticle would have it. */
public final class TwinOnPlant {
  private static final LarModel MODEL = LarModel.reference();
  private static final FusedBackend BACKEND = new FusedBackend();

  private final TestPlant plant;
  private final TwinEngine engine;
  private final WorkingModel working;

  public TwinOnPlant(long seed) {
    plant = new TestPlant(seed);
    engine = new TwinEngine(runner(), EngineSettings.DEFAULT);
    working = new WorkingModel(engine);
  }

  public TestPlant plant() {
    return plant;
  }

  public TwinEngine engine() {
    return engine;
  }

  public WorkingModel working() {
    return working;
  }

  /** A runner of its own for work beside the engine. */
  public static ModelRunner runner() {
    return new ModelRunner(MODEL, BACKEND);
  }

  public void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      plant.next().forEach(engine::offer);
      if (engine.stepTowards(plant.nowNs())) {
        working.settle();
      }
    }
  }

  /** Diagnoses what began within the last seconds. */
  public Verdict diagnose(int seconds, long lookBackNs) {
    return new Diagnoser(runner())
        .diagnose(
            DiagnosisInput.from(engine, working, 1.0),
            plant.nowNs() - seconds * 1_000_000_000L,
            lookBackNs)
        .orElseThrow();
  }
}
