package org.orrery.bus.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Mark;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

class CsvTest {
  private static final long TIME_NS = 1_795_428_000_000_000_123L;

  @Provide
  Arbitrary<List<List<String>>> records() {
    return Arbitraries.strings()
        .withChars("a,\"\n\r \u2603")
        .ofMaxLength(5)
        .list()
        .ofMinSize(2)
        .ofMaxSize(4)
        .list()
        .ofMaxSize(5);
  }

  @Property(tries = 1_000)
  void shouldReadBackWhatItWroteHoweverTheTextIsCut(
      @ForAll("records") List<List<String>> records, @ForAll @IntRange(min = 1, max = 7) int cut) {
    // Given
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(Csv.line(record)));

    // When
    Csv.Reader reader = new Csv.Reader();
    List<List<String>> found = new ArrayList<>();
    for (int from = 0; from < text.length(); from += cut) {
      found.addAll(reader.read(text.subSequence(from, Math.min(text.length(), from + cut))));
    }
    reader.end().ifPresent(found::add);

    // Then
    assertThat(found).isEqualTo(records);
  }

  @Example
  void shouldTakeEitherLineBreakAndNoneAtTheEnd() {
    Csv.Reader reader = new Csv.Reader();
    assertThat(reader.read("a,b\r\n\r\nc,\nd,\"e\""))
        .containsExactly(List.of("a", "b"), List.of("c", ""));
    assertThat(reader.end()).contains(List.of("d", "e"));
    assertThat(reader.end()).isEmpty();
  }

  private static Channel channel(ValueKind kind) {
    return new Channel(
        new ChannelId("probe.a"),
        "P:A",
        kind,
        "",
        "",
        "probe",
        "probe",
        "",
        kind == ValueKind.CHOICE ? List.of("OFF", "ON") : List.of(),
        0,
        0,
        AlarmSettings.NONE,
        Optional.empty(),
        List.of());
  }

  @Example
  void shouldCarryEveryKindOfValueThereAndBack() {
    DoubleArrayValue array = DoubleArrayValue.of(0.1, Double.NaN, Double.NEGATIVE_INFINITY);
    List<Value> values =
        List.of(
            Value.of(Math.nextUp(87.3)),
            new Value.LongValue(Long.MIN_VALUE),
            new Value.ChoiceValue(1, "ON"),
            Value.of(" said, \"no\"\n"),
            array,
            DoubleArrayValue.of(),
            new HistogramValue(DoubleArrayValue.of(0, 1, 2, 3), array));
    for (Value value : values) {
      // Given
      Channel channel = channel(ValueKind.of(value));
      Sample sample =
          new Sample(
              channel.id(),
              value,
              Severity.MAJOR,
              "HIHI",
              TIME_NS,
              TIME_NS + 5,
              Quality.STALE,
              3,
              -2);
      ArchiveRow row = ArchiveRow.of(channel, new ArchivedSample(sample, Set.of(Mark.LATE)));

      // When
      Csv.Reader reader = new Csv.Reader();
      ArchiveRow found = ArchiveRow.parse(reader.read(row.line()).getFirst());

      // Then
      assertThat(found).isEqualTo(row);
      assertThat(ValueText.parse(channel, found.value())).isEqualTo(value);
    }
    assertThat(ValueText.parse(channel(ValueKind.CHOICE), "ON"))
        .isEqualTo(new Value.ChoiceValue(1, "ON"));
    assertThatThrownBy(() -> ValueText.parse(channel(ValueKind.LONG), "1.5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'1.5' is no value of probe.a");
  }
}
