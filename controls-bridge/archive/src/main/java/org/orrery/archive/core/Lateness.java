package org.orrery.archive.core;

import java.util.HashMap;
import java.util.Map;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Sample;

/**
 * Marks samples whose source time lies before one that came earlier on the same channel. Bounded by
 * the number of channels. Not thread-safe.
 */
public final class Lateness {
  private final Map<ChannelId, Long> newestNs = new HashMap<>();

  /** Whether the sample is late; remembers its time. */
  public boolean isLate(Sample sample) {
    long time = sample.sourceTimeNs();
    Long newest = newestNs.get(sample.channel());
    if (newest == null || time > newest) {
      newestNs.put(sample.channel(), time);
    }
    return newest != null && time < newest;
  }
}
