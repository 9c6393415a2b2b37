package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.impl.reactor.lf.LeaderFollowersThreadPool;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that read and write for the library. Its own are five, whatever the number of
 * servers, so that five slow ones bring all others to a halt; and they keep the JVM alive.
 * Thread-safe.
 */
final class DaemonPool extends LeaderFollowersThreadPool {
  private static final Logger LOG = LoggerFactory.getLogger(DaemonPool.class);

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("orrery-ca-", 0).factory());

  DaemonPool() {
    super.shutdown();
  }

  @Override
  public void promoteLeader(Runnable task) {
    execute(task);
  }

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException closing) {
      LOG.debug("a task of the CA library came after its end");
    }
  }

  /** Ends the threads; what the library waits for has ended by then. */
  void end() {
    threads.shutdownNow();
  }
}
