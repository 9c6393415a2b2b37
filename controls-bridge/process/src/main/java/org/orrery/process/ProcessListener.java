package org.orrery.process;

/**
 * Told about every change of state, in order, on the supervisor's own thread. Must return quickly
 * and must not call {@link SupervisedProcess#stop}.
 */
@FunctionalInterface
public interface ProcessListener {

  /**
   * The state changed.
   *
   * @param name the child's name
   * @param state the new state
   */
  void onState(String name, ProcessState state);

  /**
   * A listener that ignores everything.
   *
   * @return the listener
   */
  static ProcessListener none() {
    return (name, state) -> {};
  }
}
