package org.orrery.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.orrery.contract.Provenance;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmMirror;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

class RoundTripTest {
  @Provide
  Arbitrary<ChannelId> channels() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .numeric()
        .ofMinLength(1)
        .ofMaxLength(8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(words -> new ChannelId(String.join(".", words)));
  }

  @Provide
  Arbitrary<Value> values() {
    Arbitrary<Double> any =
        Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.of(Double.NaN, -0.0, Double.NEGATIVE_INFINITY, Double.MIN_VALUE));
    Arbitrary<DoubleArrayValue> arrays =
        any.array(double[].class).ofMaxSize(20).map(DoubleArrayValue::of);
    return Arbitraries.oneOf(
        any.map(Value::of),
        Arbitraries.longs().map(Value.LongValue::new),
        Arbitraries.strings().map(RoundTripTest::sound).map(Value::of),
        Combinators.combine(Arbitraries.integers().between(0, 30), Arbitraries.strings().alpha())
            .as(Value.ChoiceValue::new),
        arrays.map(array -> array),
        arrays
            .filter(array -> array.size() > 0)
            .map(
                edges ->
                    new HistogramValue(edges, DoubleArrayValue.of(new double[edges.size() - 1]))));
  }

  /** Lone surrogates are no text in UTF-8. */
  private static String sound(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Property(tries = 500)
  void shouldReadTheSampleThatWasWritten(
      @ForAll("channels") ChannelId channel,
      @ForAll("values") Value value,
      @ForAll Severity severity,
      @ForAll Quality quality,
      @ForAll long sourceTimeNs,
      @ForAll long receivedTimeNs,
      @ForAll long sequence) {
    Sample sample =
        new Sample(
            channel, value, severity, "HIHI", sourceTimeNs, receivedTimeNs, quality, 1, sequence);
    assertThat(Wire.SAMPLE.decode(Wire.SAMPLE.encode(sample))).isEqualTo(sample);
  }

  @Property(tries = 200)
  void shouldReadTheTransitionThatWasWritten(
      @ForAll("channels") ChannelId channel,
      @ForAll AlarmKey.Kind kind,
      @ForAll AlarmState from,
      @ForAll AlarmState to,
      @ForAll Severity severity,
      @ForAll AlarmSettings.Priority priority,
      @ForAll boolean firstOut,
      @ForAll long atNs) {
    Alarm alarm =
        new Alarm(
            new AlarmKey(channel, kind),
            to,
            severity,
            "message",
            atNs - 1,
            atNs,
            firstOut ? Optional.of("") : Optional.empty(),
            priority,
            "response",
            firstOut,
            kind == AlarmKey.Kind.MIRRORED
                ? Optional.of(
                    new AlarmMirror(
                        "Phoebus",
                        firstOut,
                        firstOut ? Optional.empty() : Optional.of("vera"),
                        "/Detector"))
                : Optional.empty());
    AlarmTransition transition = new AlarmTransition(from, alarm, atNs, "process");
    assertThat(Wire.ALARM_TRANSITION.decode(Wire.ALARM_TRANSITION.encode(transition)))
        .isEqualTo(transition);
  }

  @Property(tries = 200)
  void shouldReadTheFindingThatWasWritten(
      @ForAll("channels") ChannelId channel,
      @ForAll double score,
      @ForAll double pValue,
      @ForAll boolean active,
      @ForAll long atNs) {
    Finding finding =
        new Finding(
            new FindingId("f"),
            "detector",
            "title",
            List.of(channel),
            atNs,
            atNs + 1,
            score,
            pValue,
            score,
            List.of(new Evidence(channel, "text", pValue)),
            active,
            Provenance.live(atNs, atNs, "d", "1", atNs, "h"));
    assertThat(Wire.FINDING.decode(Wire.FINDING.encode(finding))).isEqualTo(finding);
  }
}
