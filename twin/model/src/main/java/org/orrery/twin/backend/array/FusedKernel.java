package org.orrery.twin.backend.array;

/** What a generated class does: all instructions of a program for a range of members. */
public interface FusedKernel {
  /**
   * Evaluates all outputs that are not uniform.
   *
   * @param states {@code [state][member]}
   * @param uniform values of the uniform operands, by operand
   * @param from first member
   * @param to behind the last member
   * @param outputs {@code [output][member]}; may be the states, as each member's outputs are
   *     written after all of its states have been read
   */
  void run(double[][] states, double[] uniform, int from, int to, double[][] outputs);
}
