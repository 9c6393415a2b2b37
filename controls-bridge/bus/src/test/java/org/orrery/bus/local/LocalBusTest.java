package org.orrery.bus.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Topic;

class LocalBusTest {
  private static final Topic<String> WORDS = new Topic<>("test.words", String.class);
  private static final Endpoint<String, Integer> LENGTH = new Endpoint<>("test.length", 200);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new LocalBus(vertx);

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldPassMessagesByReferenceInOrderToEverybody() {
    // Given
    List<String> one = new CopyOnWriteArrayList<>();
    List<String> other = new CopyOnWriteArrayList<>();
    bus.subscribe(WORDS, one::add);
    Bus.Subscription second = bus.subscribe(WORDS, other::add);

    // When
    String word = new String("first");
    bus.publish(WORDS, word);
    bus.publish(WORDS, "second");
    await().atMost(Duration.ofSeconds(60)).until(() -> one.size() == 2 && other.size() == 2);
    second.cancel();
    bus.publish(WORDS, "third");
    await().atMost(Duration.ofSeconds(60)).until(() -> one.size() == 3);

    // Then
    assertThat(one.getFirst()).isSameAs(word);
    assertThat(one).containsExactly("first", "second", "third");
    assertThat(other).containsExactly("first", "second");
  }

  @Test
  void shouldKeepASubscriberThatFailsOnOneMessage() {
    List<String> heard = new CopyOnWriteArrayList<>();
    bus.subscribe(
        WORDS,
        word -> {
          if (word.equals("bad")) {
            throw new IllegalStateException("expected in this test");
          }
          heard.add(word);
        });
    bus.publish(WORDS, "bad");
    bus.publish(WORDS, "good");
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(heard).containsExactly("good"));
  }

  @Test
  void shouldAnswerRequests() throws Exception {
    bus.serve(LENGTH, word -> Future.succeededFuture(word.length()));
    assertThat(ask("four")).isEqualTo(4);
  }

  @Test
  void shouldSayWhoDoesNotAnswerAndWhy() {
    assertThatThrownBy(() -> ask("x"))
        .cause()
        .isInstanceOf(Bus.UnavailableException.class)
        .hasMessageContaining("nobody serves test.length");

    Bus.Subscription silent = bus.serve(LENGTH, word -> Promise.<Integer>promise().future());
    assertThatThrownBy(() -> ask("x"))
        .cause()
        .isInstanceOf(Bus.UnavailableException.class)
        .hasMessageContaining("did not answer within 200 ms");
    silent.cancel();

    bus.serve(LENGTH, word -> Future.failedFuture("no such word"));
    assertThatThrownBy(() -> ask("x"))
        .cause()
        .isInstanceOf(Bus.UnavailableException.class)
        .hasMessageContaining("no such word");
  }

  private int ask(String word) throws ExecutionException, InterruptedException {
    return bus.request(LENGTH, word).toCompletionStage().toCompletableFuture().get();
  }
}
