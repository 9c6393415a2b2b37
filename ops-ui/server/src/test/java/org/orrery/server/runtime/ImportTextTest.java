package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.ValueKind;

/** What is read of another archive's lines. */
class ImportTextTest {
  @Test
  void shouldCountEqualTimesOfEachChannelAlsoWhereChannelsAlternate() {
    // Given
    String text =
        """
        channel,time,value
        a.flow,2026-05-01T12:00:00Z,1
        b.flow,2026-05-01T12:00:00Z,7
        a.flow,2026-05-01T12:00:00Z,2
        b.flow,2026-05-01T12:00:00Z,8
        a.flow,2026-05-01T12:00:01Z,3
        """;

    // When
    List<Sample> samples = ImportText.parse(facility("a.flow", "b.flow"), text, 5).samples();

    // Then
    assertThat(samples).extracting(Sample::sequence).containsExactly(-1L, -1L, -2L, -2L, -1L);
  }

  @Test
  void shouldCountOnFromASequenceThatTheTextGives() {
    // Given
    String text =
        """
        channel,time_ns,value,sequence
        a.flow,1000,1,-4
        b.flow,1000,7,12
        a.flow,1000,2,
        """;

    // When
    List<Sample> samples = ImportText.parse(facility("a.flow", "b.flow"), text, 5).samples();

    // Then
    assertThat(samples).extracting(Sample::sequence).containsExactly(-4L, -1L, -5L);
  }

  /** With a channel of numbers for each id. */
  static Facility facility(String... ids) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    for (String id : ids) {
      ChannelId channel = new ChannelId(id);
      channels.put(
          channel,
          new Channel(
              channel,
              "PV:" + id,
              ValueKind.DOUBLE,
              "kg/s",
              "kg/s",
              "purification",
              "purif",
              "",
              List.of(),
              0,
              0,
              AlarmSettings.NONE,
              Optional.empty(),
              List.of()));
    }
    return new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), channels);
  }
}
