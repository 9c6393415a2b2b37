package org.orrery.bus.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The {@code server.properties} of a single node that is broker and controller. Stateless. */
final class BrokerProperties {
  /** Retention works by whole segments. */
  static final int SEGMENT_BYTES = 64 << 20;

  private static final String HOST = "127.0.0.1";

  private BrokerProperties() {}

  static Map<String, String> of(BrokerConfig config, Path logs, int port, int controllerPort) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    properties.put(
        "listeners",
        "CLIENT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    properties.put("advertised.listeners", "CLIENT://" + HOST + ":" + port);
    properties.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "CLIENT");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("log.dirs", logs.toString());
    properties.put("log.segment.bytes", Integer.toString(SEGMENT_BYTES));
    properties.put("log.retention.bytes", Long.toString(config.retentionBytesPerPartition()));
    properties.put("auto.create.topics.enable", "false");
    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // After a kill the new life waits until the session of the old one has run out.
    properties.put("broker.session.timeout.ms", "3000");
    properties.put("broker.heartbeat.interval.ms", "500");
    // A small server beside the main process: few threads, and no 128 MiB for the log cleaner.
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "2");
    properties.put("background.threads", "2");
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    properties.put("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
    return properties;
  }
}
