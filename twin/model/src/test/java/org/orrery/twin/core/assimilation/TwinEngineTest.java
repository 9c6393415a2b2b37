package org.orrery.twin.core.assimilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.value.Value;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.StateVariable;
import org.orrery.twin.plant.TestPlant;
import org.orrery.twin.plant.TwinOnPlant;

/** The engine on a plant whose equations and constants are not the twin's. */
class TwinEngineTest {
  private final LarModel model = LarModel.reference();

  private TwinEngine engine() {
    return new TwinEngine(TwinOnPlant.runner(), EngineSettings.DEFAULT);
  }

  private static void run(TestPlant plant, TwinEngine engine, int seconds) {
    for (int i = 0; i < seconds; i++) {
      plant.next().forEach(engine::offer);
      engine.stepTowards(plant.nowNs());
    }
  }

  private int sensor(String channel) {
    for (int s = 0; s < model.sensors().size(); s++) {
      if (model.sensors().get(s).channel().equals(channel)) {
        return s;
      }
    }
    throw new AssertionError("no sensor " + channel);
  }

  @Test
  void shouldStayInStepForHoursAndKnowHowWell() {
    // Given
    TestPlant plant = new TestPlant(3);
    TwinEngine engine = engine();

    // When
    run(plant, engine, 5 * 3600);

    // Then
    assertThat(engine.monitor().agreement()).isEqualTo(Agreement.AGREES);
    assertThat(engine.monitor().meanSquare()).isBetween(0.4, 1.6);
    assertThat(engine.anchors()).isEqualTo(1);
    assertThat(engine.view(sensor("purif.flow")).expected()).isBetween(1.60, 1.67);
  }

  @Test
  void shouldExpectReadingsAsUncertainAsTheyAre() {
    // Given
    TestPlant plant = new TestPlant(9);
    TwinEngine engine = engine();
    run(plant, engine, 3 * 3600);

    // When
    List<History.Step> steps = engine.history().after(plant.nowNs() - 3_600_000_000_000L);

    // Then
    int inside = 0;
    int total = 0;
    for (History.Step step : steps) {
      for (double z : step.innovations()) {
        if (!Double.isNaN(z)) {
          total++;
          inside += Math.abs(z) < 1.645 ? 1 : 0;
        }
      }
    }
    assertThat((double) inside / total).isBetween(0.85, 0.98);
  }

  @Test
  void shouldEstimateTheSourceOnceTheMonitorsHaveSpoken() {
    // Given
    TestPlant plant = new TestPlant(4);
    TwinEngine engine = engine();

    // When
    run(plant, engine, 4 * 3600);

    // Then
    double log = engine.ensemble().mean(StateVariable.LOG_IMPURITY.ordinal());
    assertThat(8.0 * Math.exp(-log)).isBetween(0.8 * plant.trueLifetime(), plant.trueLifetime());
    assertThat(engine.ensemble().deviation(StateVariable.LOG_SOURCE.ordinal())).isLessThan(0.5);
  }

  @Test
  void shouldNotBeDraggedByOneLyingSensor() {
    // Given
    TestPlant plant = new TestPlant(5);
    TwinEngine engine = engine();
    run(plant, engine, 1800);
    double before = engine.ensemble().mean(StateVariable.BULK_KELVIN.ordinal());

    // When
    plant.lie("cryo.rtd.t07", 0.8);
    plant.stick("purif.flow", 0.0);
    run(plant, engine, 1200);

    // Then
    double after = engine.ensemble().mean(StateVariable.BULK_KELVIN.ordinal());
    assertThat(Math.abs(after - before)).isLessThan(0.01);
    assertThat(engine.view(sensor("purif.flow")).expected()).isBetween(1.58, 1.70);
    assertThat(engine.monitor().isOut(sensor("purif.flow"))).isTrue();
    assertThat(engine.monitor().isOut(sensor("cryo.rtd.t07"))).isTrue();
    assertThat(engine.monitor().agreement()).isEqualTo(Agreement.DOUBTS);
  }

