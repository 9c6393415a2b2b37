package org.orrery.twin.core.assimilation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToLongFunction;
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
 * source time. Readings that are bad, stale, invalid or not a number are left out. Mutable, not
 * thread-safe.
 */
public final class Readings {
  /** Bound on one channel's queue: a fast channel speaks 34 times in a step. */
  private static final int QUEUE_LIMIT = 256;

  /** A channel that is silent for so many cadences is missing, but not before the least age. */
  private static final long CADENCES = 3;

  private static final long LEAST_AGE_NS = 30_000_000_000L;

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
  private final long[] inputNs;

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
    this.inputNs = new long[inputs.length];
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
      return;
    }
    if (queue.size() >= QUEUE_LIMIT) {
      queue.removeFirst();
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
        inputNs[i] = reading.timeNs();
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

  /**
   * Share of the channels that have spoken, and could be used, within three of their cadences.
   *
   * @param nowNs plant time
   * @param cadenceNs expected time between a channel's readings; 0 for one that speaks on change
   */
  public double completeness(long nowNs, ToLongFunction<String> cadenceNs) {
    int heard = 0;
    int wanted = 0;
    for (int s = 0; s < latest.length; s++) {
      wanted++;
      heard += isFresh(sensors.get(s).channel(), latestNs[s], nowNs, cadenceNs) ? 1 : 0;
    }
    for (InputVariable input : InputVariable.values()) {
      if (!input.channel().isEmpty()) {
        wanted++;
        heard += isFresh(input.channel(), inputNs[input.ordinal()], nowNs, cadenceNs) ? 1 : 0;
      }
    }
    return (double) heard / wanted;
  }

  private static boolean isFresh(
      String channel, long readNs, long nowNs, ToLongFunction<String> cadenceNs) {
    long cadence = cadenceNs.applyAsLong(channel);
    return readNs != 0
        && (cadence == 0 || nowNs - readNs <= Math.max(LEAST_AGE_NS, CADENCES * cadence));
  }
}
