package org.orrery.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.orrery.simulator.fault.Fault;
import org.orrery.simulator.fault.Truth.Direction;
import org.orrery.simulator.fault.Truth.Sign;

/**
 * Compares what the truth of a fault says with what happens: a healthy detector of the same seed
 * lives beside the faulty one, gets the same commands, and its noise is the yardstick. Not
 * thread-safe.
 *
 * <p>A channel has moved when it departs from its twin by five standard deviations over some
 * readings, or by five standard errors over the second half of the time given. It has not moved
 * when it stays within two standard deviations of its twin, or of what it showed before the onset
 * (a stuck valve does not follow its twin).
 */
final class TruthCheck {
  private static final double MOVED = 5.0;
  private static final double STAYED = 2.0;
  private static final int TOGETHER = 5;
  private static final double BEFORE_SECONDS = 600.0;
  private static final double SECONDS_PER_NS = 1e-9;

  /** Noise is at least this share of the display range: a departure below it is none. */
  private static final double LEAST_NOISE_SHARE = 1e-4;

  private final DetectorSimulator faulty;
  private final DetectorSimulator healthy;

  /** The readings of one channel in both detectors. */
  private static final class Pair {
    final Sign sign;
    final double leastNoise;
    final List<Double> seconds = new ArrayList<>();
    final List<Double> mine = new ArrayList<>();
    final List<Double> twins = new ArrayList<>();
    double invalidAt = Double.NaN;

    Pair(Sign sign, double leastNoise) {
      this.sign = sign;
      this.leastNoise = leastNoise;
    }
  }

  TruthCheck(long seed) {
    this(SimulatorConfig.reference(seed));
  }

  TruthCheck(SimulatorConfig config) {
    this.faulty = new DetectorSimulator(config, Recorder.START_NS);
    this.healthy = new DetectorSimulator(config, Recorder.START_NS);
  }

  /** Both detectors live on. */
  TruthCheck hours(double hours) {
    long end = faulty.timeNs() + (long) (hours * 3.6e12);
    while (faulty.timeNs() < end) {
      long next = Math.min(end, faulty.timeNs() + 60_000_000_000L);
      faulty.step(next);
      healthy.step(next);
    }
    return this;
  }

  /** Both detectors are treated alike, for example by a put. */
  TruthCheck both(Consumer<DetectorSimulator> treatment) {
    treatment.accept(faulty);
    treatment.accept(healthy);
    return this;
  }

  /** Lets another fault begin in the faulty detector, without watching it. */
  TruthCheck besides(String line) {
    command(line);
    return this;
  }

  private void command(String line) {
    CommandReply reply = faulty.command(line);
    if (!reply.done()) {
      throw new AssertionError(line + ": " + reply.text());
    }
  }

  /**
   * Starts a fault in one of the detectors and watches both.
   *
   * @param line a control line, for example {@code F1 start severity=0.5}
   * @return one sentence for each sign that is not as its truth says; empty if all are
   */
  List<String> failures(String line) {
    Map<String, List<Double>> before = watchBefore();
    long onsetNs = faulty.timeNs();
    command(line);
    Fault fault = faulty.truth().getLast().fault();
    List<Pair> pairs = new ArrayList<>();
    Map<String, Pair> byChannel = new LinkedHashMap<>();
    for (Sign sign : fault.truth().signs()) {
      SimulatedChannel channel =
          faulty
              .channel(sign.channelId())
              .orElseThrow(() -> new AssertionError("no such channel: " + sign.channelId()));
      Pair pair =
          new Pair(sign, LEAST_NOISE_SHARE * (channel.displayHigh() - channel.displayLow()));
      pairs.add(pair);
      if (byChannel.put(sign.channelId(), pair) != null) {
        throw new AssertionError("two signs for " + sign.channelId());
      }
    }
    double longest = pairs.stream().mapToDouble(p -> p.sign.withinSeconds()).max().orElse(0.0);
    watch(byChannel, onsetNs, longest);
    List<String> failures = new ArrayList<>();
    for (Pair pair : pairs) {
      String failure = judge(pair, before.getOrDefault(pair.sign.channelId(), List.of()));
      if (!failure.isEmpty()) {
        failures.add(fault.code() + " " + pair.sign + ": " + failure);
      }
    }
    return failures;
  }

