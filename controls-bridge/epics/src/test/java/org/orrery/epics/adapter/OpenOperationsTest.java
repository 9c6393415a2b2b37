package org.orrery.epics.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenOperationsTest {
  private static final long LONG_NS = TimeUnit.HOURS.toNanos(1);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final OpenOperations operations = new OpenOperations(timer);
  private final AtomicInteger ended = new AtomicInteger();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private CompletableFuture<String> watch(CompletableFuture<String> reply, long timeoutNs) {
    return operations.watch(reply, reply::complete, timeoutNs, ended::incrementAndGet);
  }

  @Test
  void shouldEndAnOperationAtItsDeadline() throws Exception {
    // When
    CompletableFuture<String> watched =
        watch(new CompletableFuture<>(), TimeUnit.MILLISECONDS.toNanos(20));
    // Then
    assertThat(watched.get(60, TimeUnit.SECONDS)).isEqualTo("no answer within 20 ms");
    assertThat(ended).hasValue(1);
  }

  @Test
  void shouldEndThoseThatAreOpenWithTheirClientAndForgetTheOthers() {
    // Given
    timer.setRemoveOnCancelPolicy(true);
    CompletableFuture<String> answered = new CompletableFuture<>();
    CompletableFuture<String> open = new CompletableFuture<>();
    List<CompletableFuture<String>> watched =
        List.of(watch(answered, LONG_NS), watch(open, LONG_NS));
    answered.complete("answer");
    int deadlines = timer.getQueue().size();
    // When
    operations.giveUpAll();
    // Then
    assertThat(watched)
        .extracting(CompletableFuture::join)
        .containsExactly("answer", "the client was closed");
    assertThat(deadlines).isEqualTo(1);
    assertThat(timer.getQueue()).isEmpty();
    assertThat(ended).hasValue(2);
  }

  @Test
  void shouldEndAtOnceWhatIsAskedOfAClosedClient() {
    // Given
    timer.shutdown();
    // When
    CompletableFuture<String> watched = watch(new CompletableFuture<>(), LONG_NS);
    // Then
    assertThat(watched.join()).isEqualTo("the client is closed");
  }
}
