package org.orrery.app.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Keeps standard output for what was asked; what goes wrong is still said. Stateless. */
final class Quiet {
  private Quiet() {}

  static void logs() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("org.orrery").setLevel(Level.WARN);
      // DJL warns of a missing GPU, which is no fault here.
      context.getLogger("ai.djl").setLevel(Level.ERROR);
    }
  }
}
