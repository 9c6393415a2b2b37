package org.orrery.bus.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which processes the membership protocol knows. It notices the closed connections of a killed
 * process, which is sooner than that its word is missed. Thread-safe.
 */
final class Membership {
  private final ClusterManager manager;
  private final Map<String, String> processes = new ConcurrentHashMap<>();

  /**
   * @param vertx clustered; it shows the manager that it was given in no other way
   * @param left told which process is no longer a member, on a thread of the membership
   */
  Membership(Vertx vertx, Consumer<String> left) {
    this.manager = ((VertxInternal) vertx).clusterManager();
    manager.nodeListener(
        new NodeListener() {
          @Override
          public void nodeAdded(String node) {
            // It says itself who it is.
          }

          @Override
          public void nodeLeft(String node) {
            String process = processes.remove(node);
            if (process != null) {
              left.accept(process);
            }
          }
        });
  }

  /** The name of this process in the membership; new in every life. */
  String node() {
    return manager.getNodeId();
  }

  /** A process says which member it is. */
  void is(String process, String node) {
    processes.put(node, process);
  }
}
