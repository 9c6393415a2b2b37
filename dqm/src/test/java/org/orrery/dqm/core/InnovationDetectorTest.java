package org.orrery.dqm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.twin.Agreement;

class InnovationDetectorTest {
  private static final int STEPS_OF_A_DAY = 8_640;
  private static final String FLOW = "s0.c0";

  @ParameterizedTest
  @EnumSource(Plant.Health.class)
  void shouldKeepItsBudgetOfFalseAlarms(Plant.Health health) {
    // Given: -Ddqm.days=140 makes the figures of the model card
    int days = Integer.getInteger("dqm.days", 2);
    Plant plant = new Plant(health, 20260101);

    // When
    plant.run((long) days * STEPS_OF_A_DAY, Map.of());

    // Then
    long findings = plant.told.stream().map(Finding::id).distinct().count();
    if (days > 2) {
      System.out.printf("%s: %d findings in %d days%n", health, findings, days);
    }
    assertThat(findings).isLessThanOrEqualTo(1 + days / 7);
  }

  @Test
  void shouldSeeAStoppedPumpWithinHalfAMinute() {
    // Given: 12 hours of health
    Plant plant = new Plant(Plant.Health.NORMAL, 7);
    plant.run(STEPS_OF_A_DAY / 2, Map.of());
    assertThat(plant.told).isEmpty();

    // When: several channels are far out at once
    double together =
        plant.secondsToFinding(20, t -> -30, FLOW, "s0.c1", "s0.c2", "s0.c3", "s0.c4");

    // Then
    assertThat(together).isLessThanOrEqualTo(20);
    Finding finding = plant.told.getFirst();
    assertThat(finding.channels()).hasSize(5).contains(new ChannelId(FLOW));
    assertThat(finding.pValue()).isLessThan(1e-3);
    assertThat(finding.fromNs()).isGreaterThanOrEqualTo((plant.seconds() - 60) * 1_000_000_000L);
    assertThat(finding.evidence().getFirst().text()).contains(" kg/s, twin expects 1.64 to 1.70");
    assertThat(finding.title()).contains("far below what the twin expects, and 4 other channels");
  }

  @Test
  void shouldSeeOneDeadSensorWithinHalfAMinute() {
    Plant plant = new Plant(Plant.Health.NORMAL, 8);
    plant.run(STEPS_OF_A_DAY / 4, Map.of());
    assertThat(plant.secondsToFinding(20, t -> -40, FLOW)).isLessThanOrEqualTo(30);
    assertThat(plant.told.getFirst().channels()).containsExactly(new ChannelId(FLOW));
    assertThat(plant.told.getFirst().title())
        .isEqualTo("Channel s0.c0 is far below what the twin expects");
  }

  @Test
  void shouldSeeAnOffsetAndADriftWithinMinutes() {
    Plant offset = new Plant(Plant.Health.NORMAL, 9);
    offset.run(STEPS_OF_A_DAY / 4, Map.of());
    assertThat(offset.secondsToFinding(100, t -> 2.0, FLOW)).isLessThanOrEqualTo(360);

    // One standard deviation in ten minutes
    Plant drift = new Plant(Plant.Health.NORMAL, 10);
    drift.run(STEPS_OF_A_DAY / 4, Map.of());
    assertThat(drift.secondsToFinding(300, t -> t / 60.0, FLOW)).isLessThanOrEqualTo(1_800);
  }

  @Test
  void shouldNotLearnFromATwinThatDoesNotAgreeYet() {
    // Given: the twin begins far off, then finds itself
    Plant plant = new Plant(Plant.Health.NORMAL, 13);
    plant.agreement(Agreement.DOUBTS);
    plant.run(100, Map.of(FLOW, -30.0, "s0.c1", 30.0));
    plant.agreement(Agreement.AGREES);

    // When
    plant.run(STEPS_OF_A_DAY / 8, Map.of());

    // Then
    assertThat(plant.told).isEmpty();
    assertThat(plant.secondsToFinding(20, t -> -30, FLOW, "s0.c1")).isLessThanOrEqualTo(30);
  }

