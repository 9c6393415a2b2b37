package org.orrery.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Making the topics before the first record. */
class SendLaneTest {
  private static final KafkaConfig NOBODY = KafkaConfig.embedded("127.0.0.1:1");

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void shouldTryAgainWhateverWentWrong() throws Exception {
    // Given: one answer that nobody foresaw, then a good one
    try (SendLane lane =
        lane(
            Duration.ofSeconds(20),
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalArgumentException("scripted");
              }
            })) {
      // When
      CompletableFuture<String> ready = awaitTopics(lane);

      // Then
      assertThat(ready.get(10, TimeUnit.SECONDS)).isEqualTo("ready");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void shouldPauseBetweenQuestionsWhileTheTopicsDoNotFit() throws Exception {
    // Given
    try (SendLane lane =
        lane(
            Duration.ofSeconds(1),
            () -> {
              asked.incrementAndGet();
              throw new IllegalStateException("orrery.samples has 3 partitions and must have 4");
            })) {
      // When
      String answer = awaitTopics(lane).get(10, TimeUnit.SECONDS);

      // Then
      assertThat(answer).contains("must have 4");
      assertThat(asked.get()).isBetween(2, 6);
    }
  }

  @Test
  void shouldEndItsPauseWhenItIsClosed() throws Exception {
    // Given
    SendLane lane =
        lane(
            Duration.ofDays(1),
            () -> {
              asked.incrementAndGet();
              throw new KafkaUnavailableException("scripted");
            });
    CompletableFuture<String> waiting = awaitTopics(lane);

    // When
    lane.close();

    // Then
    assertThat(waiting.get(10, TimeUnit.SECONDS)).contains("does not answer");
  }

  private static SendLane lane(Duration patience, SendLane.TopicMaker topics) {
    return new SendLane("test", NOBODY, 0, patience, topics);
  }

  private static CompletableFuture<String> awaitTopics(SendLane lane) {
    CompletableFuture<String> ready = new CompletableFuture<>();
    assertThat(
            lane.run(
                () -> {
                  try {
                    lane.awaitTopics();
                    ready.complete("ready");
                  } catch (RuntimeException e) {
                    ready.complete(String.valueOf(e.getMessage()));
                  }
                }))
        .isTrue();
    return ready;
  }
}
