package org.orrery.bus.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Map;

/**
 * A Vert.x that shares its event bus with the listed processes: found by TCP alone, bound to one
 * address, told to nobody outside. Hazelcast carries who is there and who listens to which address;
 * messages go directly from process to process, with mutual TLS. Stateless.
 */
public final class ClusteredVertx {
  /** Silence after which a process counts as gone, wall seconds. */
  private static final String MOST_SILENCE = "10";

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "2"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", MOST_SILENCE),
          Map.entry("hazelcast.wait.seconds.before.join", "1"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          Map.entry("hazelcast.partition.count", "13"),
          Map.entry("hazelcast.operation.thread.count", "2"),
          Map.entry("hazelcast.operation.generic.thread.count", "2"),
          Map.entry("hazelcast.io.thread.count", "1"),
          Map.entry("hazelcast.event.thread.count", "1"));

  private ClusteredVertx() {}

  /** Joins; takes some seconds. */
  public static Future<Vertx> start(ClusterConfig config, VertxOptions options) {
    // What it says before it has read its configuration would go past our log.
    System.setProperty("hazelcast.logging.type", "slf4j");
    EventBusOptions eventBus =
        new EventBusOptions().setHost(config.host()).setClusterPublicHost(config.host()).setPort(0);
    config.keys().applyTo(eventBus);
    return Vertx.builder()
        .with(options.setEventBusOptions(eventBus))
        .withClusterManager(new HazelcastClusterManager(hazelcast(config)))
        .buildClustered();
  }

  private static Config hazelcast(ClusterConfig config) {
    Config hazelcast = new Config();
    hazelcast.setClusterName(config.name());
    PROPERTIES.forEach(hazelcast::setProperty);
    NetworkConfig network = hazelcast.getNetworkConfig();
    network.setPort(config.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).addInterface(config.host());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setConnectionTimeoutSeconds(2)
        .setMembers(config.members());
    hazelcast
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(onlyErrors())
        .setEnableCompression(false);
    hazelcast.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    return hazelcast;
  }

  /**
   * Nothing of ours is serialised by Java. Hazelcast itself sends its errors that way, and waits
   * for good where one cannot be read, so plain exceptions of the JDK are let in, and nothing from
   * any other library.
   */
  private static JavaSerializationFilterConfig onlyErrors() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    filter
        .getWhitelist()
        .addPrefixes(
            "com.hazelcast.",
            "java.lang.",
            "java.util.",
            "java.io.",
            "java.net.",
            "java.nio.",
            "[");
    return filter;
  }
}