  @Test
  void shouldDoubtItselfWhenThePlantLeavesTheModel() {
    // Given
    TestPlant plant = new TestPlant(6);
    TwinEngine engine = engine();
    run(plant, engine, 1800);

    // When
    plant.pumpADead = true;
    run(plant, engine, 120);

    // Then
    assertThat(engine.monitor().agreement()).isNotEqualTo(Agreement.AGREES);
  }

  @Test
  void shouldFollowCommands() {
    // Given
    TestPlant plant = new TestPlant(7);
    TwinEngine engine = engine();
    run(plant, engine, 1800);

    // When
    plant.setKilovolts = 150.0;
    plant.pumpASet = 45.0;
    run(plant, engine, 1200);

    // Then
    assertThat(engine.view(sensor("hv.cathode.voltage")).expected()).isBetween(-150.5, -149.5);
    assertThat(engine.view(sensor("purif.pump-a.speed")).expected()).isBetween(44.5, 45.5);
    assertThat(engine.anchors()).isEqualTo(1);
  }

  @Test
  void shouldGiveTheSameNumbersForTheSameSamples() {
    // Given
    TwinEngine first = engine();
    TwinEngine second = engine();

    // When
    run(new TestPlant(8), first, 900);
    run(new TestPlant(8), second, 900);

    // Then
    assertThat(first.ensemble().rows()).isDeepEqualTo(second.ensemble().rows());
  }

  @Test
  void shouldIgnoreWhatCannotBeTrusted() {
    // Given
    TestPlant plant = new TestPlant(10);
    TwinEngine engine = engine();
    run(plant, engine, 600);
    List<Sample> poison = new ArrayList<>();
    for (Quality quality : List.of(Quality.BAD, Quality.STALE, Quality.DISCONNECTED)) {
      poison.add(flow(plant, 99.0, quality, Severity.NONE));
    }
    poison.add(flow(plant, 99.0, Quality.GOOD, Severity.INVALID));
    poison.add(flow(plant, Double.NaN, Quality.GOOD, Severity.NONE));

    // When
    for (int i = 0; i < 300; i++) {
      plant.next().forEach(engine::offer);
      poison.forEach(engine::offer);
      engine.stepTowards(plant.nowNs());
    }

    // Then
    assertThat(engine.monitor().agreement()).isEqualTo(Agreement.AGREES);
    assertThat(engine.view(sensor("purif.flow")).expected()).isLessThan(2.0);
  }

  @Test
  void shouldBridgeAGapAndStartAnewAfterALongOne() {
    // Given
    TestPlant plant = new TestPlant(11);
    TwinEngine engine = engine();
    run(plant, engine, 1200);

    // When
    for (int i = 0; i < 600; i++) {
      plant.next();
    }
    run(plant, engine, 600);

    // Then
    assertThat(engine.anchors()).isEqualTo(1);
    assertThat(engine.monitor().agreement()).isEqualTo(Agreement.AGREES);

    // When
    for (int i = 0; i < 3 * 3600; i++) {
      plant.next();
    }
    run(plant, engine, 600);

    // Then
    assertThat(engine.anchors()).isEqualTo(2);
    assertThat(engine.monitor().agreement()).isEqualTo(Agreement.AGREES);
  }

  @Test
  void shouldStartOverWhenAnInputTurnsOutOtherThanAssumed() {
    // Given
    TestPlant plant = new TestPlant(12);
    TwinEngine engine = engine();
    for (int i = 0; i < 300; i++) {
      plant.next().stream()
          .filter(sample -> !sample.channel().value().equals("cryo.condenser.valve-manual"))
          .forEach(engine::offer);
      engine.stepTowards(plant.nowNs());
    }
    // When
    run(plant, engine, 1800);

    // Then
    assertThat(engine.anchors()).isEqualTo(2);
    assertThat(engine.monitor().agreement()).isEqualTo(Agreement.AGREES);
  }

  private static Sample flow(TestPlant plant, double value, Quality quality, Severity severity) {
    return new Sample(
        new ChannelId("purif.flow"),
        Value.of(value),
        severity,
        "",
        plant.nowNs() + 1,
        plant.nowNs() + 1,
        quality,
        0,
        0);
  }
}
