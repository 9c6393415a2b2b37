package org.orrery.softioc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvGrid;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.orrery.simulator.Reading;
import org.orrery.simulator.SimValue;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.Waveform;
import org.orrery.simulator.data.Axis;
import org.orrery.simulator.data.Conditions;
import org.orrery.simulator.data.DataScale;
import org.orrery.simulator.data.Histogram;
import org.orrery.simulator.data.HistogramCatalogue;
import org.orrery.simulator.data.HistogramMaker;
import org.orrery.simulator.data.HistogramSpec;
import org.orrery.simulator.data.Interval;
import org.orrery.simulator.data.PlantConditions;
import org.orrery.simulator.data.SavedPlant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the detector's histograms as a data-quality monitor would: all of them once an interval,
 * under {@code LAR:DQM:}, stamped with the end of the interval. They are no slow-control channels
 * and stand in no facility description; {@link #CATALOGUE} lists them.
 *
 * <p>The detector's thread tells it what happened ({@link #observe}, {@link #take}); a thread of
 * its own makes the histograms, so that the detector is not held up. Of intervals that come faster
 * than they can be made only the latest is.
 */
final class DataMonitor implements AutoCloseable {
  /** One line for each histogram: its PV, a blank, its id. */
  static final String CATALOGUE = "LAR:DQM:INFO:CATALOGUE";

  /** Run of the histograms of the same time stamp. */
  static final String RUN = "LAR:DQM:INFO:RUN";

  /** Seconds of exposure in the histograms of the same time stamp. */
  static final String EXPOSURE = "LAR:DQM:INFO:EXPOSURE";

  /** Length of the interval that ended at the time stamp, s. */
  static final String INTERVAL = "LAR:DQM:INFO:INTERVAL";

  /** Digest of the conditions of the histograms of the same time stamp. */
  static final String CONDITIONS = "LAR:DQM:INFO:CONDITIONS";

  private static final Logger LOG = LoggerFactory.getLogger(DataMonitor.class);
  private static final String RUN_STATE = "daq.run.state";
  private static final int UNDEFINED = 6;
  private static final long STOP_WITHIN_MS = 500;

  private final SimulatorConfig config;
  private final DataScale scale;
  private final long lengthNs;
  private final Map<String, ServedPv> pvs = new HashMap<>();
  private final AtomicReference<@Nullable Taken> waiting = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("orrery-soft-ioc-data").factory());
  private Interval current;
  private int running;
  private int looked;
  private @Nullable Workshop workshop;

  /** An interval that is over, and the detector at its end. */
  private record Taken(Interval interval, StateFile.Saved saved, double liveShare) {}

  /** What makes histograms; built by the thread that uses it. */
  private record Workshop(SavedPlant plant, PlantConditions conditions, HistogramMaker maker) {}

  /**
   * @param lengthNs length of an interval of plant time, ns
   * @param nowNs plant time, ns since the epoch
   */
  DataMonitor(SimulatorConfig config, DataScale scale, long lengthNs, long nowNs, PvServer server) {
    this.config = config;
    this.scale = scale;
    this.lengthNs = lengthNs;
    this.current = Interval.at(nowNs, lengthNs);
    HistogramCatalogue catalogue = HistogramCatalogue.of(scale);
    List<String> lines = new ArrayList<>();
    for (HistogramSpec spec : catalogue.specs()) {
      pvs.put(spec.id(), serve(server, spec, nowNs));
      lines.add(spec.pvName() + " " + spec.id());
    }
    info(server, CATALOGUE, "the histograms", Value.of(String.join("\n", lines)), nowNs);
    info(server, RUN, "run of the histograms", new Value.LongValue(0), nowNs);
    info(server, EXPOSURE, "exposure of the histograms, s", Value.of(0.0), nowNs);
    info(server, INTERVAL, "interval of the histograms, s", Value.of(lengthNs * 1e-9), nowNs);
    info(server, CONDITIONS, "conditions of the histograms", Value.of(""), nowNs);
  }

  private void info(PvServer server, String name, String description, Value value, long nowNs) {
    PvMetadata metadata =
        new PvMetadata(
            ValueKind.of(value),
            value instanceof Value.DoubleValue ? "s" : "",
            description,
            Range.NONE,
            Range.NONE,
            Limits.NONE,
            List.of());
    pvs.put(
        name, server.create(PvDefinition.readOnly(name, metadata), PvState.normal(value, nowNs)));
  }

  private static ServedPv serve(PvServer server, HistogramSpec spec, long nowNs) {
    Value empty = value(spec, new Waveform(new double[spec.bins()]));
    return server.create(
        PvDefinition.readOnly(spec.pvName(), metadata(spec)),
        new PvState(empty, Severity.INVALID, UNDEFINED, "no interval is over yet", nowNs));
  }

  private static PvMetadata metadata(HistogramSpec spec) {
    return spec.y()
        .map(
            y ->
                PvMetadata.map(
                    spec.description(), new PvGrid(array(spec.edges()), array(y.edges()))))
        .orElseGet(() -> PvMetadata.histogram(unit(spec.x()), spec.description()));
  }

  private static String unit(Axis axis) {
    return axis.unit().equals("1") ? "" : axis.unit();
  }

  private static DoubleArrayValue array(Waveform values) {
    return DoubleArrayValue.of(values.toArray());
  }

  private static Value value(HistogramSpec spec, Waveform contents) {
    return spec.isMap()
        ? array(contents)
        : new HistogramValue(array(spec.edges()), array(contents));
  }

  /** Begins the interval in which this plant time lies, as after a jump of plant time. */
  void begin(long nowNs) {
    current = Interval.at(nowNs, lengthNs);
    running = 0;
    looked = 0;
  }

  /** Plant time at which the present interval is over, ns since the epoch. */
  long endNs() {
    return current.toNs();
  }

  /** Notes what the detector said of its run. */
  void observe(List<Reading> readings) {
    for (Reading reading : readings) {
      if (reading.channelId().equals(RUN_STATE)
          && reading.value() instanceof SimValue.ChoiceValue choice) {
        looked++;
        running += choice.index();
      }
    }
  }

  /** The present interval is over, with the detector in this state; returns at once. */
  void take(StateFile.Saved saved) {
    double liveShare = looked == 0 ? 0.0 : Math.min(1.0, (double) running / looked);
    boolean idle = waiting.getAndSet(new Taken(current, saved, liveShare)) == null;
    begin(current.toNs());
    if (!idle) {
      return;
    }
    try {
      thread.execute(this::makeLatest);
    } catch (RejectedExecutionException closing) {
      LOG.debug("no histograms any more: {}", closing.getMessage());
    }
  }

  private void makeLatest() {
    Taken taken = waiting.getAndSet(null);
    if (taken == null) {
      return;
    }
    try {
      make(taken);
    } catch (RuntimeException bug) {
      LOG.error("the histograms up to {} failed", taken.interval().toNs(), bug);
    }
  }

  private void make(Taken taken) {
    Workshop tools = workshop;
    if (tools == null) {
      tools =
          new Workshop(
              new SavedPlant(config),
              new PlantConditions(config.detector(), scale, config.seed()),
              new HistogramMaker(scale, config.detector().driftMetres(), config.seed()));
      workshop = tools;
    }
    tools.plant().take(taken.saved().simulatorBytes());
    Conditions conditions = tools.conditions().read(tools.plant().plant(), taken.liveShare());
    List<Histogram> made = tools.maker().make(taken.interval(), conditions);
    long endNs = taken.interval().toNs();
    post(RUN, new Value.LongValue(conditions.run().number()), endNs);
    post(EXPOSURE, Value.of(made.getFirst().exposureSeconds()), endNs);
    post(INTERVAL, Value.of(taken.interval().seconds()), endNs);
    post(CONDITIONS, Value.of(made.getFirst().conditionsDigest()), endNs);
    for (Histogram histogram : made) {
      post(histogram.id(), value(histogram.spec(), histogram.contents()), endNs);
    }
  }

  private void post(String key, Value value, long timeNs) {
    ServedPv pv = pvs.get(key);
    if (pv != null) {
      pv.post(PvState.normal(value, timeNs));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_WITHIN_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("the last histograms did not end in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
