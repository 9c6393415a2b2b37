package org.orrery.dqm.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.twin.TwinState.ChannelEstimate;
import org.orrery.contract.value.ValueKind;

/** A twin that steps every 10 s over 5 subsystems of 20 channels, and the detector behind it. */
final class Plant {
  static final long STEP_NS = 10_000_000_000L;
  static final int SUBSYSTEMS = 5;
  static final int CHANNELS = 20;

  /** How innovations of a healthy detector look. */
  enum Health {
    NORMAL,
    HEAVY_TAILS,
    WITH_MEMORY,
    OFF_SCALE,
    SHARED
  }

  final InnovationDetector detector;
  final List<Finding> told = new ArrayList<>();
  private final List<ChannelId> channels = new ArrayList<>();
  private final SplittableRandom random;
  private final Health health;
  private final double[] before;
  private int step;
  private int ids;
  private Optional<String> hypothesis = Optional.empty();
  private Agreement agreement = Agreement.AGREES;

  Plant(Health health, long seed) {
    this.health = health;
    this.random = new SplittableRandom(seed);
    Map<ChannelId, Channel> all = new LinkedHashMap<>();
    for (int s = 0; s < SUBSYSTEMS; s++) {
      for (int c = 0; c < CHANNELS; c++) {
        Channel channel = channel("s" + s + ".c" + c, "s" + s);
        all.put(channel.id(), channel);
        channels.add(channel.id());
      }
    }
    this.before = new double[channels.size()];
    Facility facility = new Facility("t", "t", "UTC", true, List.of(), List.of(), all);
    DetectorSettings settings =
        new DetectorSettings(
            1, 600_000_000_000L, 120_000_000_000L, 600_000_000_000L, 30_000_000_000L, 1);
    this.detector = new InnovationDetector(facility, settings, () -> "f" + ids++, "test");
  }

  private static Channel channel(String id, String subsystem) {
    return new Channel(
        new ChannelId(id),
        id,
        ValueKind.DOUBLE,
        "kg/s",
        "kg/s",
        subsystem,
        id,
        "channel " + id,
        List.of(),
        1_000_000_000L,
        0,
        AlarmSettings.NONE,
        Optional.empty(),
        List.of());
  }

  void hypothesis(Optional<String> taken) {
    hypothesis = taken;
  }

  void agreement(Agreement now) {
    agreement = now;
  }

  /** Steps with deviations of some channels, in standard deviations. */
  List<Finding> step(Map<String, Double> deviations) {
    long atNs = ++step * STEP_NS;
    List<ChannelEstimate> estimates = new ArrayList<>(channels.size());
    double shared = 0;
    for (int i = 0; i < channels.size(); i++) {
      ChannelId id = channels.get(i);
      if (i % CHANNELS == 0) {
        shared = random.nextGaussian();
      }
      // The last channel of every subsystem speaks every half hour, like a purity monitor.
      boolean slow = i % CHANNELS == CHANNELS - 1;
      if (slow && step % 180 != 0) {
        estimates.add(estimate(id, OptionalDouble.empty(), atNs));
        continue;
      }
      double z = innovation(i, shared) + deviations.getOrDefault(id.value(), 0.0);
      estimates.add(estimate(id, OptionalDouble.of(z), atNs));
    }
    TwinState state =
        new TwinState(
            atNs,
            agreement,
            1,
            estimates,
            List.of(),
            hypothesis,
            Provenance.live(0, atNs, "twin", "t", 0, ""));
    List<Finding> now = detector.step(state, 1.0);
    told.addAll(now);
    return now;
  }

  void run(long steps, Map<String, Double> deviations) {
    for (long i = 0; i < steps; i++) {
      step(deviations);
    }
  }

  long seconds() {
    return step * STEP_NS / 1_000_000_000L;
  }

  /** Steps until a finding is told; returns the plant seconds that it took. */
  double secondsToFinding(int mostSteps, DoubleUnaryOperator course, String... ids) {
    for (int i = 1; i <= mostSteps; i++) {
      Map<String, Double> deviations = new LinkedHashMap<>();
      for (String id : ids) {
        deviations.put(id, course.applyAsDouble(i));
      }
      if (!step(deviations).isEmpty()) {
        return i * STEP_NS / 1e9;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private double innovation(int i, double shared) {
    return switch (health) {
      case NORMAL -> random.nextGaussian();
      case HEAVY_TAILS -> Student.draw(random);
      case WITH_MEMORY -> {
        before[i] = 0.5 * before[i] + Math.sqrt(0.75) * random.nextGaussian();
        yield before[i];
      }
      case OFF_SCALE -> 0.4 + 1.7 * random.nextGaussian();
      case SHARED -> Math.sqrt(0.5) * shared + Math.sqrt(0.5) * random.nextGaussian();
    };
  }

  private static ChannelEstimate estimate(ChannelId id, OptionalDouble innovation, long atNs) {
    OptionalDouble measured =
        innovation.isPresent()
            ? OptionalDouble.of(1.67 + 0.018 * innovation.getAsDouble())
            : OptionalDouble.empty();
    return new ChannelEstimate(id, new Band(1.64, 1.67, 1.70), measured, atNs, innovation, true);
  }
}
