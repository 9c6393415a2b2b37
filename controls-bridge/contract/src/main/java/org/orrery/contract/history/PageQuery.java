package org.orrery.contract.history;

import org.orrery.contract.facility.ChannelId;

/**
 * Asks for stored samples of a channel page by page, in order of source time, then sequence.
 *
 * @param channel which channel
 * @param after begin behind this place
 * @param toNs last plant time, exclusive
 * @param limit most samples of the page, at least 1; large arrays may make it fewer, never none
 */
public record PageQuery(ChannelId channel, Place after, long toNs, int limit) {
  public PageQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("a page holds at least 1 sample, asked for " + limit);
    }
  }

  /**
   * A place among the samples of a channel.
   *
   * @param timeNs source time, plant ns
   * @param sequence sequence of the sample there
   */
  public record Place(long timeNs, long sequence) {
    /** Before every sample of that time. */
    public static Place before(long timeNs) {
      return new Place(timeNs, Long.MIN_VALUE);
    }

    /** At the sample. */
    public static Place of(ArchivedSample at) {
      return new Place(at.sample().sourceTimeNs(), at.sample().sequence());
    }

    /** Whether nothing of the span was given yet. */
    public boolean isFirst() {
      return sequence == Long.MIN_VALUE;
    }
  }
}
