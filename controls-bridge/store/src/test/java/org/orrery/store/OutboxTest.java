package org.orrery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Store store = Servers.shared();

  private void append(String topic, String key, String text) {
    store
        .room("probe")
        .runInTransaction(
            connection ->
                Outbox.append(connection, topic, key, text.getBytes(StandardCharsets.UTF_8)));
  }

  private long waiting() {
    return store
        .room("store")
        .inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("select count(*) from outbox")) {
                row.next();
                return row.getLong(1);
              }
            });
  }

  @Test
  void shouldDeliverEverythingInOrderPerKeyThoughTheLogStumbles() {
    // Given
    int perKey = 120;
    long seed = 20_261_123;
    Random random = new Random(seed);
    for (int i = 0; i < perKey; i++) {
      append("t", "a", "a" + i);
      append("t", "b", "b" + i);
    }
    Map<String, List<String>> accepted = new ConcurrentHashMap<>();
    OutboxPublisher stumbling =
        (topic, key, payload) -> {
          if (random.nextInt(20) == 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("stumbled"));
          }
          accepted
              .computeIfAbsent(key, k -> new CopyOnWriteArrayList<>())
              .add(new String(payload, StandardCharsets.UTF_8));
          return CompletableFuture.completedFuture(null);
        };

    // When
    try (OutboxPump pump = new OutboxPump(store, stumbling)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
      assertThat(pump.published()).isEqualTo(2L * perKey);
    }

    // Then: at least once; the last repetition of each is in order
    for (String key : List.of("a", "b")) {
      List<String> wanted = IntStream.range(0, perKey).mapToObj(i -> key + i).toList();
      List<String> lastFirst = new ArrayList<>(new LinkedHashSet<>(accepted.get(key).reversed()));
      assertThat(lastFirst.reversed()).as("seed %s", seed).isEqualTo(wanted);
    }
  }

  @Test
  void shouldOweNothingForATransactionThatWasRolledBack() {
    // When
    assertThatThrownBy(
            () ->
                store
                    .room("probe")
                    .runInTransaction(
                        connection -> {
                          Outbox.append(connection, "t", "ghost", new byte[] {1});
                          throw new IllegalStateException("on purpose");
                        }))
        .isInstanceOf(IllegalStateException.class);

    // Then
    List<String> keys = new CopyOnWriteArrayList<>();
    append("t", "real", "x");
    try (OutboxPump pump =
        new OutboxPump(
            store,
            (topic, key, payload) -> {
              keys.add(key);
              return CompletableFuture.completedFuture(null);
            })) {
      pump.wake();
      await().atMost(Duration.ofSeconds(60)).until(() -> keys.contains("real"));
    }
    assertThat(keys).doesNotContain("ghost");
  }

  @Test
  void shouldFlowAgainOnceARefusedStatementIsMended() {
    // Given
    List<String> keys = new CopyOnWriteArrayList<>();
    try (OutboxPump pump =
        new OutboxPump(
            store,
            (topic, key, payload) -> {
              keys.add(key);
              return CompletableFuture.completedFuture(null);
            })) {
      sql("alter table outbox rename to outbox_away");
      await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(pump.problem()).contains("outbox"));

      // When
      sql("alter table outbox_away rename to outbox");
      append("t", "afterwards", "x");

      // Then
      await().atMost(Duration.ofSeconds(60)).until(() -> keys.contains("afterwards"));
      await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(pump.problem()).isEmpty());
    }
  }

  private void sql(String statement) {
    store
        .room("store")
        .runInTransaction(
            connection -> {
              try (Statement each = connection.createStatement()) {
                each.execute(statement);
              }
            });
  }
}
