package org.orrery.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** What every channel of a healthy detector shows in its first hour, as one check sum each. */
final class HealthyHour {
  private static final long HOUR_NS = 3_600_000_000_000L;

  private HealthyHour() {}

  /** Returns the check sums by channel, over time, value, severity and status of each reading. */
  static Map<String, Long> sums(SimulatorConfig config) {
    DetectorSimulator simulator = new DetectorSimulator(config, Recorder.START_NS);
    Map<String, CRC32C> sums = new LinkedHashMap<>();
    simulator.snapshot().forEach(reading -> add(sums, reading));
    simulator.step(Recorder.START_NS + HOUR_NS).forEach(reading -> add(sums, reading));
    Map<String, Long> result = new TreeMap<>();
    sums.forEach((id, sum) -> result.put(id, sum.getValue()));
    return result;
  }

  private static void add(Map<String, CRC32C> sums, Reading reading) {
    CRC32C sum = sums.computeIfAbsent(reading.channelId(), id -> new CRC32C());
    sum.update(ByteBuffer.allocate(8).putLong(reading.timeNs()).flip());
    String text = textOf(reading.value()) + reading.severity() + reading.status();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String textOf(SimValue value) {
    return value instanceof SimValue.ArrayValue(Waveform waveform)
        ? java.util.Arrays.toString(waveform.toArray())
        : value.toString();
  }

  /** Prints the check sums of seed 1, for the file that the test compares with. */
  public static void main(String[] args) {
    sums(SimulatorConfig.reference(1)).forEach((id, sum) -> System.out.println(id + "," + sum));
  }
}
