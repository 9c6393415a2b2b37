package org.orrery.supervision.core.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.FLOW;
import static org.orrery.supervision.Fixtures.MINUTE_NS;
import static org.orrery.supervision.Fixtures.SECOND_NS;
import static org.orrery.supervision.Fixtures.sample;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.Precondition.Condition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.Readings;
import org.orrery.supervision.core.verification.JointTest.Verdict;

class JointTestTest {
  private static final long WRITTEN = 1_000 * SECOND_NS;
  private static final ChannelId SPEED = new ChannelId("purif.pump-b.speed");
  private static final VerificationLimit FLOW_LIMIT =
      new VerificationLimit(FLOW, 1.2, 2.0, "kg/s", 5 * MINUTE_NS, 30 * SECOND_NS);
  private static final VerificationLimit SPEED_LIMIT =
      new VerificationLimit(SPEED, 48, 52, "Hz", MINUTE_NS, 0);

  private static Verdict play(List<VerificationLimit> limits, List<Sample> samples, long nowNs) {
    JointTest test = JointTest.begin(limits, WRITTEN, WRITTEN);
    for (Sample sample : samples) {
      test = test.seen(sample);
    }
    return test.verdict(Readings.of(samples, nowNs));
  }

  private static Sample flow(double value, long afterSeconds) {
    return sample(FLOW, value, WRITTEN + afterSeconds * SECOND_NS);
  }

  private static Sample speed(double value, long afterSeconds) {
    return sample(SPEED, value, WRITTEN + afterSeconds * SECOND_NS);
  }

  private static long at(long afterSeconds) {
    return WRITTEN + afterSeconds * SECOND_NS;
  }

