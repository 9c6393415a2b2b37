package org.orrery.twin.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.orrery.contract.diagnosis.Diagnosis.Cause;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.plant.TestPlant;
import org.orrery.twin.plant.TwinOnPlant;

/** Faults of a plant that the twin does not share its equations with. */
class DiagnoserTest {
  private static final int BEFORE_SECONDS = 1800;
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final TwinOnPlant twin = new TwinOnPlant(5);

  private Verdict after(Consumer<TestPlant> fault, int seconds) {
    twin.run(BEFORE_SECONDS);
    fault.accept(twin.plant());
    twin.run(seconds);
    return twin.diagnose(Math.min(seconds, 60), Diagnoser.LOOK_BACK_NS);
  }

  private static Arguments plantFault(
      String name, Consumer<TestPlant> what, int seconds, Fault is) {
    return Arguments.argumentSet(name, what, seconds, is.hypothesis());
  }

  private static Arguments liar(String channel, Consumer<TestPlant> what) {
    return Arguments.argumentSet(
        channel, what, 120, new Hypothesis.LyingSensor(new ChannelId(channel)));
  }

  static Stream<Arguments> known() {
    return Stream.of(
        plantFault("pump stop, at once", p -> p.pumpADead = true, 60, Fault.PUMP_A_STOP),
        plantFault("pump stop, later", p -> p.pumpADead = true, 1200, Fault.PUMP_A_STOP),
        plantFault("nitrogen", p -> p.nitrogenLost = true, 600, Fault.NITROGEN_LOST),
        plantFault("trip", p -> p.tripped = true, 60, Fault.HV_TRIP),
        plantFault("streamer", p -> p.streamerMicroamps = 0.8, 120, Fault.STREAMER),
        liar("purif.flow", p -> p.stick("purif.flow", 0.0)),
        liar("cryo.rtd.t07", p -> p.lie("cryo.rtd.t07", 0.8)),
        liar("cryo.pressure.gauge", p -> p.lie("cryo.pressure.gauge", 6.0)),
        liar("cryo.ln2.flow", p -> p.stick("cryo.ln2.flow", 0.0)),
        liar("purif.pump-a.current", p -> p.stick("purif.pump-a.current", 0.0)));
  }

  @ParameterizedTest
  @MethodSource("known")
  void shouldNameTheCauseBeyondDoubt(Consumer<TestPlant> what, int seconds, Hypothesis expected) {
    // When
    Verdict verdict = after(what, seconds);

    // Then
    Cause leading = verdict.causes().getFirst();
    assertThat(leading.hypothesis()).isEqualTo(expected);
    assertThat(leading.probability()).isGreaterThan(Diagnoser.BEYOND_DOUBT);
    assertThat(verdict.causes().stream().mapToDouble(Cause::probability).sum())
        .isBetween(0.99, 1.01);
  }

  @Test
  void shouldSayWhatSpeaksForThePumpAndAgainstTheCondenser() {
    // When
    Verdict verdict = after(p -> p.pumpADead = true, 120);

    // Then
    Cause pump = verdict.causes().getFirst();
    List<String> seen = pump.speaksFor().stream().map(e -> e.channel().value()).toList();
    assertThat(seen).contains("purif.flow", "purif.pump-a.current", "purif.pump-a.dp");
    assertThat(pump.speaksFor()).extracting(Evidence::weight).allMatch(weight -> weight > 0.0);
    verdict.causes().stream()
        .filter(cause -> cause.hypothesis().equals(Fault.NITROGEN_LOST.hypothesis()))
        .forEach(cause -> assertThat(cause.probability()).isLessThan(0.01));
    assertThat(verdict.discriminators()).isNotEmpty();
  }

  @Test
  void shouldDateTheOnset() {
    // When
    Verdict verdict = after(p -> p.pumpADead = true, 300);

    // Then
    long trueOnsetNs = TestPlant.START_NS + BEFORE_SECONDS * NS_PER_SECOND;
    assertThat(Math.abs(verdict.onsetNs() - trueOnsetNs)).isLessThan(30 * NS_PER_SECOND);
    assertThat(verdict.agreementBefore()).isEqualTo(Agreement.AGREES);
  }

  @Test
  void shouldCallWeatherWeather() {
    // When
    Verdict verdict = after(p -> p.weatherMillibarsPerHour = 6.0, 3600);

    // Then
    assertThat(verdict.causes().getFirst().hypothesis()).isInstanceOf(Hypothesis.External.class);
    assertThat(verdict.fault()).isEmpty();
  }

  @Test
  void shouldAccuseNobodyWhenNothingIsWrong() {
    // When
    Verdict verdict = after(p -> {}, 600);

    // Then
    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.lyingSensor()).isEmpty();
    assertThat(verdict.working()).isEmpty();
  }

  @Test
  void shouldSayThatNoHypothesisFits() {
    // When
    Verdict verdict =
        after(
            p -> {
              p.stick("purif.flow", 0.8);
              p.stick("purif.pump-a.dp", 300.0);
              p.lie("hv.groundplane.gp06", 900.0);
              p.lie("cryo.pressure.absolute", 9.0);
            },
            300);

    // Then
    assertThat(verdict.causes().getFirst().hypothesis()).isInstanceOf(Hypothesis.NoneOfThese.class);
    assertThat(verdict.fault()).isEmpty();
  }
}
