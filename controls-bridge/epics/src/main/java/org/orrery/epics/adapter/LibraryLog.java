package org.orrery.epics.adapter;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the libraries' java.util.logging messages into our log, without stack traces: for them a
 * server that went away is SEVERE, for us it is an expected condition. Installed once per JVM.
 */
public final class LibraryLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.orrery.epics.library");

  /**
   * Strong references: the JDK's logging holds its loggers weakly, and a lost one loses its
   * handler.
   */
  private static final List<Logger> BRIDGED =
      bridge(
          "org.epics",
          "org.orrery.epics.pvaccess",
          "com.cosylab.epics.caj",
          "gov.aps.jca",
          "org.orrery.epics.channelaccess");

  private LibraryLog() {}

  /** Makes sure that the bridge is there. */
  public static void install() {
    if (BRIDGED.isEmpty()) {
      throw new IllegalStateException("no library logger is bridged");
    }
  }

  private static List<Logger> bridge(String... names) {
    LibraryLog handler = new LibraryLog();
    return Arrays.stream(names)
        .map(
            name -> {
              Logger logger = Logger.getLogger(name);
              logger.setUseParentHandlers(false);
              logger.addHandler(handler);
              logger.setLevel(Level.INFO);
              return logger;
            })
        .toList();
  }

  @Override
  public void publish(LogRecord message) {
    Throwable thrown = message.getThrown();
    String cause = thrown == null ? "" : " (" + rootOf(thrown) + ")";
    if (message.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.info("{}{}", message.getMessage(), cause);
    } else {
      LOG.debug("{}{}", message.getMessage(), cause);
    }
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; depth < 16 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
