package org.orrery.operations.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.operations.core.snapshot.Bench.FLOW;
import static org.orrery.operations.core.snapshot.Bench.PUMP;
import static org.orrery.operations.core.snapshot.Bench.SPEED;
import static org.orrery.operations.core.snapshot.Bench.VOLTAGE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.Difference;
import org.orrery.contract.snapshot.Difference.Kind;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.Tolerance;
import org.orrery.contract.value.Value;

class ComparingTest {
  private final Map<ChannelId, Sample> shown = Bench.shown();
  private final Snapshot snapshot = Bench.saved(Bench.taken(shown));

  private Comparison live() {
    return Comparing.live(snapshot, Bench.facility(), Bench.taken(shown));
  }

  private static Kind kind(Comparison comparison, ChannelId channel) {
    return comparison.differences().stream()
        .filter(d -> d.channel().equals(channel))
        .findFirst()
        .map(Difference::kind)
        .orElseThrow();
  }

  @Test
  void shouldFindWhatDiffersByMoreThanItsTolerance() {
    // Given
    shown.put(SPEED, Bench.sample(SPEED, Value.of(50.049)));
    shown.put(VOLTAGE, Bench.sample(VOLTAGE, Value.of(-180.02)));
    shown.put(PUMP, Bench.sample(PUMP, new Value.ChoiceValue(0, "OFF")));

    // When
    Comparison comparison = live();

    // Then
    assertThat(comparison.same()).isEqualTo(2);
    assertThat(comparison.differences())
        .extracting(Difference::channel)
        .containsExactly(VOLTAGE, PUMP);
    assertThat(comparison.differences().getFirst().other()).contains(Value.of(-180.02));
  }

  @Test
  void shouldNeverCountAsTheSameWhatCannotBeCompared() {
    // Given
    shown.remove(FLOW);
    shown.put(SPEED, Bench.sample(SPEED, new Value.LongValue(50)));
    Taken taken = Bench.with(Bench.taken(shown), VOLTAGE, Link.STALE);
    taken = Bench.with(taken, PUMP, Link.DISCONNECTED);

    // When
    Comparison comparison = Comparing.live(snapshot, Bench.facility(), taken);

    // Then
    assertThat(comparison.same()).isZero();
    assertThat(kind(comparison, FLOW)).isEqualTo(Kind.NOT_CONNECTED);
    assertThat(kind(comparison, SPEED)).isEqualTo(Kind.BAD);
    assertThat(kind(comparison, VOLTAGE)).isEqualTo(Kind.STALE);
    assertThat(kind(comparison, PUMP)).isEqualTo(Kind.NOT_CONNECTED);
  }

  @Test
  void shouldTellMasksApartThatDifferInTheirLowestBit() {
    // Given
    ChannelId mask = new ChannelId("purif.mask");
    long bits = (1L << 53) + 1;
    Snapshot masks =
        new Snapshot(
            snapshot.id(),
            "masks",
            "",
            "sam",
            1,
            1,
            "masks",
            1,
            List.of("all"),
            List.of(
                new Snapshot.Entry(
                    mask,
                    0,
                    new Value.LongValue(bits),
                    "",
                    Severity.NONE,
                    Quality.GOOD,
                    1,
                    Optional.empty(),
                    Tolerance.EXACT)),
            List.of());

    // When
    Comparison comparison =
        Comparing.compare(
            masks,
            Map.of(
                mask,
                new Comparing.Other(
                    Optional.of(new Value.LongValue(bits - 1)), "", Quality.GOOD, "")),
            "test",
            1);

    // Then
    assertThat(kind(comparison, mask)).isEqualTo(Kind.VALUE);
  }

  @Test
  void shouldNotCompareMilesWithKilometres() {
    // When
    Comparison comparison =
        Comparing.compare(
            snapshot,
            Map.of(
                SPEED, new Comparing.Other(Optional.of(Value.of(50)), "1/min", Quality.GOOD, "")),
            "test",
            1);

    // Then
    assertThat(kind(comparison, SPEED)).isEqualTo(Kind.UNIT);
    assertThat(kind(comparison, FLOW)).isEqualTo(Kind.MISSING);
  }

  @Test
  void shouldNameWhatOnlyOneOfTwoSnapshotsHas() {
    // Given
    shown.remove(FLOW);
    Snapshot later = Bench.saved(Bench.taken(shown));

    // Then
    assertThat(kind(Comparing.snapshots(snapshot, later), FLOW)).isEqualTo(Kind.MISSING);
    assertThat(kind(Comparing.snapshots(later, snapshot), FLOW)).isEqualTo(Kind.MISSING);
    assertThat(Comparing.snapshots(snapshot, snapshot).differences()).isEmpty();
  }

  @Test
  void shouldNotTrustWhatWasBadWhenItWasSaved() {
    // Given
    Snapshot doubtful = Bench.saved(Bench.with(Bench.taken(shown), SPEED, Link.DISCONNECTED));

    // When
    Comparison comparison = Comparing.live(doubtful, Bench.facility(), Bench.taken(shown));

    // Then
    assertThat(comparison.differences()).hasSize(1);
    assertThat(kind(comparison, SPEED)).isEqualTo(Kind.BAD);
  }

  @Property
  void shouldTakeTheLargerOfBothTolerances(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double saved,
      @ForAll @DoubleRange(max = 10) double absolute,
      @ForAll @DoubleRange(max = 0.5) double relative,
      @ForAll @DoubleRange(min = -2, max = 2) double share) {
    Tolerance tolerance = new Tolerance(absolute, relative);
    double allowed = Math.max(absolute, relative * Math.abs(saved));
    double other = saved + share * allowed;
    Value nan = Value.of(Double.NaN);
    assertThat(tolerance.covers(Value.of(saved), Value.of(other)))
        .isEqualTo(other == saved || Math.abs(saved - other) <= allowed);
    assertThat(tolerance.covers(Value.of(saved), nan)).isFalse();
    assertThat(tolerance.covers(nan, Value.of(saved))).isFalse();
  }

  @Test
  void shouldKeepTheOrderOfTheSnapshot() {
    shown.clear();
    assertThat(live().differences())
        .extracting(Difference::channel)
        .isEqualTo(List.of(VOLTAGE, FLOW, PUMP, SPEED));
  }
}
