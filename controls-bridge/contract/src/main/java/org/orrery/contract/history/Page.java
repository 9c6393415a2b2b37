package org.orrery.contract.history;

import java.util.List;
import java.util.Optional;

/**
 * Some stored samples of a channel.
 *
 * @param before on the first page only: the last sample before the span, where one is stored
 * @param gaps on the first page only: every silence that touches the span, in order of time
 * @param samples in order of source time, then sequence
 * @param more whether the span holds further ones
 */
public record Page(
    Optional<ArchivedSample> before, List<Gap> gaps, List<ArchivedSample> samples, boolean more) {
  public Page {
    gaps = List.copyOf(gaps);
    samples = List.copyOf(samples);
  }
}
