package org.orrery.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks once whether a child is ready. Stateless. */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final int CONNECT_TIMEOUT_MS = 500;

  private Readiness() {}

  static boolean holds(ReadyCheck check, OutputPump output) {
    return switch (check) {
      case ReadyCheck.Immediately() -> true;
      case ReadyCheck.OutputLine line -> output.sawReadyLine();
      case ReadyCheck.TcpPort(String host, int port) -> accepts(host, port);
      case ReadyCheck.Callback(ReadyCheck.Probe probe) -> answers(probe);
    };
  }

  private static boolean accepts(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean answers(ReadyCheck.Probe probe) {
    try {
      return probe.isReady();
    } catch (Exception e) {
      LOG.debug("not ready yet: {}", e.toString());
      return false;
    }
  }
}
