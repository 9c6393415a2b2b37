package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.orrery.archive.Samples;
import org.orrery.archive.core.Lateness;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.core.Rollups;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;

class SampleWriterTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private final Database database = Servers.shared();
  private final ChannelNumbers numbers = new ChannelNumbers(database, id -> "");
  private final SampleWriter writer =
      new SampleWriter(database, numbers, new Engines(database, numbers));

  private static Batch batch(List<Sample> samples, long fromOffset) {
    Batch batch = new Batch();
    Lateness lateness = new Lateness();
    samples.forEach(sample -> batch.add(sample, lateness.isLate(sample)));
    batch.cover(0, new LogPositions.Span(fromOffset, fromOffset + samples.size()));
    return batch;
  }

  private LogPositions positions(String topic) {
    LogPositions positions = new LogPositions(database, "test-cluster", topic);
    positions.load(Map.of(0, 0L));
    return positions;
  }

  @Test
  void shouldStoreEachSampleOnceAndKeepTheRollupsRightUnderRedelivery() {
    // Given
    long seed = 4711;
    Random random = new Random(seed);
    LogPositions positions = positions("redelivery");
    List<Sample> all = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String channel = "redelivery.c" + random.nextInt(5);
      long time = Samples.T0 + (long) (random.nextDouble() * 600 * SECOND_NS);
      Quality quality = random.nextInt(10) == 0 ? Quality.BAD : Quality.GOOD;
      double value = random.nextInt(50) == 0 ? Double.NaN : random.nextGaussian();
      all.add(Samples.of(channel, time, i, Value.of(value), quality, Severity.MINOR));
    }

    // When: out of order, in batches that overlap and repeat
    List<Sample> sent = new ArrayList<>(all);
    sent.addAll(all.subList(500, 1_500));
    Collections.shuffle(sent, random);
    int stored = 0;
    for (int from = 0; from < sent.size(); from += 700) {
      List<Sample> part = sent.subList(from, Math.min(from + 700, sent.size()));
      stored += writer.write(batch(part, from), positions);
    }

    // Then
    assertThat(stored).as("seed %d", seed).isEqualTo(all.size());
    assertThat(
            Servers.count(
                database,
                "select count(*) from sample s join channel c on c.number = s.channel"
                    + " where id like 'redelivery.%'"))
        .isEqualTo(all.size());
    Map<String, double[]> found = rollups("redelivery.%");
    Map<Rollups.Key, Rollup> expected = Rollups.byMinute(all);
    assertThat(found).hasSize(expected.size());
    expected.forEach(
        (key, rollup) -> {
          double[] row = found.get(key.channel() + "@" + key.startNs());
          assertThat(row).isNotNull();
          assertThat((long) row[0]).isEqualTo(rollup.n());
          if (rollup.n() > 0) {
            assertThat(row[1]).isEqualTo(rollup.min());
            assertThat(row[2]).isEqualTo(rollup.max());
            assertThat(row[3]).isCloseTo(rollup.sum(), within(1e-9));
            assertThat(row[4]).isEqualTo(rollup.last());
          }
        });
  }

  private Map<String, double[]> rollups(String pattern) {
    return database.inTransaction(
        connection -> {
          Map<String, double[]> rows = new HashMap<>();
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select id, minute_ns, n, min, max, sum, last from rollup r"
                          + " join channel c on c.number = r.channel where id like '"
                          + pattern
                          + "'")) {
            while (row.next()) {
              rows.put(
                  row.getString(1) + "@" + row.getLong(2),
                  new double[] {
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getDouble(6),
                    row.getDouble(7)
                  });
            }
          }
          return rows;
        });
  }

  @Test
  void shouldStoreNothingWhenThePlaceInTheLogIsNotTheExpectedOne() {
    // Given
    LogPositions positions = positions("fenced");
    List<Sample> samples = List.of(Samples.number("fenced.a", Samples.T0, 1, 1.0));
    writer.write(batch(samples, 0), positions);

    // When / Then: the same stretch of the log again, and a stretch with a hole before it
    List<Sample> others = List.of(Samples.number("fenced.a", Samples.T0 + 1, 2, 2.0));
    for (long offset : new long[] {0, 7}) {
      assertThatThrownBy(() -> writer.write(batch(others, offset), positions))
          .isInstanceOf(LogPositions.PositionMovedException.class);
    }
    assertThat(new LogPositions(database, "test-cluster", "fenced").load(Map.of(0, 0L)))
        .containsEntry(0, 1L);
    assertThat(
            Servers.count(
                database,
                "select count(*) from sample s join channel c on c.number = s.channel"
                    + " where id = 'fenced.a'"))
        .isEqualTo(1);
  }

  @Test
  void shouldMakeAPartitionPerDayAndKeepImpossibleTimesApart() {
    // Given
    long day = 86_400 * SECOND_NS;
    List<Sample> samples =
        List.of(
            Samples.number("days.a", Samples.T0, 1, 1),
            Samples.number("days.a", Samples.T0 + 3 * day, 2, 2),
            Samples.number("days.a", 5, 3, 3),
            Samples.number("days.a", Samples.T0 - 1, 4, 4));

    // When
    writer.write(batch(samples, 0), positions("days"));

    // Then
    for (String table : List.of("sample_20261123", "sample_20261126")) {
      assertThat(
              Servers.count(
                  database,
                  "select count(*) from " + table + " where channel = " + channel("days.a")))
          .isPositive();
    }
    assertThat(Servers.count(database, "select (to_regclass('sample_20261127') is not null)::int"))
        .as("the day after is there ahead of its samples")
        .isEqualTo(1);
    assertThat(
            Servers.count(
                database,
                "select count(*) from sample_elsewhen where channel = " + channel("days.a")))
        .isEqualTo(1);
    assertThat(
            Servers.count(
                database,
                "select count(*) from sample where late and channel = " + channel("days.a")))
        .isEqualTo(2);
  }

  private int channel(String id) {
    return Math.toIntExact(
        Servers.count(database, "select number from channel where id = '" + id + "'"));
  }

  @Test
  void shouldBringEveryKindOfValueBackInWords() {
    // Given
    DoubleArrayValue array = DoubleArrayValue.of(1, 2, 3);
    List<Value> values =
        List.of(
            Value.of(1.5),
            new Value.LongValue(Long.MAX_VALUE),
            new Value.ChoiceValue(1, "ON"),
            Value.of("a\0b \u2603"),
            array,
            new HistogramValue(DoubleArrayValue.of(0, 1, 2, 3), array));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      samples.add(
          Samples.of("kinds.a", Samples.T0 + i, i, values.get(i), Quality.GOOD, Severity.MAJOR));
    }

    // When
    writer.write(batch(samples, 0), positions("kinds"));
    History history =
        new HistoryReader(database, numbers)
            .read(
                new HistoryQuery(
                    samples.getFirst().channel(),
                    Samples.T0,
                    Samples.T0 + 100,
                    new HistoryQuery.Resolution.Raw(10)));

    // Then
    assertThat(history.points())
        .extracting(History.Point::value)
        .containsExactly(1.5, 0x1p63, 1.0, Double.NaN, Double.NaN, Double.NaN);
    assertThat(history.points())
        .extracting(point -> point.text().orElse(""))
        .containsExactly("", "", "ON", "a\uFFFDb \u2603", "3 values", "3 bins");
    assertThat(history.points()).allMatch(point -> point.severity() == Severity.MAJOR);
  }
}
