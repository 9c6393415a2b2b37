package org.orrery.softioc;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.WallClock;
import org.orrery.epics.EpicsException;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.data.DataScale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand-in detector's control system: a process of its own that serves the simulator over
 * pvAccess.
 *
 * <p>It prints one line, {@code READY serverPort=… searchPort=…}, when it can be reached, takes
 * faults from the folder {@code faults} beside its state file ({@link OrderFolder}), and ends on
 * SIGTERM or with its parent. Exit codes: 0 ended, 1 could not start, 2 bad arguments.
 */
public final class SoftIoc implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SoftIoc.class);

  private static final long PARENT_CHECK_MS = 500;

  private final PvServer server;
  private final DetectorHost host;
  private final StateSaver saver;
  private final OrderFolder orders;
  private final Optional<DataMonitor> data;
  private final PutLog putLog;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SoftIoc(
      PvServer server,
      DetectorHost host,
      StateSaver saver,
      OrderFolder orders,
      Optional<DataMonitor> data,
      PutLog putLog) {
    this.server = server;
    this.host = host;
    this.saver = saver;
    this.orders = orders;
    this.data = data;
    this.putLog = putLog;
  }

  /**
   * Starts the IOC in this process.
   *
   * @throws IOException when the plant clock or the state cannot be read
   * @throws EpicsException when a port cannot be bound
   */
  public static SoftIoc start(IocSettings settings) throws IOException {
    WallClock wall = new SystemWallClock();
    long wallNowNs = wall.nowNs();
    PlantClock clock =
        settings.plantClock().isPresent()
            ? ScaledPlantClock.load(wall, settings.plantClock().get())
            : new ScaledPlantClock(wall, wallNowNs, wallNowNs, settings.speed());
    StateFile file = new StateFile(settings.stateFile());
    DetectorSimulator simulator = new DetectorSimulator(settings.detector(), clock.nowNs());
    long timeShiftNs = restore(file, simulator, clock);
    PutLog putLog =
        settings.putLog().isPresent() ? PutLog.in(settings.putLog().get(), wall) : PutLog.NONE;
    PvServer server =
        PvServers.start(PvServerSettings.loopback(settings.serverPort(), settings.searchPort()));
    StateSaver saver = new StateSaver(file);
    Optional<DataMonitor> data =
        settings.dataSeconds() == 0
            ? Optional.empty()
            : Optional.of(
                new DataMonitor(
                    simulator.config(),
                    DataScale.reference(),
                    TimeUnit.SECONDS.toNanos(settings.dataSeconds()),
                    clock.nowNs(),
                    server));
    DetectorHost host =
        new DetectorHost(simulator, timeShiftNs, clock, server, saver::save, data, putLog);
    host.start();
    OrderFolder orders =
        new OrderFolder(
            settings.stateFile().toAbsolutePath().resolveSibling("faults"), host::order);
    return new SoftIoc(server, host, saver, orders, data, putLog);
  }

  /** Brings back the saved detector; returns plant time minus its own time. */
  private static long restore(StateFile file, DetectorSimulator simulator, PlantClock clock)
      throws IOException {
    try {
      Optional<StateFile.Saved> saved = file.load();
      if (saved.isEmpty()) {
        return 0;
      }
      simulator.restore(saved.get().simulatorBytes());
      long outageNs = clock.nowNs() - saved.get().timeShiftNs() - simulator.timeNs();
      LOG.info("the detector goes on after {} s of plant time", outageNs / 1_000_000_000L);
      return saved.get().timeShiftNs();
    } catch (IOException | IllegalArgumentException unusable) {
      LOG.warn("the saved detector cannot be used, a new one begins: {}", unusable.getMessage());
      file.setAside();
      return 0;
    }
  }

  /** TCP port of pvAccess. */
  public int serverPort() {
    return server.serverAddress().port();
  }

  /** UDP port of searches. */
  public int searchPort() {
    return server.searchAddress().port();
  }

  /** Saves the detector and frees the ports; takes at most 2 s. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    orders.close();
    host.close();
    data.ifPresent(DataMonitor::close);
    server.close();
    saver.close();
    putLog.close();
  }

  /** Runs the IOC until it is told to end. */
  public static void main(String[] arguments) throws InterruptedException {
    switch (IocSettings.parse(List.of(arguments))) {
      case IocSettings.Parsed.Bad(List<String> problems) -> {
        problems.forEach(System.err::println);
        System.err.println(IocSettings.USAGE);
        System.exit(2);
      }
      case IocSettings.Parsed.Good(IocSettings settings) -> run(settings);
    }
  }

  private static void run(IocSettings settings) throws InterruptedException {
    SoftIoc ioc;
    try {
      ioc = start(settings);
    } catch (IOException | EpicsException failed) {
      System.err.println("the soft IOC cannot start: " + failed.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("orrery-soft-ioc-stop").unstarted(ioc::close));
    System.out.println("READY serverPort=" + ioc.serverPort() + " searchPort=" + ioc.searchPort());
    System.out.flush();
    while (settings.parentPid().isEmpty() || isAlive(settings.parentPid().getAsLong())) {
      Thread.sleep(PARENT_CHECK_MS);
    }
    LOG.info("the parent process is gone, the soft IOC ends");
    System.exit(0);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
