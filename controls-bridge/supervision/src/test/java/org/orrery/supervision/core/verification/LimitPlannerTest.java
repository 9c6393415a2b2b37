package org.orrery.supervision.core.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.orrery.supervision.Fixtures.FLOW;
import static org.orrery.supervision.Fixtures.MINUTE_NS;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Provenance;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.Trajectory;
import org.orrery.supervision.Fixtures;

class LimitPlannerTest {
  private static final double Z_95 = 1.6448536269514722;
  private final LimitPlanner planner = new LimitPlanner(id -> SECOND_NS);

  /**
   * The fixture's plan: both steps verified by the flow, -1 to 3, within a minute, for ten seconds.
   */
  private final Plan plan = Fixtures.plan(RiskClass.NORMAL, 1);

  private static Rehearsal rehearsal(Agreement agreement, double median, double sigma) {
    List<Trajectory.Point> points = new ArrayList<>();
    for (long t = 0; t <= 200; t += 2) {
      points.add(
          new Trajectory.Point(
              t * SECOND_NS, new Band(median - Z_95 * sigma, median, median + Z_95 * sigma)));
    }
    return new Rehearsal.Rehearsed(
        0,
        List.of(new Trajectory(FLOW, "kg/s", points)),
        List.of(),
        List.of(),
        agreement,
        Optional.empty(),
        "1",
        Provenance.live(0, 0, "twin", "1", 0, ""));
  }

  private static VerificationLimit first(Plan planned) {
    return planned.steps().getFirst().verification().getFirst();
  }

  @Test
  void shouldNarrowTheOperatingRangeToThePrediction() {
    // Given
    double sigma = 0.1;

    // When
    Plan planned = planner.plan(plan, rehearsal(Agreement.AGREES, 1.5, sigma));

    // Then
    // Two limits of ten looks each: one look may miss with 1/20,000, two-sided 4.06 sigma.
    assertThat(first(planned).low()).isCloseTo(1.5 - 4.056 * sigma, within(0.01));
    assertThat(first(planned).high()).isCloseTo(1.5 + 4.056 * sigma, within(0.01));
    assertThat(planned.risk()).isEqualTo(RiskClass.NORMAL);
    assertThat(first(planned).withinNs()).isEqualTo(MINUTE_NS);
  }

  @Test
  void shouldStopAtMostOneOfAThousandPlansThatGoAsPredicted() {
    // Given
    double sigma = 0.1;
    Plan planned = planner.plan(plan, rehearsal(Agreement.AGREES, 1.5, sigma));
    Random random = new Random(20_261_123);
    int proposals = 200_000;

    // When
    int stopped = 0;
    for (int i = 0; i < proposals; i++) {
      boolean missed = false;
      for (Step step : planned.steps()) {
        VerificationLimit limit = step.verification().getFirst();
        for (int look = 0; look < 10; look++) {
          double seen = 1.5 + sigma * random.nextGaussian();
          missed |= seen < limit.low() || seen > limit.high();
        }
      }
      stopped += missed ? 1 : 0;
    }

    // Then
    // Expected 200; five standard deviations of the count on top.
    assertThat(stopped).isLessThanOrEqualTo(proposals / 1_000 + 71);
  }

  @Test
  void shouldAllowForAModelThatIsTooSureOfItself() {
    // Given
    Rehearsal sure = rehearsal(Agreement.AGREES, 1.5, 1e-6);

    // When
    VerificationLimit limit = first(planner.plan(plan, sure));

    // Then
    assertThat(limit.low()).isCloseTo(1.35, within(1e-3));
    assertThat(limit.high()).isCloseTo(1.65, within(1e-3));
  }

  @Test
  void shouldGiveLimitsThatPeopleCanReadAndNoNarrowerOnes() {
    // Given
    double median = 1.356_634_120_825_102_7;

    // When
    VerificationLimit limit = first(planner.plan(plan, rehearsal(Agreement.AGREES, median, 1e-6)));

    // Then a thousandth of the width, which is a fifth of the median
    assertThat(limit.low()).isEqualTo(1.2209);
    assertThat(limit.high()).isEqualTo(1.4923);
    assertThat(limit.low()).isLessThanOrEqualTo(median * 0.9);
    assertThat(limit.high()).isGreaterThanOrEqualTo(median * 1.1);
  }

  @Test
  void shouldKeepTheOperatingRangesAndAskTwoPeopleWhereTheTwinCannotBeTrusted() {
    // Given
    Rehearsal none = new Rehearsal.NotRehearsed("the twin is off");
    Rehearsal lost = rehearsal(Agreement.LOST, 1.5, 0.1);
    Rehearsal doubts = rehearsal(Agreement.DOUBTS, 1.5, 0.1);
    Rehearsal miss = rehearsal(Agreement.AGREES, 7, 0.1);

    // When
    Plan withNone = planner.plan(plan, none);
    Plan withLost = planner.plan(plan, lost);
    Plan withDoubts = planner.plan(plan, doubts);
    Plan withMiss = planner.plan(plan, miss);

    // Then
    assertThat(List.of(withNone, withLost, withDoubts, withMiss))
        .allMatch(p -> p.steps().equals(plan.steps()));
    assertThat(List.of(withNone, withLost, withMiss)).allMatch(p -> p.risk() == RiskClass.HIGH);
    assertThat(withDoubts.risk()).isEqualTo(RiskClass.NORMAL);
    assertThat(withNone.reason()).contains("the twin is off");
    assertThat(withMiss.reason()).contains("expects purif.flow at 7");
  }

  @Property
  void shouldNeverLeaveTheOperatingRange(
      @ForAll @DoubleRange(min = -5, max = 5) double median,
      @ForAll @DoubleRange(min = 0, max = 10) double sigma) {
    VerificationLimit limit = first(planner.plan(plan, rehearsal(Agreement.AGREES, median, sigma)));
    assertThat(limit.low()).isGreaterThanOrEqualTo(-1);
    assertThat(limit.high()).isLessThanOrEqualTo(3);
    assertThat(limit.low()).isLessThanOrEqualTo(limit.high());
  }

  @Test
  void shouldRehearseEachStepAfterTheOneBeforeIsVerified() {
    // Given
    Plan two = plan;

    // When
    var writes = LimitPlanner.writes(two);

    // Then
    assertThat(writes).extracting(w -> w.afterNs()).containsExactly(0L, 70 * SECOND_NS);
    assertThat(LimitPlanner.horizonNs(two)).isEqualTo(140 * SECOND_NS);
    assertThat(LimitPlanner.watched(two)).containsExactly(FLOW);
  }
}
