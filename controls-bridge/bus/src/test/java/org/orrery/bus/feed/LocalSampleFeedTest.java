package org.orrery.bus.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.orrery.bus.Bus;
import org.orrery.bus.SampleFeed.FeedOptions;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

class LocalSampleFeedTest {
  private final Vertx vertx = Vertx.vertx();
  private final LocalSampleFeed feed =
      new LocalSampleFeed(
          vertx, new Facility("t", "t", "UTC", true, List.of(), List.of(), Map.of()));

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldDeliverEverySampleInOrderFromManyThreads() throws Exception {
    // Given
    int threads = 4;
    int each = 50_000;
    List<Sample> heard = Collections.synchronizedList(new ArrayList<>());
    CopyOnWriteArrayList<Context> contexts = new CopyOnWriteArrayList<>();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        go ->
            feed.subscribe(
                new FeedOptions("test", id -> true, 2, 500, 1_000_000),
                batch -> {
                  contexts.addIfAbsent(Vertx.currentContext());
                  heard.addAll(batch.samples());
                  return Future.succeededFuture();
                }));
    await().atMost(Duration.ofSeconds(60)).until(() -> !feed.lossCounts().isEmpty());

    // When
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      int channel = t;
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  feed.publish(sample(channel, i));
                }
                done.countDown();
              });
    }
    done.await();
    await().atMost(60, TimeUnit.SECONDS).until(() -> heard.size() == threads * each);

    // Then
    Map<ChannelId, Long> next = new HashMap<>();
    for (Sample sample : heard) {
      assertThat(sample.sequence()).isEqualTo(next.getOrDefault(sample.channel(), 0L));
      next.put(sample.channel(), sample.sequence() + 1);
    }
    assertThat(contexts).containsExactly(context);
  }

  @Test
  void shouldHandOutNoMoreThanTheCredit() {
    // Given
    List<Promise<Void>> inHand = new CopyOnWriteArrayList<>();
    feed.subscribe(
        new FeedOptions("slow", id -> true, 2, 1, 10),
        batch -> {
          Promise<Void> promise = Promise.promise();
          inHand.add(promise);
          return promise.future();
        });
    feed.subscribe(FeedOptions.all("quick"), batch -> Future.succeededFuture());

    // When: one subscriber stalls
    for (int i = 0; i < 1_000; i++) {
      feed.publish(sample(0, i));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> count("quick").out() == 1_000);

    // Then: only its own samples are squashed
    await().atMost(Duration.ofSeconds(60)).until(() -> inHand.size() == 2);
    LossCount slow = count("feed.slow");
    assertThat(slow.squashed()).isPositive();
    assertThat(slow.pending()).isLessThanOrEqualTo(10);
    assertThat(slow.in()).isEqualTo(slow.out() + slow.squashed() + slow.pending());
    assertThat(count("quick").squashed()).isZero();

    // When: it goes on, even by failing
    inHand.get(0).complete();
    await().atMost(Duration.ofSeconds(60)).until(() -> inHand.size() == 3);
  }

  @Test
  void shouldCountAsSettledOnlyWhatHasNothingBeforeItThatIsNotDoneWith() {
    // Given a subscriber with two batches in hand, for which all but a few of the rest are squashed
    List<Promise<Void>> inHand = new CopyOnWriteArrayList<>();
    feed.subscribe(
        new FeedOptions("test", id -> true, 2, 1, 10),
        batch -> {
          Promise<Void> promise = Promise.promise();
          inHand.add(promise);
          return promise.future();
        });
    for (int i = 0; i < 1_000; i++) {
      feed.publish(sample(0, i));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> inHand.size() == 2);
    assertThat(count("feed.test").squashed()).isGreaterThan(900);
    assertThat(feed.settled()).containsExactly(0L);

    // When the second is done with, and then the first
    inHand.get(1).complete();
    await().atMost(Duration.ofSeconds(60)).until(() -> inHand.size() == 3);
    List<Long> second = feed.settled();
    inHand.get(0).complete();
    await().atMost(Duration.ofSeconds(60)).until(() -> inHand.size() == 4);

    // Then
    assertThat(second).containsExactly(0L);
    assertThat(feed.settled()).containsExactly(2L);

    // When all is done with
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              inHand.forEach(Promise::tryComplete);
              return count("feed.test").pending() == 0;
            });
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              inHand.forEach(Promise::tryComplete);
              assertThat(feed.settled()).containsExactly(1_000L);
            });
  }

  @Test
  void shouldDeliverNothingAfterCancelling() {
    List<Promise<Void>> inHand = new CopyOnWriteArrayList<>();
    Bus.Subscription subscription =
        feed.subscribe(
            new FeedOptions("test", id -> true, 1, 1, 10),
            batch -> {
              Promise<Void> promise = Promise.promise();
              inHand.add(promise);
              return promise.future();
            });
    feed.publish(sample(0, 0));
    feed.publish(sample(0, 1));
    await().atMost(Duration.ofSeconds(60)).until(() -> inHand.size() == 1);
    subscription.cancel();
    inHand.getFirst().complete();
    await()
        .atMost(Duration.ofSeconds(60))
        .during(100, TimeUnit.MILLISECONDS)
        .until(() -> inHand.size() == 1);
  }

  private LossCount count(String stage) {
    return feed.lossCounts().stream()
        .filter(count -> count.stage().endsWith(stage))
        .findFirst()
        .orElseThrow();
  }

  private static Sample sample(int channel, long sequence) {
    return new Sample(
        new ChannelId("c" + channel),
        Value.of(sequence),
        Severity.NONE,
        "",
        sequence,
        sequence,
        Quality.GOOD,
        0,
        sequence);
  }
}
