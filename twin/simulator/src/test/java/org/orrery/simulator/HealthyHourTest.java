package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Stories that were told with a seed stay true: what is added to the stand-in draws its chance from
 * streams of its own. The file was written by {@link HealthyHour#main} before anything was added.
 */
class HealthyHourTest {

  private static Map<String, Long> written() {
    Map<String, Long> sums = new TreeMap<>();
    try (var in = HealthyHourTest.class.getResourceAsStream("healthy-hour.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .forEach(
              line -> {
                int comma = line.indexOf(',');
                sums.put(line.substring(0, comma), Long.valueOf(line.substring(comma + 1)));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sums;
  }

  @Test
  void shouldShowInOldChannelsWhatItAlwaysShowed() {
    // Given
    Map<String, Long> expected = written();
    // When
    Map<String, Long> sums = HealthyHour.sums(SimulatorConfig.reference(1));
    sums.keySet().retainAll(expected.keySet());
    // Then
    assertThat(expected).hasSize(432);
    assertThat(sums).isEqualTo(expected);
  }
}
