package org.orrery.scenarios.harness;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.orrery.app.config.FacilityLoader;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Bytes;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Sample;
import org.orrery.epics.HostPort;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.GatewayModule;
import org.orrery.operations.OperationsConfig;
import org.orrery.operations.OperationsModule;
import org.orrery.process.JvmCommand;
import org.orrery.process.LoopbackPorts;
import org.orrery.process.ProcessSpec;
import org.orrery.process.ReadyCheck;
import org.orrery.process.StopSequence;
import org.orrery.process.SupervisedProcess;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;
import org.orrery.supervision.SupervisionConfig;
import org.orrery.supervision.SupervisionModule;

/**
 * Gateway, operations and supervision on a real soft IOC and a real PostgreSQL, in the process of
 * the test, so that the test can put messages on the bus as a broken or hostile room could. There
 * is no twin: proposals are not rehearsed, so that two people must approve.
 */
public final class House implements AutoCloseable {
  private static final int WAIT_SECONDS = 60;

  private final Path data;
  private final SupervisedProcess softIoc;
  private final Store store;
  private final Vertx vertx;
  private final RoomContext context;
  private final Plant plant;
  private final List<GateRecord> records = new CopyOnWriteArrayList<>();

  private House(
      Path data,
      SupervisedProcess softIoc,
      Store store,
      Vertx vertx,
      RoomContext context,
      Plant plant) {
    this.data = data;
    this.softIoc = softIoc;
    this.store = store;
    this.vertx = vertx;
    this.context = context;
    this.plant = plant;
  }

  /** Starts everything and waits until every channel was read. */
  public static House start(Path data, double factor) throws Exception {
    Files.createDirectories(data);
    SystemWallClock wall = new SystemWallClock();
    Path clockFile = data.resolve("plant-clock.properties");
    ScaledPlantClock clock = ScaledPlantClock.open(wall, clockFile, factor);
    Facility facility = FacilityLoader.load(OrreryProcess.distributed("conf/facility.yaml"));
    List<Integer> ports = LoopbackPorts.choose(data.resolve("ports"), 2);
    SupervisedProcess softIoc = softIoc(data.resolve("soft-ioc"), clockFile, ports);
    Store store =
        Store.start(
            new StoreConfig.Embedded(
                data.resolve("postgres"), Path.of("target/postgres").toAbsolutePath(), 32, 8));
    Vertx vertx = Vertx.vertx();
    RoomContext context =
        new RoomContext(
            new LocalBus(vertx),
            new LocalSampleFeed(vertx, facility),
            facility,
            clock,
            wall,
            new TimeSortedIds(wall, new Random(1)),
            1,
            data,
            "test");
    Plant plant = Plant.searching(ports.get(1));
    House house = new House(data, softIoc, store, vertx, context, plant);
    try {
      house.deployRooms(HostPort.loopback(ports.get(1)));
      return house;
    } catch (Exception e) {
      house.close();
      throw e;
    }
  }

  private static SupervisedProcess softIoc(Path directory, Path clockFile, List<Integer> ports)
      throws Exception {
    Files.createDirectories(directory);
    return SupervisedProcess.start(
        ProcessSpec.builder(
                "soft-ioc",
                directory,
                JvmCommand.of(
                    "org.orrery.softioc.SoftIoc",
                    256,
                    List.of("-Djava.net.preferIPv4Stack=true"),
                    List.of(
                        "--server-port",
                        ports.get(0).toString(),
                        "--search-port",
                        ports.get(1).toString(),
                        "--plant-clock",
                        clockFile.toString(),
                        "--state-file",
                        directory.resolve("state").toString(),
                        "--seed",
                        "7",
                        "--parent-pid",
                        Long.toString(ProcessHandle.current().pid()))))
            .ready(
                new ReadyCheck.OutputLine(Pattern.compile("^READY .*")),
                Duration.ofSeconds(WAIT_SECONDS))
            .stop(StopSequence.terminate(Duration.ofSeconds(3)))
            .build(),
        (name, state) -> {});
  }

