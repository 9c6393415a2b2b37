package org.orrery.contract.history;

import java.util.Set;
import org.orrery.contract.sample.Sample;

/**
 * A sample as it is stored.
 *
 * @param sample the sample
 * @param marks what is peculiar about its time
 */
public record ArchivedSample(Sample sample, Set<Mark> marks) {
  public ArchivedSample {
    marks = Set.copyOf(marks);
  }
}
