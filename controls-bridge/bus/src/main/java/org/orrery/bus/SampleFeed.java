package org.orrery.bus;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;

/**
 * Samples against credit. Each subscriber has a bounded queue of its own and a credit of batches;
 * while its credit is spent its queue fills, and beyond the bound first changes within the
 * dead-band, then all but the newest sample of a channel are left out and counted. Samples whose
 * severity differs from the one before (alarm edges) are never left out. Thread-safe.
 */
public interface SampleFeed {
  /**
   * Offers one sample to every subscriber; never blocks. Samples of one channel come from one
   * thread, in order.
   */
  void publish(Sample sample);

  /**
   * Subscribes. The handler gets batches one after the other on the Vert.x context from which it
   * subscribed; the credit of a batch comes back when its future completes, however it completes.
   */
  Bus.Subscription subscribe(FeedOptions options, Function<SampleBatch, Future<Void>> handler);

  /** What every subscriber's stage did so far. */
  List<LossCount> lossCounts();

  /**
   * How a subscriber wants to be served.
   *
   * @param name the stage's name in loss counts, for example {@code archive}
   * @param wanted which channels
   * @param creditBatches how many batches may be in the subscriber's hands at once
   * @param maxBatch most samples of one batch
   * @param queueBound how many samples may wait before squashing begins
   */
  record FeedOptions(
      String name, Predicate<ChannelId> wanted, int creditBatches, int maxBatch, int queueBound) {
    /** All channels, 4 batches of up to 1,000 in hand, squashing beyond 100,000 waiting samples. */
    public static FeedOptions all(String name) {
      return new FeedOptions(name, id -> true, 4, 1_000, 100_000);
    }

    /** The same for some channels only. */
    public FeedOptions only(Predicate<ChannelId> channels) {
      return new FeedOptions(name, channels, creditBatches, maxBatch, queueBound);
    }
  }
}
