package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.orrery.archive.Samples;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.store.Database;

/**
 * What was lost of the log before it was stored, in the answers of the channels that it carried.
 */
class LostLogTest {
  private static final long SECOND_NS = 1_000_000_000L;

  /** Far from the samples of other tests, which share the database. */
  private static final long T0 = Samples.T0 + 400 * 86_400 * SECOND_NS;

  private static final String CHANNEL = "lost.flow";
  private static final int PARTITION = KafkaTopics.SAMPLES.partitionOf(CHANNEL);
  private static final String REASON = "cut by retention";

  private final Database database = Servers.shared();
  private final ChannelNumbers numbers = new ChannelNumbers(database, id -> "");
  private final HistoryReader reader = new HistoryReader(database, numbers);
  private final SampleWriter writer =
      new SampleWriter(database, numbers, new Engines(database, numbers));

  private LogPositions positions() {
    LogPositions positions = new LogPositions(database, "lost-cluster", KafkaTopics.SAMPLES.name());
    positions.load(Map.of(PARTITION, 0L));
    return positions;
  }

  private void store(LogPositions positions, String channel, int from, int to) {
    Batch batch = new Batch();
    IntStream.range(from, to)
        .forEach(i -> batch.add(Samples.number(channel, T0 + i * SECOND_NS, i, i), false));
    batch.cover(PARTITION, new LogPositions.Span(from, to));
    writer.write(batch, positions);
  }

  private List<Gap> gaps(String channel) {
    return reader
        .read(
            new HistoryQuery(
                new ChannelId(channel), T0, T0 + 1_000 * SECOND_NS, new Resolution.Raw(1_000)))
        .gaps();
  }

  private static long received(int i) {
    return Samples.number(CHANNEL, T0 + i * SECOND_NS, i, i).receivedTimeNs();
  }

  @Test
  void shouldTellWhatWasLostOfTheLogAsAGapOfTheChannelsThatItCarried() {
    // Given
    String elsewhere =
        IntStream.range(0, 100)
            .mapToObj(i -> "lost.other" + i)
            .filter(id -> KafkaTopics.SAMPLES.partitionOf(id) != PARTITION)
            .findFirst()
            .orElseThrow();
    numbers.ensure(List.of(new ChannelId(elsewhere)));
    LogPositions before = positions();
    store(before, CHANNEL, 0, 5);
    store(before, CHANNEL, 5, 10);

    // When the log has lost records, the archive starts again, and one more comes
    before.jump(PARTITION, 10, 100, REASON);
    List<Gap> meanwhile = gaps(CHANNEL);
    store(positions(), CHANNEL, 100, 105);

    // Then
    assertThat(meanwhile).containsExactly(new Gap(received(9), OptionalLong.empty(), REASON));
    assertThat(gaps(CHANNEL))
        .containsExactly(new Gap(received(9), OptionalLong.of(received(100)), REASON));
    assertThat(gaps(elsewhere)).isEmpty();
  }
}
