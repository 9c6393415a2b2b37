package org.orrery.bus.feed;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.SampleFeed;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sample feed of one process. Thread-safe. */
public final class LocalSampleFeed implements SampleFeed {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSampleFeed.class);

  private final Vertx vertx;
  private final Facility facility;
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  /**
   * @param vertx runs the handlers
   * @param facility tells dead-bands
   */
  public LocalSampleFeed(Vertx vertx, Facility facility) {
    this.vertx = vertx;
    this.facility = facility;
  }

  @Override
  public void publish(Sample sample) {
    for (Subscriber subscriber : subscribers) {
      if (subscriber.options.wanted().test(sample.channel())) {
        subscriber.offer(sample);
      }
    }
  }

  @Override
  public Bus.Subscription subscribe(
      FeedOptions options, Function<SampleBatch, Future<Void>> handler) {
    Subscriber subscriber = new Subscriber(options, handler, vertx.getOrCreateContext());
    subscribers.add(subscriber);
    return () -> {
      subscribers.remove(subscriber);
      subscriber.cancel();
    };
  }

  @Override
  public List<LossCount> lossCounts() {
    return subscribers.stream().map(Subscriber::count).toList();
  }

  /**
   * For each subscriber how many samples are done with, counted from the first that was offered to
   * it up to the first that waits or is in its hands. Later ones may be left out or done with
   * earlier; they do not count yet.
   */
  public List<Long> settled() {
    return subscribers.stream().map(Subscriber::settled).toList();
  }

  private double deadBand(ChannelId id) {
    return facility.channel(id).map(Channel::deadBand).orElse(0.0);
  }

  /** A batch in a subscriber's hands. */
  private static final class Hand {
    /** How many samples had gone before it. */
    final long before;

    boolean done;

    Hand(long before) {
      this.before = before;
    }
  }

  private final class Subscriber {
    private final FeedOptions options;
    private final Function<SampleBatch, Future<Void>> handler;
    private final Context context;
    private final Object lock = new Object();
    private final CreditQueue queue;

    /** In the order in which they were taken. */
    private final Deque<Hand> inHand = new ArrayDeque<>();

    private int credit;
    private boolean delivering;
    private boolean cancelled;

    Subscriber(FeedOptions options, Function<SampleBatch, Future<Void>> handler, Context context) {
      this.options = options;
      this.handler = handler;
      this.context = context;
      this.credit = options.creditBatches();
      this.queue =
          new CreditQueue(
              "feed." + options.name(), options.queueBound(), LocalSampleFeed.this::deadBand);
    }

    void offer(Sample sample) {
      boolean wake;
      synchronized (lock) {
        queue.offer(sample);
        wake = wakeNeeded();
      }
      if (wake) {
        context.runOnContext(ignored -> deliver());
      }
    }

    /** Call with the lock held; claims the delivery when there is something to deliver. */
    private boolean wakeNeeded() {
      if (cancelled || delivering || credit == 0 || queue.isEmpty()) {
        return false;
      }
      delivering = true;
      return true;
    }

    private void deliver() {
      SampleBatch batch;
      Hand hand;
      synchronized (lock) {
        if (cancelled) {
          return;
        }
        hand = new Hand(queue.gone());
        inHand.add(hand);
        batch = new SampleBatch(queue.take(options.maxBatch()));
        credit--;
        delivering = false;
      }
      Future<Void> done;
      try {
        done = handler.apply(batch);
      } catch (RuntimeException e) {
        done = Future.failedFuture(e);
      }
      done.onComplete(
          result -> {
            if (result.failed()) {
              LOG.error("subscriber {} failed on a batch", options.name(), result.cause());
            }
            boolean wake;
            synchronized (lock) {
              credit++;
              hand.done = true;
              while (!inHand.isEmpty() && inHand.getFirst().done) {
                inHand.removeFirst();
              }
              wake = wakeNeeded();
            }
            if (wake) {
              context.runOnContext(ignored -> deliver());
            }
          });
      boolean wake;
      synchronized (lock) {
        wake = wakeNeeded();
      }
      if (wake) {
        context.runOnContext(ignored -> deliver());
      }
    }

    /** No batch begins after this; one that has begun may still be under way. */
    void cancel() {
      synchronized (lock) {
        cancelled = true;
      }
    }

    long settled() {
      synchronized (lock) {
        return inHand.isEmpty() ? queue.gone() : inHand.getFirst().before;
      }
    }

    LossCount count() {
      synchronized (lock) {
        return queue.count();
      }
    }
  }
}
