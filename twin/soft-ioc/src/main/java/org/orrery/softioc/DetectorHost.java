package org.orrery.softioc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.ServedPv;
import org.orrery.simulator.CommandReply;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.PutResult;
import org.orrery.simulator.Reading;
import org.orrery.simulator.SimValue;
import org.orrery.simulator.SimulatedChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the simulated detector live in plant time and serves it. Thread-safe: one thread of its own
 * steps the simulator, carries out all puts in the order in which they came, and saves.
 */
final class DetectorHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DetectorHost.class);

  /**
   * A tick is as long as a plant second, within these bounds: a burst must fit a client's queue.
   */
  private static final long LONGEST_TICK_MS = 50;

  private static final long SHORTEST_TICK_MS = 10;
  private static final long SAVE_EVERY_MS = 1_000;
  private static final long STOP_WITHIN_MS = 1_000;

  /** Longest outage that the detector lives through; over a longer one it stood still. */
  private static final long LONGEST_CATCH_UP_NS = TimeUnit.HOURS.toNanos(2);

  /** Readings older than this are not published any more: nobody could have read them out. */
  private static final long PUBLISHED_NS = TimeUnit.MINUTES.toNanos(1);

  private static final long SLICE_NS = TimeUnit.SECONDS.toNanos(10);

  private final DetectorSimulator simulator;
  private volatile long timeShiftNs;
  private final PlantClock clock;
  private final Function<StateFile.Saved, CompletionStage<Void>> keeper;
  private final Map<String, SimulatedChannel> channels = new HashMap<>();
  private final Map<String, ServedPv> pvs = new HashMap<>();
  private final ControlPvs control;
  private final Optional<DataMonitor> data;
  private final PutLog putLog;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("orrery-soft-ioc").factory());

  /**
   * @param timeShiftNs plant time minus the simulator's own time
   * @param data who makes the histograms; absent for nobody
   * @param putLog writes down every put that reaches the device
   */
  DetectorHost(
      DetectorSimulator simulator,
      long timeShiftNs,
      PlantClock clock,
      PvServer server,
      Function<StateFile.Saved, CompletionStage<Void>> keeper,
      Optional<DataMonitor> data,
      PutLog putLog) {
    this.simulator = simulator;
    this.timeShiftNs = timeShiftNs;
    this.clock = clock;
    this.keeper = keeper;
    this.data = data;
    this.putLog = putLog;
    for (SimulatedChannel channel : simulator.channels()) {
      channels.put(channel.id(), channel);
    }
    var unusedBeforeServing = live();
    for (Reading reading : simulator.snapshot()) {
      SimulatedChannel channel = channels.get(reading.channelId());
      if (channel != null) {
        pvs.put(channel.id(), serve(server, channel, reading));
      }
    }
    this.control = new ControlPvs(server, clock, this::command);
  }

  private ServedPv serve(PvServer server, SimulatedChannel channel, Reading reading) {
    PvDefinition definition =
        channel.isWritable()
            ? PvDefinition.writable(
                channel.pvName(), PvMapping.metadata(channel), value -> put(channel, value))
            : PvDefinition.readOnly(channel.pvName(), PvMapping.metadata(channel));
    return server.create(definition, PvMapping.state(reading, channel, timeShiftNs));
  }

  /** Begins to live. */
  void start() {
    long tickMs = Math.clamp((long) (1_000 / clock.factor()), SHORTEST_TICK_MS, LONGEST_TICK_MS);
    var unusedTicking =
        thread.scheduleAtFixedRate(
            guarded("step", this::step), tickMs, tickMs, TimeUnit.MILLISECONDS);
    var unusedSaving =
        thread.scheduleWithFixedDelay(
            guarded("save", () -> save()), SAVE_EVERY_MS, SAVE_EVERY_MS, TimeUnit.MILLISECONDS);
    var unusedBeating =
        thread.scheduleAtFixedRate(
            guarded("heartbeat", control::beat), 0, 1_000, TimeUnit.MILLISECONDS);
  }

  /** A periodic task that throws would never run again, and the detector would stand still. */
  private static Runnable guarded(String what, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException bug) {
        LOG.error("the detector failed to {}", what, bug);
      }
    };
  }

  private long simulatorNowNs() {
    return clock.nowNs() - timeShiftNs;
  }

  private void step() {
    publish(live());
    control.showTruth(simulator.truth());
  }

  /**
   * Lets the detector live until now; returns what is to be published. After a stop of this process
   * that is the present state of all channels, not the history that nobody read out.
   */
  private List<Reading> live() {
    long behindNs = simulatorNowNs() - simulator.timeNs();
    if (behindNs > LONGEST_CATCH_UP_NS || behindNs < -PUBLISHED_NS) {
      LOG.info("plant time jumped by {} s, the detector did not", behindNs / 1_000_000_000L);
      timeShiftNs += behindNs;
      data.ifPresent(monitor -> monitor.begin(simulator.timeNs() + timeShiftNs));
      return List.of();
    }
    if (behindNs <= PUBLISHED_NS) {
      return step(simulatorNowNs());
    }
    long untilNs = simulatorNowNs();
    while (simulator.timeNs() < untilNs) {
      var unusedHistory = step(Math.min(untilNs, simulator.timeNs() + SLICE_NS));
    }
    return simulator.snapshot();
  }

  /** Steps on, with a stop at the end of each interval of the histograms. */
  private List<Reading> step(long untilNs) {
    if (data.isEmpty()) {
      return simulator.step(untilNs);
    }
    DataMonitor monitor = data.get();
    List<Reading> readings = new ArrayList<>();
    while (monitor.endNs() - timeShiftNs <= untilNs) {
      List<Reading> rest = simulator.step(monitor.endNs() - timeShiftNs);
      monitor.observe(rest);
      monitor.take(StateFile.Saved.of(timeShiftNs, simulator.save()));
      readings.addAll(rest);
    }
    List<Reading> last = simulator.step(untilNs);
    monitor.observe(last);
    readings.addAll(last);
    return readings;
  }

  private void publish(List<Reading> readings) {
    for (Reading reading : readings) {
      SimulatedChannel channel = channels.get(reading.channelId());
      ServedPv pv = pvs.get(reading.channelId());
      if (channel != null && pv != null) {
        pv.post(PvMapping.state(reading, channel, timeShiftNs));
      }
    }
  }

  private CompletionStage<Void> save() {
    return keeper.apply(StateFile.Saved.of(timeShiftNs, simulator.save()));
  }

  private CompletionStage<PutDecision> put(SimulatedChannel channel, Value value) {
    return onThread(
        () -> {
          putLog.append(channel.pvName(), value);
          SimValue simulated = PvMapping.simulated(value).orElse(null);
          if (simulated == null) {
            return new PutDecision.Refused("the device does not take such a value");
          }
          return switch (simulator.put(channel.id(), simulated, simulatorNowNs())) {
            case PutResult.Accepted accepted -> {
              publish(live());
              yield new PutDecision.Accepted();
            }
            case PutResult.Refused refused -> new PutDecision.Refused(refused.reason());
          };
        });
  }

  private CompletionStage<PutDecision> command(String line) {
    return onThread(
        () -> {
          CommandReply reply = obey(line);
          return reply.done() ? new PutDecision.Accepted() : new PutDecision.Refused(reply.text());
        });
  }

  /** Carries out one line of the simulator's own control; fails when the detector is going down. */
  CompletionStage<CommandReply> order(String line) {
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                CommandReply reply = obey(line);
                return save().thenApply(saved -> reply);
              },
              thread)
          .thenCompose(saved -> saved);
    } catch (RejectedExecutionException closing) {
      return CompletableFuture.failedStage(closing);
    }
  }

  private CommandReply obey(String line) {
    CommandReply reply = simulator.command(line);
    control.showReply(reply.text());
    control.showTruth(simulator.truth());
    return reply;
  }

  /**
   * Decides on the detector's thread. What the device takes is saved before the client hears of it:
   * a device does not forget a setting because its controller is killed.
   */
  private CompletionStage<PutDecision> onThread(Supplier<PutDecision> decide) {
    try {
      return CompletableFuture.supplyAsync(() -> kept(decide.get()), thread)
          .thenCompose(decision -> decision);
    } catch (RejectedExecutionException closing) {
      return CompletableFuture.completedStage(new PutDecision.Refused("the device is going down"));
    }
  }

  private CompletionStage<PutDecision> kept(PutDecision decision) {
    return switch (decision) {
      case PutDecision.Accepted accepted -> save().thenApply(saved -> accepted);
      case PutDecision.Refused refused -> CompletableFuture.completedStage(refused);
    };
  }

  /** Stops the detector and saves it a last time. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_WITHIN_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn(
            "the detector did not stop within {} ms, its last state is not saved", STOP_WITHIN_MS);
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    save();
  }
}
