package org.orrery.twin.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.orrery.contract.diagnosis.Diagnosis.Cause;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.twin.backend.array.BlockBackend;
import org.orrery.twin.core.assimilation.EngineSettings;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.plant.TestPlant;

class DiagnoserTest {
  private static final int BEFORE_SECONDS = 5400;

  private final LarModel model = LarModel.reference();
  private final TestPlant plant = new TestPlant(5);
  private final TwinEngine engine =
      new TwinEngine(new ModelRunner(model, new BlockBackend()), EngineSettings.DEFAULT);

  private void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      plant.next().forEach(engine::offer);
      engine.stepTowards(plant.nowNs());
    }
  }

  private Verdict after(Consumer<TestPlant> fault, int seconds) {
    run(BEFORE_SECONDS);
    fault.accept(plant);
    run(seconds);
    Diagnoser diagnoser = new Diagnoser(new ModelRunner(model, new BlockBackend()));
    long started = System.nanoTime();
    Verdict verdict =
        diagnoser
            .diagnose(
                DiagnosisInput.from(engine, new WorkingModel(engine)), plant.nowNs() - seconds * 500_000_000L, Diagnoser.LOOK_BACK_NS)
            .orElseThrow();
    System.out.printf("--- %.0f ms, %s%n", (System.nanoTime() - started) * 1e-6, engine.monitor().agreement());
    for (Cause cause : verdict.causes()) {
      System.out.printf("%.4f %s%n", cause.probability(), cause.hypothesis().title());
      if (cause.probability() > 0.01) {
        cause.speaksFor().forEach(e -> System.out.println("     + " + e.channel() + " " + e.text() + " " + Math.round(e.weight())));
        cause.speaksAgainst().forEach(e -> System.out.println("     - " + e.channel() + " " + e.text() + " " + Math.round(e.weight())));
      }
    }
    verdict.discriminators().forEach(d -> System.out.println("  ? " + d));
    System.out.println("  onset error s " + (verdict.onsetNs() - (TestPlant.START_NS + BEFORE_SECONDS * 1_000_000_000L)) / 1_000_000_000L);
    return verdict;
  }

  private static Hypothesis leading(Verdict verdict) {
    return verdict.causes().getFirst().hypothesis();
  }

  @Test
  void shouldNameTheStoppedPumpAndNotTheCondenser() {
    Verdict verdict = after(p -> p.pumpADead = true, 120);
    assertThat(leading(verdict)).isEqualTo(Fault.PUMP_A_STOP.hypothesis());
  }

  @Test
  void shouldNameTheStoppedPumpLater() {
    Verdict verdict = after(p -> p.pumpADead = true, 1800);
    assertThat(leading(verdict)).isEqualTo(Fault.PUMP_A_STOP.hypothesis());
  }

  @Test
  void shouldNameTheLostNitrogen() {
    Verdict verdict = after(p -> p.nitrogenLost = true, 600);
    assertThat(leading(verdict)).isEqualTo(Fault.NITROGEN_LOST.hypothesis());
  }

  @Test
  void shouldNameTheTrip() {
    Verdict verdict = after(p -> p.tripped = true, 60);
    assertThat(leading(verdict)).isEqualTo(Fault.HV_TRIP.hypothesis());
  }

  @Test
  void shouldNameTheStreamer() {
    Verdict verdict = after(p -> p.streamerMicroamps = 0.8, 120);
    assertThat(leading(verdict)).isEqualTo(Fault.STREAMER.hypothesis());
  }

  @Test
  void shouldNameTheDeadFlowMeter() {
    Verdict verdict = after(p -> p.stick("purif.flow", 0.0), 120);
    assertThat(leading(verdict))
        .isEqualTo(new Hypothesis.LyingSensor(new ChannelId("purif.flow")));
  }

  @Test
  void shouldNameTheLyingThermometer() {
    Verdict verdict = after(p -> p.lie("cryo.rtd.t07", 0.8), 120);
    assertThat(leading(verdict))
        .isEqualTo(new Hypothesis.LyingSensor(new ChannelId("cryo.rtd.t07")));
  }

  @Test
  void shouldNameTheWeather() {
    Verdict verdict = after(p -> p.weatherMillibarsPerHour = 5.0, 5400);
    assertThat(leading(verdict)).isInstanceOf(Hypothesis.External.class);
  }

  @Test
  void shouldAccuseNobodyWhenNothingIsWrong() {
    Verdict verdict = after(p -> {}, 600);
    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.lyingSensor()).isEmpty();
  }
}
