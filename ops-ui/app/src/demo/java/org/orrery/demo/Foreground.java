package org.orrery.demo;

import java.util.concurrent.TimeUnit;

/**
 * Runs a command in the foreground of {@code mvn -Pdemo}. On Ctrl-C it keeps Maven waiting until
 * the command has ended by itself, so that the prompt comes back after the last line and not before
 * it. It runs inside Maven's own JVM and is therefore compiled for Java 17.
 */
public final class Foreground {

  /** Longer than Orrery's own deadline for a shutdown. */
  private static final long PATIENCE_S = 20;

  private Foreground() {}

  /**
   * Starts the command and waits for its end.
   *
   * @param command the program and its arguments
   * @throws Exception when it cannot be started, or ends with anything but 0
   */
  public static void main(String[] command) throws Exception {
    Process child = new ProcessBuilder(command).inheritIO().start();
    Thread patience = new Thread(() -> endOf(child), "end of the demo");
    Runtime.getRuntime().addShutdownHook(patience);
    int status = child.waitFor();
    if (!interrupted(patience) && status != 0) {
      throw new IllegalStateException(command[0] + " ended with " + status);
    }
  }

  private static boolean interrupted(Thread hook) {
    try {
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shutdownInProgress) {
      return true;
    }
  }

  /** A terminal has signalled the command already; a plain kill of Maven has not. */
  private static void endOf(Process child) {
    child.destroy();
    try {
      if (!child.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        child.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
