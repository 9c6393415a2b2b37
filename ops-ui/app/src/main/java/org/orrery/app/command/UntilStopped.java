package org.orrery.app.command;

import java.util.concurrent.CountDownLatch;
import org.orrery.app.run.Orrery;
import org.orrery.app.run.RunOptions;
import org.orrery.app.run.StartException;

/** Runs one Orrery until it is told to stop. Stateless. */
final class UntilStopped {
  private UntilStopped() {}

  /** Returns the exit code: 0 stopped, 1 did not start. */
  static int run(RunOptions options) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Orrery orrery = new Orrery(options)) {
      // Before the start, so that Ctrl-C during it takes apart what has been started.
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    orrery.close();
                    stopped.countDown();
                  },
                  "shutdown"));
      orrery.start();
      orrery.announce(System.out);
      stopped.await();
      return 0;
    } catch (StartException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
