package org.orrery.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.orrery.app.config.Site;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.process.JvmCommand;
import org.orrery.process.LoopbackPorts;
import org.orrery.process.ProcessListener;
import org.orrery.process.ProcessSpec;
import org.orrery.process.ProcessState;
import org.orrery.process.ReadyCheck;
import org.orrery.process.StopSequence;
import org.orrery.process.SupervisedProcess;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers beside the main process: the site's, or supervised children where the site names
 * none. Thread-safe.
 */
final class Children implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Children.class);
  private static final int POOL = 12;
  private static final int IOC_HEAP_MEBIBYTES = 256;
  private static final Duration IOC_READY = Duration.ofSeconds(60);

  private final Optional<SoftIocProcess> softIoc;
  private final Optional<KafkaBroker> broker;
  private final KafkaConfig kafka;
  private final Store store;

  private Children(
      Optional<SoftIocProcess> softIoc,
      Optional<KafkaBroker> broker,
      KafkaConfig kafka,
      Store store) {
    this.softIoc = softIoc;
    this.broker = broker;
    this.kafka = kafka;
    this.store = store;
  }

  /**
   * The running soft IOC.
   *
   * @param process its process; absent where another process of ours looks after it
   * @param searchPort UDP port of its searches on loopback
   */
  record SoftIocProcess(Optional<SupervisedProcess> process, int searchPort) {}

  /**
   * Finds what the process with the role {@code archive} looks after, or what the site has itself.
   * Blocks until the owner has started once.
   */
  static Children join(RunOptions options, SharedFolder shared)
      throws IOException, StartException, InterruptedException {
    Site site = options.site();
    Optional<SoftIocProcess> softIoc =
        options.facility().simulated()
            ? Optional.of(new SoftIocProcess(Optional.empty(), shared.searchPort()))
            : Optional.empty();
    KafkaConfig kafka =
        site.kafkaServers().isPresent()
            ? new KafkaConfig(site.kafkaServers().get(), 3)
            : KafkaConfig.embedded(shared.kafkaServers());
    StoreConfig store = site.database().isPresent() ? at(site.database().get()) : shared.database();
    return new Children(softIoc, Optional.empty(), kafka, Store.start(store));
  }

  private static StoreConfig at(Site.SiteDatabase database) {
    return new StoreConfig.Site(database.url(), database.user(), database.passwordFile(), POOL);
  }

  /** Starts what the site does not have itself; returns at once. */
  static Children start(RunOptions options, Path plantClockFile) throws IOException {
    Path data = options.data();
    Site site = options.site();
    // Whatever the site says: a simulated detector is never searched for among a site's servers.
    Optional<SoftIocProcess> softIoc =
        options.facility().simulated()
            ? Optional.of(softIoc(data.resolve("soft-ioc"), plantClockFile, site.simulation()))
            : Optional.empty();
    Optional<KafkaBroker> broker =
        site.kafkaServers().isPresent()
            ? Optional.empty()
            : Optional.of(KafkaBroker.start(BrokerConfig.in(data.resolve("kafka")), log()));
    KafkaConfig kafka =
        site.kafkaServers()
            .map(servers -> new KafkaConfig(servers, 3))
            .orElseGet(() -> KafkaConfig.embedded(broker.orElseThrow().bootstrapServers()));
    StoreConfig storeConfig =
        site.database()
            .map(Children::at)
            .orElseGet(() -> StoreConfig.Embedded.in(data.resolve("postgres")));
    return new Children(softIoc, broker, kafka, Store.start(storeConfig));
  }

  private static SoftIocProcess softIoc(
      Path directory, Path plantClockFile, Site.Simulation simulation) throws IOException {
    Files.createDirectories(directory);
    Path portsFile = directory.resolve("ports");
    List<Integer> ports = LoopbackPorts.choose(portsFile, 2, directory.resolve("soft-ioc.pid"));
    Files.writeString(
        directory.resolve("ports.properties"),
        "serverPort=" + ports.get(0) + "\nsearchPort=" + ports.get(1) + "\n");
    ProcessSpec spec =
        ProcessSpec.builder(
                "soft-ioc",
                directory,
                JvmCommand.of(
                    "org.orrery.softioc.SoftIoc",
                    IOC_HEAP_MEBIBYTES,
                    List.of("-Djava.net.preferIPv4Stack=true"),
                    List.of(
                        "--server-port",
                        ports.get(0).toString(),
                        "--search-port",
                        ports.get(1).toString(),
                        "--plant-clock",
                        plantClockFile.toString(),
                        "--state-file",
                        directory.resolve("state").toString(),
                        "--put-log",
                        directory.resolve("puts.log").toString(),
                        "--seed",
                        Long.toString(simulation.seed()),
                        "--parent-pid",
                        Long.toString(ProcessHandle.current().pid()))))
            .ready(new ReadyCheck.OutputLine(Pattern.compile("^READY .*")), IOC_READY)
            .stop(StopSequence.terminate(Duration.ofSeconds(3)))
            .build();
    return new SoftIocProcess(Optional.of(SupervisedProcess.start(spec, log())), ports.get(1));
  }

  private static ProcessListener log() {
    return (String name, ProcessState state) -> LOG.info("{}: {}", name, state);
  }

  Optional<SoftIocProcess> softIoc() {
    return softIoc;
  }

  Optional<KafkaBroker> broker() {
    return broker;
  }

  KafkaConfig kafka() {
    return kafka;
  }

  Store store() {
    return store;
  }

  /** Ends all of them at the same time, each in its own order of signals. */
  @Override
  public void close() {
    List<Thread> closers =
        List.of(
            Thread.ofVirtual()
                .start(
                    () ->
                        softIoc
                            .flatMap(SoftIocProcess::process)
                            .ifPresent(SupervisedProcess::close)),
            Thread.ofVirtual().start(() -> broker.ifPresent(KafkaBroker::close)),
            Thread.ofVirtual().start(store::close));
    for (Thread closer : closers) {
      try {
        closer.join(Duration.ofSeconds(8));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
