package org.orrery.twin.core.assimilation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.Sensor;

/**
 * The samples on their way into the model: queued by channel until the step that covers their
 * source time. Readings that are bad, stale, invalid or not a number are counted and left out.
 * Mutable, not thread-safe.
 */
public final class Readings {
  /** Bound on one channel's queue: a fast channel speaks 34 times in a step. */
  private static final int QUEUE_LIMIT = 256;

  /** A reading older than this when its step comes is too late to use, plant ns. */
  private static final long LATEST_NS = 120_000_000_000L;

  private static final Set<String> MARKED_CHOICES = Set.of("ON", "RESET", "MANUAL", "B");

  /** What the inputs did in a step. */
  public enum InputChange {
    /** Nothing, or only the weather changed. */
    NONE,
    /** A command differs from the step before. */
    COMMANDED,
    /** An input spoke for the first time and is not what was assumed until then. */
    CORRECTED
  }

  private record Reading(long timeNs, double value) {}

  private final Map<String, Deque<Reading>> queues = new HashMap<>();
  private final List<Sensor> sensors;
  private final double[] latest;
  private final long[] latestNs;
  private final boolean[] fresh;
  private final double[] inputs;
  private final boolean[] inputKnown;
  private long used;
  private long ignored;

  /** Empty queues for the model's sensors and inputs. */
  public Readings(LarModel model) {
    this.sensors = model.sensors();
    sensors.forEach(sensor -> queues.put(sensor.channel(), new ArrayDeque<>()));
    for (InputVariable input : InputVariable.values()) {
      if (!input.channel().isEmpty()) {
        queues.put(input.channel(), new ArrayDeque<>());
      }
    }
    this.latest = new double[sensors.size()];
    this.latestNs = new long[sensors.size()];
    this.fresh = new boolean[sensors.size()];
    this.inputs = new double[InputVariable.values().length];
    this.inputKnown = new boolean[inputs.length];
    for (InputVariable input : InputVariable.values()) {
      inputs[input.ordinal()] = input.usual();
    }
    Arrays.fill(latest, Double.NaN);
  }

  /** The channels that the twin wants to hear. */
  public List<String> channels() {
    return queues.keySet().stream().sorted().toList();
  }

  /** Takes a sample in; of channels that the model does not know, nothing is kept. */
  public void offer(Sample sample) {
    Deque<Reading> queue = queues.get(sample.channel().value());
    if (queue == null) {
      return;
    }
    OptionalDouble number = number(sample.channel(), sample.value());
    if (sample.quality() != Quality.GOOD
        || sample.severity() == Severity.INVALID
        || number.isEmpty()
        || !Double.isFinite(number.getAsDouble())) {
      ignored++;
      return;
    }
    if (queue.size() >= QUEUE_LIMIT) {
      queue.removeFirst();
      ignored++;
    }
    queue.addLast(new Reading(sample.sourceTimeNs(), number.getAsDouble()));
  }

  /**
   * A channel's value as the model counts it; a choice counts 1 when it is the marked one of its
   * channel.
   */
  public static OptionalDouble number(ChannelId channel, Value value) {
    if (value instanceof Value.ChoiceValue choice) {
      boolean marked =
          channel.value().equals("hv.cathode.state")
              ? choice.label().equals("TRIPPED")
              : MARKED_CHOICES.contains(choice.label());
      return OptionalDouble.of(marked ? 1.0 : 0.0);
    }
    return value.asDouble();
  }

  /**
   * Moves on to a step: afterwards {@link #latest} and {@link #inputs} hold what was read up to it.
   *
   * @return what the inputs did
   */
  public InputChange advanceTo(long stepNs) {
    for (int s = 0; s < latest.length; s++) {
      fresh[s] = false;
      Reading reading = drain(sensors.get(s).channel(), stepNs);
      if (reading != null && stepNs - reading.timeNs() <= LATEST_NS && plausible(s, reading)) {
        fresh[s] = true;
        latest[s] = reading.value();
        latestNs[s] = reading.timeNs();
        used++;
      }
    }
    boolean commanded = false;
    boolean corrected = false;
    for (InputVariable input : InputVariable.values()) {
      Reading reading = input.channel().isEmpty() ? null : drain(input.channel(), stepNs);
      if (reading != null) {
        double value = input.fromReading(reading.value());
        int i = input.ordinal();
        commanded |=
            inputKnown[i] && value != inputs[i] && input != InputVariable.BAROMETER_MILLIBARS;
        corrected |= !inputKnown[i] && value != inputs[i];
        inputs[i] = value;
        inputKnown[i] = true;
      }
    }
    return corrected ? InputChange.CORRECTED : commanded ? InputChange.COMMANDED : InputChange.NONE;
  }

  /** A purity monitor reports failures as negative lifetimes. */
  private boolean plausible(int sensor, Reading reading) {
    return !sensors.get(sensor).group().equals("purity") || reading.value() > 0.0;
  }

  private @Nullable Reading drain(String channel, long stepNs) {
    Deque<Reading> queue = queues.get(channel);
    Reading last = null;
    while (queue != null && !queue.isEmpty() && queue.getFirst().timeNs() <= stepNs) {
      last = queue.removeFirst();
    }
    return last;
  }

  /** Whether a sensor was read in this step. */
  public boolean fresh(int sensor) {
    return fresh[sensor];
  }

  /** Latest usable reading of a sensor; NaN before the first. */
  public double latest(int sensor) {
    return latest[sensor];
  }

  /** Source time of the latest usable reading; 0 before the first. */
  public long latestNs(int sensor) {
    return latestNs[sensor];
  }

  /** Whether a reading of the channel has come, be it sensor or input. */
  public boolean heard(String channel) {
    for (int s = 0; s < latest.length; s++) {
      if (sensors.get(s).channel().equals(channel)) {
        return latestNs[s] != 0;
      }
    }
    for (InputVariable input : InputVariable.values()) {
      if (input.channel().equals(channel)) {
        return inputKnown[input.ordinal()];
      }
    }
    return false;
  }

  /** The inputs as of this step; a copy. */
  public double[] inputs() {
    return inputs.clone();
  }

  /** Share of the readings that came in and could be used, since the start. */
  public double completeness() {
    long total = used + ignored;
    return total == 0 ? 1.0 : (double) used / total;
  }
}
