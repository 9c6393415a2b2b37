package org.orrery.bus.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.orrery.process.JvmCommand;
import org.orrery.process.LoopbackPorts;
import org.orrery.process.ProcessListener;
import org.orrery.process.ProcessSpec;
import org.orrery.process.ReadyCheck;
import org.orrery.process.StopSequence;
import org.orrery.process.SupervisedProcess;

/**
 * A real Kafka broker (KRaft, one node) in a JVM of its own, on private ports of 127.0.0.1 and
 * without authentication: every user of this machine can reach it, nobody else. It runs on the
 * class path of this JVM, which must hold {@code kafka_2.13}.
 *
 * <p>What it acknowledged to a producer with {@code acks=all} survives {@code kill -9} of the
 * broker and of Orrery, because the operating system has it then. It does not survive a power cut
 * or a crash of the operating system before the page cache was written (some 30 s on Linux): there
 * is one copy, and Kafka does not force it to disk for each record. What must survive that as well
 * stands in PostgreSQL first and leaves by its outbox.
 *
 * <p>Thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(3); // log recovery included
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final long FORMAT_SECONDS = 120;
  private static final int FORMAT_HEAP_MEBIBYTES = 128;
  private static final long LOG_MAX_BYTES = 8L << 20;

  /** The quick compiler alone: ready in half the processor time, and fast enough for one plant. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-Djava.awt.headless=true",
          "-Djava.net.preferIPv4Stack=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final SupervisedProcess process;
  private final String bootstrapServers;

  private KafkaBroker(SupervisedProcess process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the broker in the background; see {@link #ready}. The storage is formatted on the first
   * start.
   *
   * @param config where and how large
   * @param listener told about the life of its process
   * @return the broker, not ready yet
   * @throws IOException when its files cannot be written
   */
  public static KafkaBroker start(BrokerConfig config, ProcessListener listener)
      throws IOException {
    Path directory = config.directory();
    Files.createDirectories(directory);
    List<Integer> ports =
        LoopbackPorts.choose(directory.resolve("ports"), 2, directory.resolve("kafka.pid"));
    Path logs = directory.resolve("log");
    Path properties = directory.resolve("server.properties");
    Files.writeString(
        properties,
        BrokerProperties.of(config, logs, ports.get(0), ports.get(1)).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining()));
    String logging = "-Dlogback.configurationFile=" + writeLogging(directory);
    List<String> jvmOptions = concat(JVM_OPTIONS, logging);
    ProcessSpec spec =
        ProcessSpec.builder(
                "kafka",
                directory,
                JvmCommand.of(
                    "kafka.Kafka",
                    config.heapMebibytes(),
                    jvmOptions,
                    List.of(properties.toString())))
            .ready(new ReadyCheck.TcpPort("127.0.0.1", ports.get(0)), READY_TIMEOUT)
            .stop(StopSequence.terminate(STOP_PATIENCE))
            .log(directory.resolve("kafka.log"), LOG_MAX_BYTES)
            .beforeStart(() -> format(directory, logs, properties, jvmOptions))
            .build();
    return new KafkaBroker(SupervisedProcess.start(spec, listener), "127.0.0.1:" + ports.get(0));
  }

  /**
   * The first readiness.
   *
   * @return completes when the broker accepts connections; fails when it was given up
   */
  public CompletableFuture<Void> ready() {
    return process.ready();
  }

  /**
   * Where clients connect; stays the same when the broker is started again.
   *
   * @return {@code host:port}
   */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * The broker's process.
   *
   * @return for its state, and for tests that kill it
   */
  public SupervisedProcess process() {
    return process;
  }

  /** Ends the broker within some 10 s. */
  @Override
  public void close() {
    process.close();
  }

  /** Runs Kafka's own storage tool once; an interrupted run is done again. */
  private static void format(Path directory, Path logs, Path properties, List<String> jvmOptions)
      throws IOException {
    if (Files.exists(logs.resolve("meta.properties"))) {
      return;
    }
    Process tool =
        new ProcessBuilder(
                JvmCommand.of(
                    "kafka.tools.StorageTool",
                    FORMAT_HEAP_MEBIBYTES,
                    jvmOptions,
                    List.of(
                        "format",
                        "--ignore-formatted",
                        "--cluster-id",
                        clusterId(directory.resolve("cluster-id")),
                        "--config",
                        properties.toString())))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    tool.getOutputStream().close();
    String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!tool.waitFor(FORMAT_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
        throw new IOException("formatting Kafka's storage failed: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while formatting Kafka's storage", e);
    } finally {
      tool.destroyForcibly();
    }
  }

  private static String clusterId(Path file) throws IOException {
    if (!Files.exists(file)) {
      Path draft = file.resolveSibling("cluster-id.new");
      Files.writeString(draft, Uuid.randomUuid().toString());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  private static Path writeLogging(Path directory) throws IOException {
    Path file = directory.resolve("logback.xml");
    try (InputStream in = KafkaBroker.class.getResourceAsStream("logback.xml")) {
      if (in == null) {
        throw new IOException("the broker's logback.xml is missing from the class path");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static List<String> concat(List<String> options, String last) {
    return Stream.concat(options.stream(), Stream.of(last)).toList();
  }
}