  private Map<String, List<Double>> watchBefore() {
    Map<String, List<Double>> before = new LinkedHashMap<>();
    for (Reading reading : faulty.snapshot()) {
      before
          .computeIfAbsent(reading.channelId(), id -> new ArrayList<>())
          .add(Recorder.number(reading.value()));
    }
    long end = faulty.timeNs() + (long) (BEFORE_SECONDS / SECONDS_PER_NS);
    for (Reading reading : faulty.step(end)) {
      before
          .computeIfAbsent(reading.channelId(), id -> new ArrayList<>())
          .add(Recorder.number(reading.value()));
    }
    healthy.step(end);
    return before;
  }

  private void watch(Map<String, Pair> byChannel, long onsetNs, double seconds) {
    long end = onsetNs + (long) (seconds / SECONDS_PER_NS) + 1;
    while (faulty.timeNs() < end) {
      long next = Math.min(end, faulty.timeNs() + 60_000_000_000L);
      collect(byChannel, faulty.step(next), onsetNs, true);
      collect(byChannel, healthy.step(next), onsetNs, false);
    }
  }

  private static void collect(
      Map<String, Pair> byChannel, List<Reading> readings, long onsetNs, boolean faulty) {
    for (Reading reading : readings) {
      Pair pair = byChannel.get(reading.channelId());
      double since = (reading.timeNs() - onsetNs) * SECONDS_PER_NS;
      if (pair == null || since > pair.sign.withinSeconds()) {
        continue;
      }
      double value = Recorder.number(reading.value());
      if (!faulty) {
        pair.twins.add(value);
        continue;
      }
      pair.seconds.add(since);
      pair.mine.add(value);
      if (reading.severity() == Severity.INVALID && Double.isNaN(pair.invalidAt)) {
        pair.invalidAt = since;
      }
    }
  }

  private static String judge(Pair pair, List<Double> before) {
    Direction direction = pair.sign.direction();
    if (direction == Direction.INVALID) {
      return Double.isNaN(pair.invalidAt) ? "no invalid reading" : "";
    }
    if (pair.mine.isEmpty() || pair.twins.isEmpty()) {
      return "no reading";
    }
    double noise = Math.max(pair.leastNoise, noiseOf(pair.twins));
    if (direction == Direction.UNCHANGED) {
      double apart = farthest(pair, noise) * noise;
      double mean = mean(pair.mine, 0) - mean(pair.twins, 0);
      boolean likeTwin = Math.abs(mean) <= STAYED * noise && apart <= MOVED * noise;
      double own = mean(pair.mine, 0) - mean(before, 0);
      boolean likeBefore = Math.abs(own) <= STAYED * noise;
      return likeTwin || likeBefore
          ? ""
          : "moved by %.4g, farthest %.4g, noise %.4g".formatted(mean, apart, noise);
    }
    double wanted = direction == Direction.UP ? 1.0 : -1.0;
    double most = most(pair, wanted) / noise;
    int half = pair.mine.size() / 2;
    int halfOfTwin = pair.twins.size() / 2;
    double late = wanted * (mean(pair.mine, half) - mean(pair.twins, halfOfTwin));
    double standardError = noise * Math.sqrt(2.0 / Math.max(1, pair.mine.size() - half));
    return most >= MOVED || late >= MOVED * standardError
        ? ""
        : "moved by %.4g, noise %.4g".formatted(wanted * late, noise);
  }

  /** Greatest departure in one direction, over some readings together or all there are. */
  private static double most(Pair pair, double wanted) {
    int size = Math.min(pair.mine.size(), pair.twins.size());
    int together = Math.min(TOGETHER, size);
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0.0;
    for (int i = 0; i < size; i++) {
      sum += pair.mine.get(i) - pair.twins.get(i);
      if (i >= together) {
        sum -= pair.mine.get(i - together) - pair.twins.get(i - together);
      }
      if (i >= together - 1) {
        most = Math.max(most, wanted * sum / together);
      }
    }
    return most;
  }

  private static double farthest(Pair pair, double noise) {
    return Math.max(most(pair, 1.0), most(pair, -1.0)) / noise;
  }

  private static double mean(List<Double> values, int from) {
    return values.stream().skip(from).mapToDouble(Double::doubleValue).average().orElse(0.0);
  }

  /** Standard deviation from reading to reading, so that slow wandering does not count. */
  private static double noiseOf(List<Double> values) {
    double sum = 0.0;
    for (int i = 1; i < values.size(); i++) {
      double step = values.get(i) - values.get(i - 1);
      sum += step * step;
    }
    return values.size() < 2 ? 0.0 : Math.sqrt(sum / 2.0 / (values.size() - 1));
  }
}
