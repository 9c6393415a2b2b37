package org.orrery.contract.history;

import java.util.List;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Sample;

/**
 * What another archive knows of the past. A sample at a source time of which the channel has a
 * sample of its own is left out, and gives way to one that comes later; the same sample twice is
 * stored once. Of times of which no raw samples are kept only roll-ups are made, of samples behind
 * those that are in them: bring such times in order.
 *
 * @param samples in any order; the sequence counts samples of equal source time, from -1 downwards
 * @param gaps silences that the other archive recorded
 */
public record Backfill(List<Sample> samples, List<ChannelGap> gaps) {
  public Backfill {
    samples = List.copyOf(samples);
    gaps = List.copyOf(gaps);
    for (Sample sample : samples) {
      if (sample.sequence() >= 0) {
        throw new IllegalArgumentException(
            "a back-filled sample of "
                + sample.channel()
                + " has the sequence "
                + sample.sequence()
                + "; those from 0 on belong to the gateway, count from -1 downwards");
      }
    }
  }

  /**
   * A silence of one channel.
   *
   * @param channel which channel
   * @param gap from when to when, and why
   */
  public record ChannelGap(ChannelId channel, Gap gap) {}

  /**
   * What became of it; a normal answer means that it survives a crash.
   *
   * @param added samples that were new
   * @param present samples that were left out, because they or measured ones were there already, or
   *     may have been before their time was forgotten
   * @param gaps silences that were new
   */
  public record Done(long added, long present, long gaps) {}
}