  @Test
  void shouldPassOnceEveryChannelArrivedInTimeAndStayed() {
    // Given
    List<Sample> samples =
        List.of(flow(0.4, 10), flow(1.6, 60), speed(50, 40), flow(1.65, 80), flow(1.66, 90));

    // When
    Verdict verdict = play(List.of(FLOW_LIMIT, SPEED_LIMIT), samples, at(90));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Passed.class,
            p -> {
              assertThat(p.checks()).hasSize(2).allMatch(c -> c.passed());
              assertThat(p.checks().getFirst().observed()).isEqualTo(1.66);
            });
  }

  @Test
  void shouldNotBelieveADeviceClockThatRunsAhead() {
    // Given
    Sample before = ahead(flow(1.6, -30));
    Sample old = ahead(flow(1.6, 10));

    // When
    Verdict fromBefore = play(List.of(FLOW_LIMIT), List.of(before), at(40));
    List<Precondition> flows =
        List.of(new Precondition(FLOW, new Condition.Within(1, 2), MINUTE_NS, "it flows"));
    List<String> young = Readings.of(List.of(old), at(60)).broken(flows);
    List<String> grownOld = Readings.of(List.of(old), at(75)).broken(flows);

    // Then
    assertThat(fromBefore).isInstanceOf(Verdict.Undecided.class);
    assertThat(young).isEmpty();
    assertThat(grownOld).hasSize(1);
  }

  private static Sample ahead(Sample sample) {
    return new Sample(
        sample.channel(),
        sample.value(),
        sample.severity(),
        sample.status(),
        sample.sourceTimeNs() + 60 * MINUTE_NS,
        sample.receivedTimeNs(),
        sample.quality(),
        sample.lostBefore(),
        sample.sequence());
  }

  @Test
  void shouldWaitWhileOneChannelHasNotStayedLongEnough() {
    // Given
    List<Sample> samples = List.of(flow(1.6, 60), speed(50, 40), flow(1.65, 80));

    // When
    Verdict verdict = play(List.of(FLOW_LIMIT, SPEED_LIMIT), samples, at(85));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  void shouldMissAsAWholeWhereOneChannelArrivesTooLate() {
    // Given
    List<Sample> samples = List.of(flow(1.6, 20), flow(1.6, 60), speed(30, 40), speed(50, 61));

    // When
    Verdict verdict = play(List.of(FLOW_LIMIT, SPEED_LIMIT), samples, at(62));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Missed.class,
            m ->
                assertThat(m.checks())
                    .filteredOn(c -> !c.passed())
                    .singleElement()
                    .satisfies(c -> assertThat(c.channel()).isEqualTo(SPEED)));
  }

  @Test
  void shouldForgiveAnOvershootWhileThereIsTimeAndNotAfterwards() {
    // Given
    List<Sample> early = List.of(flow(1.6, 60), flow(2.3, 70), flow(1.7, 80), flow(1.7, 115));
    List<Sample> late = List.of(flow(1.6, 290), flow(2.3, 310));

    // When
    Verdict forgiven = play(List.of(FLOW_LIMIT), early, at(115));
    Verdict missed = play(List.of(FLOW_LIMIT), late, at(310));

    // Then
    assertThat(forgiven).isInstanceOf(Verdict.Passed.class);
    assertThat(missed).isInstanceOf(Verdict.Missed.class);
  }

  @Test
  void shouldNotTakeSilenceForAYes() {
    // Given
    Sample invalid =
        new Sample(FLOW, Value.of(1.6), Severity.INVALID, "", at(20), at(20), Quality.GOOD, 0, 1);
    Sample before = flow(1.6, -1);

    // When
    Verdict waiting = play(List.of(FLOW_LIMIT), List.of(before, invalid), at(300));
    Verdict missed = play(List.of(FLOW_LIMIT), List.of(before, invalid), at(361));
    Verdict fellSilent = play(List.of(FLOW_LIMIT), List.of(flow(1.6, 10)), at(101));

    // Then
    assertThat(waiting).isInstanceOf(Verdict.Undecided.class);
    assertThat(missed)
        .isInstanceOfSatisfying(
            Verdict.Missed.class, m -> assertThat(m.checks().getFirst().observed()).isNaN());
    assertThat(fellSilent).isInstanceOf(Verdict.Missed.class);
  }

  @Test
  void shouldCountWhatWasSeenSinceTheWriteThoughItBeganLate() {
    // Given
    JointTest late = JointTest.begin(List.of(FLOW_LIMIT), WRITTEN, at(1_000));

    // When
    JointTest test = late.seen(flow(1.6, 1));
    Verdict verdict =
        test.verdict(
            new Readings(
                java.util.Map.of(FLOW, flow(1.6, 1)),
                java.util.Set.of(FLOW),
                java.util.Set.of(),
                at(1_001)));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Passed.class);
    assertThat(late.verdict(Readings.of(List.of(), at(1_200))))
        .isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  void shouldPassAtOnceWhereNothingIsToBeVerified() {
    // Given
    List<VerificationLimit> none = List.of();

    // When
    Verdict verdict = play(none, List.of(), at(0));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Passed.class);
  }

  @Property(tries = 300)
  void shouldAgreeWithTheRuleReadOffTheWholeCourse(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 1, max = 2.2) Double> course) {
    // Readings every ten seconds; the flow may take 100 s to arrive and must stay for 30 s.
    VerificationLimit limit =
        new VerificationLimit(FLOW, 1.2, 2.0, "kg/s", 100 * SECOND_NS, 30 * SECOND_NS);
    JointTest test = JointTest.begin(List.of(limit), WRITTEN, WRITTEN);
    Verdict verdict = new Verdict.Undecided();
    for (int i = 0; i < course.size() && verdict instanceof Verdict.Undecided; i++) {
      Sample sample = flow(course.get(i), 10L * i);
      test = test.seen(sample);
      verdict = test.verdict(Readings.of(List.of(sample), at(10L * i)));
    }

    boolean passes = false;
    boolean misses = false;
    for (int i = 0; i < course.size() && !passes && !misses; i++) {
      int inside = 0;
      for (int j = i; j >= 0 && course.get(j) >= 1.2 && course.get(j) <= 2.0; j--) {
        inside++;
      }
      int enteredAt = 10 * (i - inside + 1);
      passes = inside >= 4 && enteredAt <= 100;
      misses = inside == 0 ? 10 * i > 100 : enteredAt > 100;
    }
    assertThat(verdict instanceof Verdict.Passed).isEqualTo(passes);
    assertThat(verdict instanceof Verdict.Missed).isEqualTo(misses);
  }
}
