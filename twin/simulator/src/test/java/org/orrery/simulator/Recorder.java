package org.orrery.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Steps a simulator and remembers the readings. Not thread-safe. */
final class Recorder {
  static final long START_NS = 1_700_000_000_000_000_000L;
  private static final double NS_PER_HOUR = 3.6e12;

  final DetectorSimulator simulator;
  private final Map<String, Track> tracks = new HashMap<>();
  final Map<String, Reading> alarms = new LinkedHashMap<>();

  /** The last value of a channel and the sum over the present window. */
  private static final class Track {
    double last;
    double sum;
    int count;
  }

  Recorder(long seed) {
    this(SimulatorConfig.reference(seed));
  }

  Recorder(SimulatorConfig config) {
    this.simulator = new DetectorSimulator(config, START_NS);
    for (Reading reading : simulator.snapshot()) {
      Track track = new Track();
      track.last = number(reading.value());
      tracks.put(reading.channelId(), track);
    }
  }

  /** Steps on and starts a new window for {@link #mean}. */
  Recorder hours(double hours) {
    for (Track track : tracks.values()) {
      track.sum = 0;
      track.count = 0;
    }
    long end = simulator.timeNs() + (long) (hours * NS_PER_HOUR);
    while (simulator.timeNs() < end) {
      long next = Math.min(end, simulator.timeNs() + 60_000_000_000L);
      for (Reading reading : simulator.step(next)) {
        Track track = track(reading.channelId());
        track.last = number(reading.value());
        track.sum += track.last;
        track.count++;
        if (reading.severity() != Severity.NONE) {
          alarms.putIfAbsent(reading.channelId(), reading);
        }
      }
    }
    return this;
  }

  Recorder seconds(double seconds) {
    return hours(seconds / 3600.0);
  }

  Recorder say(String line) {
    CommandReply reply = simulator.command(line);
    if (!reply.done()) {
      throw new AssertionError(line + ": " + reply.text());
    }
    return this;
  }

  private Track track(String id) {
    Track track = tracks.get(id);
    if (track == null) {
      throw new AssertionError("no channel " + id);
    }
    return track;
  }

  double last(String id) {
    return track(id).last;
  }

  /** Mean over the last call of {@link #hours}. */
  double mean(String id) {
    Track track = track(id);
    return track.count == 0 ? track.last : track.sum / track.count;
  }

  PutResult put(String id, double value) {
    return simulator.put(id, SimValue.of(value), simulator.timeNs());
  }

  static double number(SimValue value) {
    return switch (value) {
      case SimValue.DoubleValue(double number) -> number;
      case SimValue.LongValue(long number) -> number;
      case SimValue.ChoiceValue(int index) -> index;
      case SimValue.TextValue ignored -> 0.0;
      case SimValue.ArrayValue(Waveform waveform) -> waveform.at(0);
    };
  }
}
