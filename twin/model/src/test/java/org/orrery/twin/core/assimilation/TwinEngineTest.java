package org.orrery.twin.core.assimilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.backend.array.BlockBackend;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.model.StateVariable;
import org.orrery.twin.plant.TestPlant;

class TwinEngineTest {
  private final TestPlant plant = new TestPlant(3);
  private final TwinEngine engine =
      new TwinEngine(
          new ModelRunner(LarModel.reference(), new BlockBackend()), EngineSettings.DEFAULT);

  private void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      plant.next().forEach(engine::offer);
      engine.stepTowards(plant.nowNs());
    }
  }

  @Test
  void shouldStayInStepWithAHealthyPlant() {
    for (int h = 0; h < 24; h++) {
      run(1800);
      if (h % 6 == 0 || h == 23) {
        dump(h);
      }
    }
    assertThat(engine.monitor().agreement()).isEqualTo(Agreement.AGREES);
  }

  private void dump(int h) {
    StringBuilder text = new StringBuilder();
    text.append("t=").append(h * 0.5).append("h ").append(engine.monitor().agreement());
    text.append(" ms=%.2f anchors=%d ".formatted(engine.monitor().meanSquare(), engine.anchors()));
    Ensemble ensemble = engine.ensemble();
    for (StateVariable v : StateVariable.values()) {
      if (v.kind() != StateVariable.Kind.FAULT) {
        text.append(
            "%s=%.4g±%.2g "
                .formatted(
                    v.name().replace("LOG_", "l").toLowerCase(),
                    ensemble.mean(v.ordinal()),
                    ensemble.deviation(v.ordinal())));
      }
    }
    List<History.Step> steps = engine.history().after(plant.nowNs() - 1_800_000_000_000L);
    List<String> rms = new ArrayList<>();
    for (int s = 0; s < engine.model().sensors().size(); s++) {
      double sum = 0;
      int n = 0;
      double mean = 0;
      for (History.Step step : steps) {
        double z = step.innovations()[s];
        if (!Double.isNaN(z)) {
          sum += z * z;
          mean += z;
          n++;
        }
      }
      String c = engine.model().sensors().get(s).channel();
      if (Math.sqrt(sum / n) > 1.3 || Math.abs(mean / n) > 0.5) {
        rms.add("%s:%.2f/%+.2f(%d)".formatted(c, Math.sqrt(sum / n), mean / n, n));
      }
    }
    System.out.println(text + "\n    z " + rms);
    System.out.printf("    true tau %.3f flow %.3f%n", plant.trueLifetime(), plant.trueFlow());
  }
}
