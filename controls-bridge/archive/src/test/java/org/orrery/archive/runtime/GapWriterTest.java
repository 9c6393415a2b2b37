package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.archive.core.GapTracker;
import org.orrery.contract.facility.ChannelId;
import org.orrery.store.Database;

class GapWriterTest {
  private static final ChannelId FLOW = new ChannelId("gaps.flow");
  private static final ChannelId POISON = new ChannelId("gaps.poison");

  @Test
  void shouldLeaveOutAndCountWhatTheDatabaseRefusesAndStoreTheRest() {
    // Given: a text that PostgreSQL cannot hold
    Database database = Servers.shared();
    try (GapWriter writer = new GapWriter(database, new ChannelNumbers(database, id -> ""))) {
      // When
      writer.store(
          List.of(
              new GapTracker.Opened(FLOW, 1, "disconnected"),
              new GapTracker.Opened(POISON, 2, "disconnected: \0"),
              new GapTracker.Closed(FLOW, 3),
              new GapTracker.Opened(FLOW, 4, "stale")));

      // Then
      await().atMost(Duration.ofSeconds(60)).until(() -> writer.lossCount().pending() == 0);
      assertThat(writer.lossCount().in()).isEqualTo(4);
      assertThat(writer.lossCount().out()).isEqualTo(3);
      assertThat(writer.lossCount().dropped()).isEqualTo(1);
    }
    assertThat(count(database, "gaps.flow", "true")).isEqualTo(2);
    assertThat(count(database, "gaps.flow", "to_ns = 3")).isEqualTo(1);
    assertThat(count(database, "gaps.poison", "true")).isZero();
  }

  private static long count(Database database, String channel, String where) {
    return Servers.count(
        database,
        "select count(*) from gap join channel on channel.number = gap.channel where channel.id = '"
            + channel
            + "' and "
            + where);
  }
}
