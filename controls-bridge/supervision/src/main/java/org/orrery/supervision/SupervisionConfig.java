package org.orrery.supervision;

import java.util.ArrayList;
import java.util.List;

/**
 * How supervision behaves. All times are wall ns.
 *
 * @param openForNs how long a proposal may wait for its decision
 * @param coolDownNs how long after the end of a proposal the same episode raises no other
 * @param lookAgainForNs how long a diagnosis whose playbook does not fit yet is looked at again
 * @param commandValidNs how long after its signing the gate may still carry a command out
 * @param resolveWithinNs how long an unknown outcome may be worked off before a person is called
 * @param pollNs how long between two questions about an unknown outcome
 * @param leastCompleteness share of the samples, 0 to 1, below which a diagnosis is too incomplete
 *     for one person alone to approve what follows from it
 */
public record SupervisionConfig(
    long openForNs,
    long coolDownNs,
    long lookAgainForNs,
    long commandValidNs,
    long resolveWithinNs,
    long pollNs,
    double leastCompleteness) {
  private static final long SECOND_NS = 1_000_000_000L;

  /**
   * Proposals wait half an hour, episodes cool down for as long, diagnoses are looked at again for
   * ten minutes, commands are valid for 20 s, unknown outcomes are worked off for two minutes and
   * asked after every second; a diagnosis needs 80 % of the samples.
   */
  public static final SupervisionConfig DEFAULT =
      new SupervisionConfig(
          1_800 * SECOND_NS,
          1_800 * SECOND_NS,
          600 * SECOND_NS,
          20 * SECOND_NS,
          120 * SECOND_NS,
          SECOND_NS,
          0.8);

  public SupervisionConfig {
    List<String> problems = new ArrayList<>();
    positive(problems, "openForNs", openForNs);
    positive(problems, "coolDownNs", coolDownNs);
    positive(problems, "lookAgainForNs", lookAgainForNs);
    positive(problems, "commandValidNs", commandValidNs);
    positive(problems, "resolveWithinNs", resolveWithinNs);
    positive(problems, "pollNs", pollNs);
    if (pollNs >= resolveWithinNs) {
      problems.add("pollNs=" + pollNs + " must be below resolveWithinNs=" + resolveWithinNs);
    }
    if (!(leastCompleteness >= 0 && leastCompleteness <= 1)) {
      problems.add("leastCompleteness must lie from 0 to 1, got " + leastCompleteness);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("supervision: " + String.join("; ", problems));
    }
  }

  private static void positive(List<String> problems, String name, long value) {
    if (value <= 0) {
      problems.add(name + " must be above 0, got " + value);
    }
  }
}
