package org.orrery.twin.core.graph;

/**
 * A compiled {@link Program}. States and outputs are laid out {@code [slot][member]}; only the
 * first {@code members} columns are read or written. Not thread-safe.
 */
public interface BatchProgram extends AutoCloseable {
  /**
   * Evaluates all outputs once.
   *
   * @param states one row per state slot
   * @param inputs one value per input slot
   * @param members how many members to evaluate
   * @param outputs receives one row per output
   */
  void evaluate(double[][] states, double[] inputs, int members, double[][] outputs);

  /**
   * Replaces the states by the outputs, a number of times under constant inputs. The program must
   * have as many outputs as states.
   */
  void iterate(double[][] states, double[] inputs, int members, int times);

  /** Frees native memory, if any. */
  @Override
  default void close() {}
}
