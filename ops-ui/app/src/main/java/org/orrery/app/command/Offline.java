package org.orrery.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.orrery.app.config.ConfigException;
import org.orrery.app.run.OfflineData;
import org.orrery.app.run.StartException;

/** Work on the data directory of an Orrery that does not run. Stateless. */
final class Offline {
  private Offline() {}

  /** What is done with it; returns the exit code. */
  interface Work {
    int on(OfflineData data) throws IOException;
  }

  /** Opens the directory, works, closes it; 1 when it cannot, 2 for a bad configuration. */
  static int run(Path data, Configuration configuration, PrintWriter err, Work work)
      throws InterruptedException {
    Quiet.logs();
    try (OfflineData open = OfflineData.open(data, configuration.load().site())) {
      return work.on(open);
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      return 2;
    } catch (StartException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.printf("%s cannot be worked on: %s%n", data, e);
    }
    return 1;
  }
}
