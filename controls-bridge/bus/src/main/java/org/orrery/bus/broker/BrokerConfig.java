package org.orrery.bus.broker;

import java.nio.file.Path;

/**
 * The embedded broker.
 *
 * @param directory its configuration, log segments, pid file and log file; created when missing
 * @param heapMebibytes heap bound of its JVM, MiB
 * @param retentionBytesPerPartition oldest segments go beyond this, whatever a topic's retention
 *     time says
 */
public record BrokerConfig(Path directory, int heapMebibytes, long retentionBytesPerPartition) {

  public BrokerConfig {
    directory = directory.toAbsolutePath().normalize();
    if (heapMebibytes < 128) {
      throw new IllegalArgumentException(
          "a broker needs at least 128 MiB of heap: " + heapMebibytes);
    }
    if (retentionBytesPerPartition < BrokerProperties.SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "retention must hold at least one segment of " + BrokerProperties.SEGMENT_BYTES);
    }
  }

  /**
   * The usual sizes for one facility on one machine.
   *
   * @param directory its files
   * @return 384 MiB of heap, 2 GiB per partition
   */
  public static BrokerConfig in(Path directory) {
    return new BrokerConfig(directory, 384, 2L << 30);
  }
}
