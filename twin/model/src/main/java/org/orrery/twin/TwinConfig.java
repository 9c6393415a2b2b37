package org.orrery.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How the twin runs.
 *
 * @param members size of the ensemble, 16 to 1,000,000
 * @param device {@code auto} for the fastest backend by a measured table, {@code cpu} for the array
 *     backends, {@code gpu} for DJL on a GPU where there is one
 * @param stepNs length of an assimilation step, plant ns
 */
public record TwinConfig(int members, String device, long stepNs) {
  private static final Set<String> DEVICES = Set.of("auto", "cpu", "gpu");

  /** 64 members, steps of 10 s, the backend chosen by size. */
  public static final TwinConfig DEFAULT = new TwinConfig(64, "auto", 10_000_000_000L);

  public TwinConfig {
    List<String> problems = new ArrayList<>();
    if (members < 16 || members > 1_000_000) {
      problems.add("members must be 16 to 1000000, got " + members);
    }
    if (!DEVICES.contains(device)) {
      problems.add("device must be auto, cpu or gpu, got " + device);
    }
    if (stepNs < 1_000_000_000L || stepNs > 60_000_000_000L) {
      problems.add("stepNs must be 1 s to 60 s, got " + stepNs + " ns");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("twin: " + String.join("; ", problems));
    }
  }
}
