package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * What is added to the detector must not disturb a healthy one: the channels that it had when
 * faults became data give the same bytes for the same seed for ever.
 */
class HealthyHourTest {
  private static final String SHOWN_BY = "first-channels.txt";
  private static final long SUM = 2_166_538_078L;

  private static List<String> firstChannels() throws IOException {
    try (InputStream in = HealthyHourTest.class.getResourceAsStream("/" + SHOWN_BY)) {
      byte[] bytes = Objects.requireNonNull(in, SHOWN_BY).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static byte[] bytes(Reading reading) {
    String value =
        switch (reading.value()) {
          case SimValue.ArrayValue(Waveform values) -> java.util.Arrays.toString(values.toArray());
          case SimValue other -> other.toString();
        };
    String text =
        String.join(
            " ",
            reading.channelId(),
            value,
            reading.severity().name(),
            reading.status().name(),
            Long.toString(reading.timeNs()));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldGiveTheSameFirstHourAsEverOnTheFirstChannels() throws Exception {
    // Given
    List<String> ids = firstChannels();
    Set<String> first = new HashSet<>(ids);
    DetectorSimulator simulator =
        new DetectorSimulator(SimulatorConfig.reference(7), Recorder.START_NS);
    List<Reading> readings = new ArrayList<>(simulator.snapshot());
    // When
    readings.addAll(simulator.step(Recorder.START_NS + 3_600_000_000_000L));
    // Then
    CRC32C sum = new CRC32C();
    for (Reading reading : readings) {
      if (first.contains(reading.channelId())) {
        sum.update(bytes(reading));
      }
    }
    assertThat(simulator.channels()).extracting(SimulatedChannel::id).containsSubsequence(ids);
    assertThat(sum.getValue()).isEqualTo(SUM);
  }
}