  @Test
  void shouldNotBeSilentForGoodWhenTheTwinNeverAgrees() {
    Plant plant = new Plant(Plant.Health.NORMAL, 14);
    plant.agreement(Agreement.DOUBTS);
    plant.run(400, Map.of(FLOW, -30.0));
    assertThat(plant.told).isNotEmpty();
  }

  @Test
  void shouldEndAFindingOnceAllIsBackAndTheTwinAssumesNoFault() {
    // Given
    Plant plant = new Plant(Plant.Health.NORMAL, 11);
    plant.run(STEPS_OF_A_DAY / 8, Map.of());
    plant.secondsToFinding(20, t -> -30, FLOW, "s0.c1");

    // When: the twin takes the fault into its model and agrees again
    plant.hypothesis(Optional.of("F5"));
    plant.run(100, Map.of());
    boolean activeWithHypothesis = plant.told.getLast().active();
    plant.hypothesis(Optional.empty());
    plant.run(20, Map.of());

    // Then
    assertThat(activeWithHypothesis).isTrue();
    assertThat(plant.told.getLast().active()).isFalse();
    assertThat(plant.told.stream().map(Finding::id).distinct()).hasSize(1);
  }

  @Test
  void shouldTellAGrowingFindingAtABoundedRate() {
    Plant plant = new Plant(Plant.Health.NORMAL, 12);
    plant.run(STEPS_OF_A_DAY / 8, Map.of());
    plant.run(60, Map.of(FLOW, -3.0, "s0.c1", 3.0));
    assertThat(plant.told).hasSizeLessThanOrEqualTo(20);
    assertThat(plant.told).extracting(Finding::active).containsOnly(true);
  }

  @Test
  void shouldSayOnWhatItRests() {
    assertThat(Wording.number(1.6, 0.06)).isEqualTo("1.60");
    assertThat(Wording.number(88.43219, 0.2)).isEqualTo("88.43");
    assertThat(Wording.number(-180000, 120)).isEqualTo("-180000");
  }

  @Test
  void shouldBoundTheClimbsOfHealthyReadings() {
    // Given
    SplittableRandom random = new SplittableRandom(5);
    for (CusumNull.Kind kind : List.of(CusumNull.FAST, CusumNull.SLOW)) {
      CusumNull calibrated = CusumNull.calibrate(kind, random);

      // When: normal readings, which are better behaved than the null
      double up = 0;
      double peak = 0;
      int climbs = 0;
      int draws = 2_000_000;
      for (int i = 0; i < draws; i++) {
        up =
            Math.max(
                0, up + Math.clamp(random.nextGaussian(), -kind.clip(), kind.clip()) - kind.k());
        peak = up > 0 ? Math.max(peak, up) : 0;
        if (peak >= 8) {
          climbs++;
          up = 0;
          peak = 0;
        }
      }

      // Then
      assertThat((double) climbs / draws).isLessThan(calibrated.rate(8));
      assertThat(calibrated.rate(calibrated.level(1e-7))).isCloseTo(1e-7, offset(1e-12));
    }
  }

  @Test
  void shouldBoundTheTailOfASumOfSquares() {
    // Independent: chi-square with 20 degrees of freedom reaches 80 with 3.5e-9
    assertThat(JointMonitor.bound(80, 1, 2.0 / 20, 20)).isBetween(3.5e-9, 3.5e-7);
    // One common mode: 20 times a chi-square of one degree reaches 20 * 30 with 4.3e-8
    assertThat(JointMonitor.bound(600, 1, 2, 20)).isBetween(4.3e-8, 4.3e-6);
    assertThat(JointMonitor.bound(10, 1, 2.0 / 20, 20)).isEqualTo(1);
    assertThat(JointMonitor.bound(40, 1, 2, 1)).isBetween(2.5e-10, 1e-7);
  }
}