  private void deployRooms(HostPort server) throws Exception {
    context.bus().subscribe(Topics.GATE_RECORDS, records::add);
    store.ready().get(WAIT_SECONDS, TimeUnit.SECONDS);
    softIoc.ready().get(WAIT_SECONDS, TimeUnit.SECONDS);
    Bytes key = Bytes.of(SupervisionModule.publicKey(data).getEncoded());
    deploy(
        OperationsModule.create(
            context, OperationsConfig.DEFAULT, Optional.of(store.room("operations"))));
    deploy(OperationsModule.snapshots(context, store.room("operations")));
    deploy(
        GatewayModule.create(context, GatewayConfig.of(key, server).withOwnPvs(Optional.empty())));
    deploy(
        SupervisionModule.create(
            context, SupervisionConfig.DEFAULT, AccessRules.OPEN, store.room("supervision")));
    Awaitility.await("every channel is read")
        .atMost(Duration.ofSeconds(WAIT_SECONDS))
        .until(() -> latest().size() == context.facility().channels().size());
  }

  private void deploy(Deployable room) throws Exception {
    await(vertx.deployVerticle(room));
  }

  /** The bus. */
  public Bus bus() {
    return context.bus();
  }

  /** The plant, past Orrery. */
  public Plant plant() {
    return plant;
  }

  /** Plant time, ns. */
  public long plantNs() {
    return context.plantClock().nowNs();
  }

  /** Wall time, ns. */
  public long wallNs() {
    return context.wallClock().nowNs();
  }

  /** A fresh id. */
  public String freshId() {
    return context.ids().next();
  }

  /** What the gate said so far, attempts included. */
  public List<GateRecord> gateRecords() {
    return List.copyOf(records);
  }

  /** Sends a signal to the soft IOC's process, such as {@code -STOP}. */
  public void signalSoftIoc(String signal) throws Exception {
    ChildProcesses.signal(data, "soft-ioc", signal);
  }

  /**
   * Makes the soft IOC's disk hang: it saves what it takes before it answers, and its next save
   * never ends. So a put stays in the middle.
   */
  public void hangSoftIocDisk() throws Exception {
    FileTime before = Files.getLastModifiedTime(stateFile());
    Awaitility.await("the state was just saved, so that no save is under way")
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !Files.getLastModifiedTime(stateFile()).equals(before));
    Path pipe = stateFile().resolveSibling("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    Files.move(pipe, draftFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lets the save that hangs fail, and later ones succeed. */
  public void releaseSoftIocDisk() throws IOException {
    try (InputStream reader = Files.newInputStream(draftFile())) {
      Files.delete(draftFile());
    }
  }

  /** Lets later saves succeed; the one that hangs goes on to hang. */
  public void replaceSoftIocDisk() throws IOException {
    Files.delete(draftFile());
  }

  private Path stateFile() {
    return data.resolve("soft-ioc/state");
  }

  private Path draftFile() {
    return data.resolve("soft-ioc/state.new");
  }

  /** Number of the soft IOC's process; -1 between two lives. */
  public long softIocPid() {
    return softIoc.handle().map(ProcessHandle::pid).orElse(-1L);
  }

  /** What the gateway last read of every channel. */
  public List<Sample> latest() {
    return ask(Endpoints.GATEWAY_LATEST, Nothing.NOTHING);
  }

  /** What the gateway last read of one channel, as people see it. */
  public String reads(String channel) {
    return latest().stream()
        .filter(s -> s.channel().value().equals(channel))
        .map(s -> s.value().display())
        .findFirst()
        .orElse("");
  }

  /** Asks and waits for the answer. */
  public <Q, R> R ask(Endpoint<Q, R> endpoint, Q request) {
    return await(context.bus().request(endpoint, request));
  }

  /** Waits for an answer under way. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    plant.close();
    await(vertx.close());
    softIoc.close();
    store.close();
  }
}
