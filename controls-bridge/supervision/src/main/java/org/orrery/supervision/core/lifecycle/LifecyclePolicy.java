package org.orrery.supervision.core.lifecycle;

/**
 * The times of a proposal's life.
 *
 * @param commandValidNs how long after its signing the gate may still carry a command out, wall ns
 * @param resolveWithinNs how long an unknown outcome may be worked off before a person is called,
 *     wall ns
 */
public record LifecyclePolicy(long commandValidNs, long resolveWithinNs) {
  private static final long SECOND_NS = 1_000_000_000L;

  /** By so much the gate's clock may be behind, as the gate itself allows. */
  private static final long CLOCKS_NS = 60 * SECOND_NS;

  /** A command is valid for 20 s; an unknown outcome is worked off for two minutes. */
  public static final LifecyclePolicy DEFAULT =
      new LifecyclePolicy(20 * SECOND_NS, 120 * SECOND_NS);

  public LifecyclePolicy {
    if (commandValidNs <= 0 || resolveWithinNs <= 0) {
      throw new IllegalArgumentException(
          "times must be positive, got commandValidNs="
              + commandValidNs
              + ", resolveWithinNs="
              + resolveWithinNs);
    }
  }

  /** How long after its signing the gate is certain to refuse a command, wall ns. */
  public long surelyOverNs() {
    return commandValidNs + CLOCKS_NS;
  }
}
