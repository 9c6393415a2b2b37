package org.orrery.bus.cluster;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Topic;
import org.orrery.bus.Topics;
import org.orrery.contract.health.RoomHealth;

/**
 * The topics that go from process to process on the event bus: states that are said again to
 * whoever joins. Findings, diagnoses and histograms go by Kafka alone; alarm transitions go by
 * both, because alarms must be seen without a broker. Stateless.
 */
final class LiveTopics {
  /** Proposals said again to whoever joins; the record has all. */
  private static final int MOST_PROPOSALS = 200;

  /** More than any facility has channels. */
  private static final int MOST = 200_000;

  /**
   * A topic that goes on the event bus.
   *
   * @param topic the topic
   * @param key which of its messages replaces which; null where none is said again
   * @param most how many keys are kept, the newest
   */
  record Live<T>(Topic<T> topic, @Nullable Function<T, String> key, int most) {}

  static final List<Live<?>> ALL =
      List.of(
          new Live<>(Topics.CHANNEL_HEALTH, health -> health.channel().value(), MOST),
          new Live<>(Topics.GATE_RECORDS, null, 0),
          new Live<>(Topics.WRITING_STATE, state -> "", 1),
          new Live<>(
              Topics.ALARM_TRANSITIONS, transition -> transition.alarm().key().toString(), MOST),
          new Live<>(Topics.OPERATIONS, state -> "", 1),
          new Live<>(Topics.TWIN_STATE, state -> "", 1),
          new Live<>(Topics.PROPOSALS, proposal -> proposal.id().value(), MOST_PROPOSALS),
          new Live<>(Topics.LOSS, null, 0),
          new Live<>(Topics.ROOM_HEALTH, RoomHealth::room, MOST),
          new Live<>(Topics.DRILL, state -> "", 1));

  private static final Map<String, Live<?>> BY_ADDRESS =
      ALL.stream().collect(Collectors.toMap(live -> live.topic().address(), live -> live));

  private LiveTopics() {}

  static @Nullable Live<?> of(String address) {
    return BY_ADDRESS.get(address);
  }

  static List<String> addresses() {
    return ALL.stream().map(live -> live.topic().address()).toList();
  }
}
