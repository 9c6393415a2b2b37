package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  @Test
  void shouldRefuseClearlyWhatFindsTooManyWaiting() throws InterruptedException {
    // Given: one is answered, two wait
    CountDownLatch release = new CountDownLatch(1);
    try (Questions questions = new Questions(1, 2, TimeUnit.SECONDS.toNanos(20))) {
      CountDownLatch entered = new CountDownLatch(1);
      Future<String> first = questions.ask(() -> slow(entered, release));
      entered.await();
      Future<String> second = questions.ask(() -> "second");
      Future<String> third = questions.ask(() -> "third");

      // When
      Future<String> fourth = questions.ask(() -> "fourth");

      // Then
      assertThat(fourth.failed()).isTrue();
      assertThat(fourth.cause())
          .hasMessageContaining("2 questions wait")
          .hasMessageContaining("ask again");

      // When
      release.countDown();

      // Then: all that were taken are answered, and there is room again
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> first.succeeded() && second.succeeded() && third.succeeded());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> questions.ask(() -> "fifth").cause() == null);
    }
  }

  @Test
  void shouldNotLetAQuestionWaitLongerThanItsPatience() throws InterruptedException {
    // Given
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Questions questions = new Questions(1, 2, TimeUnit.MILLISECONDS.toNanos(50))) {
      Future<String> first = questions.ask(() -> slow(entered, release));
      entered.await();

      // When
      Future<String> second = questions.ask(() -> "second");

      // Then
      await().atMost(Duration.ofSeconds(60)).until(second::failed);
      assertThat(second.cause()).hasMessageContaining("ask again later");
      assertThat(first.isComplete()).isFalse();
      release.countDown();
    }
  }

  private static String slow(CountDownLatch entered, CountDownLatch release)
      throws InterruptedException {
    entered.countDown();
    release.await();
    return "slow";
  }
}
