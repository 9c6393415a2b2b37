package org.orrery.twin.core.assimilation;

/**
 * How the engine runs.
 *
 * @param members size of the ensemble, at least 8
 * @param stepNs length of a step, plant ns
 * @param seed of all that is drawn
 */
public record EngineSettings(int members, long stepNs, long seed) {
  /** 64 members, 10 s. */
  public static final EngineSettings DEFAULT = new EngineSettings(64, 10_000_000_000L, 20260101L);

  public EngineSettings {
    if (members < 8 || stepNs <= 0) {
      throw new IllegalArgumentException(
          "the twin needs at least 8 members and a step longer than 0, got "
              + members
              + ", "
              + stepNs
              + " ns");
    }
  }
}
