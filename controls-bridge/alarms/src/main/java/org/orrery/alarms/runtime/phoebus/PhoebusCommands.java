package org.orrery.alarms.runtime.phoebus;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.core.phoebus.PhoebusPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends acknowledgements to Phoebus. The connection is made for the first one, because a broker
 * that is away, or whose name nobody knows, must keep no alarm from being annunciated. Blocks;
 * thread-safe.
 */
final class PhoebusCommands implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PhoebusCommands.class);
  private static final int SEND_MS = 10_000;

  private final AlarmsConfig.Phoebus config;
  private @Nullable KafkaProducer<String, String> producer;

  PhoebusCommands(AlarmsConfig.Phoebus config) {
    this.config = config;
  }

  /** Empty, or why Phoebus' broker did not take it. */
  synchronized String acknowledge(List<PhoebusPath> paths, String person)
      throws InterruptedException {
    String json = PhoebusJson.acknowledge(person, host());
    try {
      for (PhoebusPath path : paths) {
        producer()
            .send(new ProducerRecord<>(config.commands(), PhoebusJson.COMMAND + path, json))
            .get(SEND_MS + 1_000L, TimeUnit.MILLISECONDS);
      }
      return "";
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      LOG.warn("an acknowledgement did not reach Phoebus", e);
      return "Phoebus' Kafka at "
          + config.servers()
          + " did not take the acknowledgement; see whether it arrives, then acknowledge again";
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }

  private KafkaProducer<String, String> producer() {
    KafkaProducer<String, String> open = producer;
    if (open == null) {
      open =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                  config.servers(),
                  ProducerConfig.CLIENT_ID_CONFIG,
                  "orrery-alarms-phoebus",
                  ProducerConfig.ACKS_CONFIG,
                  "all",
                  ProducerConfig.LINGER_MS_CONFIG,
                  0,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  SEND_MS / 2,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                  SEND_MS,
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  (long) SEND_MS),
              new StringSerializer(),
              new StringSerializer());
      producer = open;
    }
    return open;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "orrery";
    }
  }
}
