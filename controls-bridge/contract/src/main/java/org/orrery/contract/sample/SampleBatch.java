package org.orrery.contract.sample;

import java.util.List;

/**
 * Samples that travel together, in order of receipt for each channel.
 *
 * @param samples the samples
 */
public record SampleBatch(List<Sample> samples) {
  public SampleBatch {
    samples = List.copyOf(samples);
  }
}
