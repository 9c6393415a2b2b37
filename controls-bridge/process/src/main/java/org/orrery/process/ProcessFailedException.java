package org.orrery.process;

/**
 * The child could not be started, or was given up. The message names the child and the reason, fit
 * to be shown to an operator.
 */
public final class ProcessFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the child's name and the reason
   */
  public ProcessFailedException(String message) {
    super(message);
  }
}
