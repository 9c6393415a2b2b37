package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.orrery.archive.Samples;
import org.orrery.archive.core.GapTracker;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;

class HistoryReaderTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final ChannelId CHANNEL = new ChannelId("history.flow");
  private static final int SAMPLES = 7_200;
  private static final List<Sample> ALL = new ArrayList<>();

  private final Database database = Servers.shared();
  private final ChannelNumbers numbers = new ChannelNumbers(database, id -> "");
  private final HistoryReader reader = new HistoryReader(database, numbers);

  @BeforeAll
  static void storeTwoHoursAtOneHertz() {
    Random random = new Random(7);
    Batch batch = new Batch();
    for (int i = 0; i < SAMPLES; i++) {
      Quality quality = i % 100 == 99 ? Quality.BAD : Quality.GOOD;
      Sample sample =
          Samples.of(
              CHANNEL.value(),
              Samples.T0 + i * SECOND_NS,
              i,
              Value.of(random.nextGaussian()),
              quality,
              quality == Quality.BAD ? Severity.INVALID : Severity.NONE);
      ALL.add(sample);
      batch.add(sample, false);
    }
    batch.cover(0, new LogPositions.Span(0, SAMPLES));
    Database database = Servers.shared();
    LogPositions positions = new LogPositions(database, "test-cluster", "history");
    positions.load(Map.of(0, 0L));
    ChannelNumbers numbers = new ChannelNumbers(database, id -> "");
    new SampleWriter(database, numbers, new Engines(database, numbers)).write(batch, positions);
  }

  private History ask(long fromSecond, long toSecond, Resolution resolution) {
    return reader.read(
        new HistoryQuery(
            CHANNEL,
            Samples.T0 + fromSecond * SECOND_NS,
            Samples.T0 + toSecond * SECOND_NS,
            resolution));
  }

  @Test
  void shouldGiveEverySampleOfTheSpanUpToTheLimit() {
    assertThat(ask(10, 20, new Resolution.Raw(100)).points())
        .hasSize(10)
        .first()
        .satisfies(
            point -> {
              assertThat(point.timeNs()).isEqualTo(Samples.T0 + 10 * SECOND_NS);
              assertThat(point.value()).isEqualTo(ALL.get(10).value().asDouble().getAsDouble());
            });
    assertThat(ask(0, 5_000, new Resolution.Raw(7)).points()).hasSize(7);
    assertThat(ask(99, 100, new Resolution.Raw(7)).points())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.value()).isNaN();
              assertThat(point.text()).contains("not usable: bad");
              assertThat(point.severity()).isEqualTo(Severity.INVALID);
            });
  }

  @Test
  void shouldReduceLikeBruteForceFromSamplesAndFromRollups() {
    for (long seconds : new long[] {10, 60, 300}) {
      // When
      History history = ask(0, SAMPLES, new Resolution.Interval(seconds * SECOND_NS));

      // Then
      assertThat(history.reduced()).isTrue();
      assertThat(history.points()).hasSize((int) (SAMPLES / seconds));
      for (int i = 0; i < history.points().size(); i++) {
        History.Point point = history.points().get(i);
        List<Sample> part = ALL.subList((int) (i * seconds), (int) ((i + 1) * seconds));
        double[] usable =
            part.stream()
                .filter(sample -> sample.quality() == Quality.GOOD)
                .mapToDouble(sample -> sample.value().asDouble().getAsDouble())
                .toArray();
        assertThat(point.timeNs()).isEqualTo(part.getFirst().sourceTimeNs());
        assertThat(point.count()).isEqualTo(usable.length);
        assertThat(point.value()).isEqualTo(usable[usable.length - 1]);
        var statistics = Arrays.stream(usable).summaryStatistics();
        assertThat(point.min()).isEqualTo(statistics.getMin());
        assertThat(point.max()).isEqualTo(statistics.getMax());
        assertThat(point.mean()).isCloseTo(statistics.getAverage(), within(1e-9));
        assertThat(point.severity())
            .isEqualTo(usable.length < part.size() ? Severity.INVALID : Severity.NONE);
      }
    }
  }

  @Test
  void shouldGiveAboutAsManyPointsAsWanted() {
    History few = ask(0, 100, new Resolution.Optimised(200));
    assertThat(few.reduced()).isFalse();
    assertThat(few.points()).hasSize(100);
    for (int wanted : new int[] {20, 100, 1_000}) {
      History many = ask(0, SAMPLES, new Resolution.Optimised(wanted));
      assertThat(many.reduced()).isTrue();
      assertThat(many.points()).hasSizeBetween(wanted / 2, wanted);
      assertThat(many.points().stream().mapToLong(History.Point::count).sum())
          .isEqualTo(SAMPLES - SAMPLES / 100);
    }
  }

  @Test
  void shouldShowASilenceAmongThePointsWithItsReason() {
    // Given
    ChannelId channel = new ChannelId("history.silent");
    try (GapWriter gaps = new GapWriter(database, numbers)) {
      // When
      gaps.store(
          List.of(
              new GapTracker.Opened(channel, Samples.T0 + 5, "disconnected: no reply"),
              new GapTracker.Closed(channel, Samples.T0 + 9)));

      // Then
      HistoryQuery query =
          new HistoryQuery(channel, Samples.T0, Samples.T0 + 100, new Resolution.Optimised(10));
      await().atMost(Duration.ofSeconds(60)).until(() -> !reader.read(query).points().isEmpty());
      assertThat(reader.read(query).points())
          .singleElement()
          .satisfies(
              point -> {
                assertThat(point.value()).isNaN();
                assertThat(point.count()).isZero();
                assertThat(point.text()).contains("disconnected: no reply");
              });
      assertThat(
              Servers.count(database, "select to_ns from gap where from_ns = " + (Samples.T0 + 5)))
          .isEqualTo(Samples.T0 + 9);
    }
  }

  @Test
  void shouldAnswerEmptyForAChannelThatWasNeverStoredAndRefuseNonsense() {
    assertThat(
            reader
                .read(
                    new HistoryQuery(
                        new ChannelId("never.seen"), 0, 10, new Resolution.Optimised(10)))
                .points())
        .isEmpty();
    assertThatThrownBy(() -> ask(10, 10, new Resolution.Raw(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ask(0, 10, new Resolution.Interval(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
