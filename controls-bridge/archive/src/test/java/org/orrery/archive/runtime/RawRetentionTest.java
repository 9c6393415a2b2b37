package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.orrery.archive.Samples;
import org.orrery.archive.core.Lateness;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;

class RawRetentionTest {
  private final Database database = Servers.shared();

  @Test
  void shouldDropOnlyTheDaysThatAreTooOldByThePlantClock() {
    // Given samples of ten days long before those of the other tests, and of one far in the future
    PlantDay first = PlantDay.of(Samples.T0 - 3_000 * PlantDay.DAY_NS);
    List<PlantDay> days = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      days.add(new PlantDay(first.epochDay() + i));
    }
    PlantDay ahead = new PlantDay(PlantDay.of(Samples.T0).epochDay() + 20_000);
    store(days, ahead);

    // When the plant clock stands on the last of the ten days
    Retention threeDays = Retention.of(Facilities.of("retention.c"), 3, List.of());
    ChannelNumbers numbers = new ChannelNumbers(database, id -> "");
    new RawRetention(database, new Engines(database, numbers), threeDays)
        .enforce(days.getLast().fromNs() + 1);

    // Then three days before today, today and what is ahead of the clock remain
    List<String> left = partitions();
    assertThat(left).contains("sample_" + ahead.suffix());
    for (int i = 0; i < days.size(); i++) {
      assertThat(left.contains("sample_" + days.get(i).suffix())).isEqualTo(i >= 6);
    }
  }

  private void store(List<PlantDay> days, PlantDay ahead) {
    List<PlantDay> all = new ArrayList<>(days);
    all.add(ahead);
    Batch batch = new Batch();
    Lateness lateness = new Lateness();
    for (PlantDay day : all) {
      Sample sample = Samples.number("retention.c", day.fromNs() + 5, 1, 1.0);
      batch.add(sample, lateness.isLate(sample));
    }
    batch.cover(0, new LogPositions.Span(0, all.size()));
    LogPositions positions = new LogPositions(database, "test-cluster", "retention");
    positions.load(Map.of(0, 0L));
    ChannelNumbers numbers = new ChannelNumbers(database, id -> "");
    new SampleWriter(database, numbers, new Engines(database, numbers)).write(batch, positions);
  }

  private List<String> partitions() {
    return database.inTransaction(RawRetentionTest::read);
  }

  private static List<String> read(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                    + " where i.inhparent = 'sample'::regclass")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
