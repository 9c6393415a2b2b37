package org.orrery.lab.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.Reading;
import org.orrery.simulator.SimValue;
import org.orrery.simulator.SimulatedChannel;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.fault.Effect;
import org.orrery.simulator.fault.Fault;
import org.orrery.simulator.fault.Truth.Sign;

/**
 * One fault, beside a healthy detector of the same seed.
 *
 * @param source the line that started it
 * @param fault what was started
 * @param horizonSeconds how long both were watched after the onset, s of plant time
 * @param leadSeconds how long they were watched before it, s of plant time
 * @param traces what the telling channels showed, in the order of the signs
 */
record FaultRun(
    String source, Fault fault, double horizonSeconds, double leadSeconds, List<Trace> traces) {
  private static final long START_NS = 1_700_000_000_000_000_000L;
  private static final long SLICE_NS = 60_000_000_000L;
  private static final double WARM_UP_SECONDS = 2.0 * 3_600.0;
  private static final double LONGEST_SECONDS = 36.0 * 3_600.0;
  private static final double SHORTEST_SECONDS = 600.0;

  FaultRun {
    traces = List.copyOf(traces);
  }

  /**
   * What one channel showed.
   *
   * @param channel which
   * @param faulty in the faulty detector
   * @param healthy in its healthy twin
   */
  record Trace(SimulatedChannel channel, List<At> faulty, List<At> healthy) {}

  /** A reading: seconds after the onset, and the value; NaN where it was invalid. */
  record At(double seconds, double value) {}

  /** Runs a fault. */
  static FaultRun of(String source, long seed) {
    DetectorSimulator faulty = new DetectorSimulator(SimulatorConfig.reference(seed), START_NS);
    DetectorSimulator healthy = new DetectorSimulator(SimulatorConfig.reference(seed), START_NS);
    // What the fault will show decides how long to watch before it begins.
    Fault preview =
        new DetectorSimulator(SimulatorConfig.reference(seed), START_NS).startFault(source);
    double horizon = horizon(preview);
    double lead = 0.15 * horizon;
    Map<String, Trace> traces = new LinkedHashMap<>();
    for (String id : telling(preview)) {
      faulty
          .channel(id)
          .ifPresent(
              channel -> traces.put(id, new Trace(channel, new ArrayList<>(), new ArrayList<>())));
    }
    long onsetNs = START_NS + Math.round((WARM_UP_SECONDS + lead) * 1e9);
    long fromNs = onsetNs - Math.round(lead * 1e9);
    live(faulty, healthy, onsetNs, onsetNs, fromNs, traces);
    Fault fault = faulty.startFault(source);
    live(faulty, healthy, onsetNs + Math.round(horizon * 1e9), onsetNs, fromNs, traces);
    return new FaultRun(source, fault, horizon, lead, List.copyOf(traces.values()));
  }

  private static double horizon(Fault fault) {
    double latest =
        fault.truth().signs().stream().mapToDouble(Sign::withinSeconds).max().orElse(3_600.0);
    return Math.clamp(1.2 * latest, SHORTEST_SECONDS, LONGEST_SECONDS);
  }

  private static Set<String> telling(Fault fault) {
    Set<String> ids = new LinkedHashSet<>();
    fault.truth().signs().forEach(sign -> ids.add(sign.channelId()));
    for (Effect effect : fault.effects()) {
      if (effect instanceof Effect.OnSensor(String channelId, var lie, var course)) {
        ids.add(channelId);
      }
    }
    return ids;
  }

  private static void live(
      DetectorSimulator faulty,
      DetectorSimulator healthy,
      long untilNs,
      long onsetNs,
      long fromNs,
      Map<String, Trace> traces) {
    while (faulty.timeNs() < untilNs) {
      long next = Math.min(untilNs, faulty.timeNs() + SLICE_NS);
      for (Reading reading : faulty.step(next)) {
        Trace trace = traces.get(reading.channelId());
        if (trace != null && reading.timeNs() >= fromNs) {
          trace.faulty().add(at(reading, onsetNs));
        }
      }
      for (Reading reading : healthy.step(next)) {
        Trace trace = traces.get(reading.channelId());
        if (trace != null && reading.timeNs() >= fromNs) {
          trace.healthy().add(at(reading, onsetNs));
        }
      }
    }
  }

  private static At at(Reading reading, long onsetNs) {
    double seconds = (reading.timeNs() - onsetNs) * 1e-9;
    boolean invalid = reading.severity() == org.orrery.simulator.Severity.INVALID;
    return new At(seconds, invalid ? Double.NaN : number(reading.value()));
  }

  private static double number(SimValue value) {
    return switch (value) {
      case SimValue.DoubleValue(double number) -> number;
      case SimValue.LongValue(long number) -> number;
      case SimValue.ChoiceValue(int index) -> index;
      case SimValue.TextValue ignored -> Double.NaN;
      case SimValue.ArrayValue(var waveform) -> waveform.size() == 0 ? Double.NaN : waveform.at(0);
    };
  }
}
