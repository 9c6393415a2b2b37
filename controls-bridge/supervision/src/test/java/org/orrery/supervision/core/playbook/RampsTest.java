package org.orrery.supervision.core.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.Writable.SafeDirection;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.core.Readings;

class RampsTest {
  private static final ChannelId BIAS = new ChannelId("pds.ch01.bias-set");
  private static final double LARGEST = 1;
  private static final double TOLERANCE = 0.005;
  private static final VerificationLimit EFFECT =
      new VerificationLimit(BIAS, 44.9, 45.1, "V", 60 * SECOND_NS, 60 * SECOND_NS);

  @Example
  void shouldSpellOutARampThatPeopleApproveStepByStep() {
    // When
    Plan plan = fits(expand(40, 45, 10 * SECOND_NS));

    // Then
    assertThat(plan.steps()).hasSize(6);
    assertThat(plan.steps().getFirst().title()).startsWith("Raise the bias (1 of 6: 40.833 V)");
    assertThat(plan.steps().getLast().value()).isEqualTo(Value.of(45.0));
    assertThat(plan.steps().getLast().verification()).contains(EFFECT).hasSize(2);
    assertThat(plan.steps().getFirst().verification()).hasSize(1);
    assertThat(plan.hash()).isNotEqualTo(drafted(45).hash());
    assertThat(plan.steps().get(2).undo().orElseThrow().value())
        .isEqualTo(plan.steps().get(1).value());
    assertThat(plan.steps().getFirst().undo().orElseThrow().value()).isEqualTo(Value.of(40.0));
  }

  @Example
  void shouldWaitOutThePaceThatTheGateAllows() {
    // Given: 10 writes in 100 s of wall time, at 20 plant seconds per wall second
    Plan plan = fits(expand(40, 45, 10 * SECOND_NS));

    // Then
    assertThat(plan.steps())
        .allSatisfy(
            step ->
                assertThat(step.verification().getFirst().holdNs())
                    .isGreaterThanOrEqualTo(20 * 10 * SECOND_NS));
  }

  @Example
  void shouldLeaveAStepThatIsNotTooFarAsItIs() {
    assertThat(fits(expand(44.5, 45, 10 * SECOND_NS)).steps()).isEqualTo(drafted(45).steps());
  }

  @Example
  void shouldRefuseARampThatIsTooLongOrCannotBeWatched() {
    assertThat(expand(-400, 45, 10 * SECOND_NS))
        .isInstanceOfSatisfying(
            Playbook.Offer.DoesNotFit.class,
            no -> assertThat(no.why()).contains("more than 100 steps"));
    assertThat(expand(40, 45, 0))
        .isInstanceOfSatisfying(
            Playbook.Offer.DoesNotFit.class,
            no -> assertThat(no.why()).contains("cannot be watched"));
    assertThat(new Ramps(facility(1), 20).expand(drafted(45), Readings.of(List.of(), 0)))
        .isInstanceOf(Playbook.Offer.DoesNotFit.class);
  }

  /** Wherever it begins and ends, and wherever within its tolerance the device is meanwhile. */
  @Property
  void shouldNeverStepFurtherThanTheGateAllows(
      @ForAll @DoubleRange(min = 0, max = 60) double from,
      @ForAll @DoubleRange(min = 0, max = 60) double to) {
    // Given
    Assume.that(Math.abs(to - from) > LARGEST);

    // When
    Plan plan = fits(expand(from, to, 10 * SECOND_NS));

    // Then
    double at = from;
    for (int i = 0; i < plan.steps().size(); i++) {
      double next = plan.steps().get(i).value().asDouble().orElseThrow();
      double off = i == 0 ? 0 : TOLERANCE;
      assertThat(Math.abs(next - at) + off).isLessThanOrEqualTo(LARGEST);
      assertThat(Math.signum(next - at)).isEqualTo(Math.signum(to - from));
      at = next;
    }
    assertThat(at).isEqualTo(to, within(0.0));
    assertThat(plan.steps()).hasSizeLessThanOrEqualTo(Ramps.MOST_STEPS);
  }

  private static Plan fits(Playbook.Offer offer) {
    assertThat(offer).isInstanceOf(Playbook.Offer.Fits.class);
    return ((Playbook.Offer.Fits) offer).plan();
  }

  private static Playbook.Offer expand(double from, double to, long cadenceNs) {
    return new Ramps(facility(cadenceNs), 20)
        .expand(
            drafted(to), Readings.of(List.of(Fixtures.sample(BIAS, Value.of(from), 0)), SECOND_NS));
  }

  private static Plan drafted(double to) {
    return new Plan(
        new ProposalId("p-1"),
        "test/1",
        "Raise",
        "because",
        Optional.empty(),
        Optional.empty(),
        RiskClass.NORMAL,
        List.of(),
        List.of(
            new Step(
                "Raise the bias",
                BIAS,
                Value.of(to),
                "V",
                List.of(),
                List.of(EFFECT),
                "it stands",
                Optional.of(new Step.Undo(Value.of(40.0), List.of(), "as it was")),
                5 * SECOND_NS)),
        Long.MAX_VALUE,
        "nobody");
  }

  private static Facility facility(long cadenceNs) {
    Writable writable =
        new Writable(
            -1_000,
            1_000,
            OptionalDouble.of(LARGEST),
            SECOND_NS,
            Optional.empty(),
            TOLERANCE,
            SafeDirection.DOWN,
            List.of(),
            Optional.empty(),
            false,
            Optional.empty(),
            Set.of());
    Channel channel =
        new Channel(
            BIAS,
            "T:BIAS",
            ValueKind.DOUBLE,
            "V",
            "V",
            "pds",
            "pds-supply",
            "",
            List.of(),
            cadenceNs,
            0,
            AlarmSettings.NONE,
            Optional.of(writable),
            List.of());
    return new Facility(
        "t",
        "t",
        "UTC",
        true,
        List.of(),
        List.of(),
        Map.of(BIAS, channel),
        Map.of(
            "pds-supply",
            new DeviceLimits("pds-supply", 0, Optional.of(new WriteBudget(10, 100 * SECOND_NS)))),
        Map.of());
  }
}
