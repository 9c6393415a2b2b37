package org.orrery.lab.drill;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.value.ValueKind;
import org.orrery.lab.drill.core.DrillScenario;

/** A drill breaks things on purpose: never at a real detector. */
class DrillModuleTest {
  private DrillScenario drill;

  @BeforeEach
  void read() throws DrillFileException {
    drill = DrillCatalogue.find("quiet-pump").orElseThrow();
  }

  @Test
  void shouldRefuseAFacilityThatIsNotSimulated() {
    assertThatThrownBy(() -> DrillModule.check(facility(false, drill.watched()), drill))
        .isInstanceOf(DrillRefusedException.class)
        .hasMessageContaining("hall-b is not a simulated facility")
        .hasMessageContaining("simulated reference detector only");
  }

  @Test
  void shouldRefuseAFacilityThatLacksAChannel() {
    assertThatThrownBy(() -> DrillModule.check(facility(true, Set.of()), drill))
        .isInstanceOf(DrillRefusedException.class)
        .hasMessageContaining("which hall-b does not have");
  }

  @Test
  void shouldRunOnASimulatedFacilityWithItsChannels() {
    assertThatCode(() -> DrillModule.check(facility(true, drill.watched()), drill))
        .doesNotThrowAnyException();
  }

  private static Facility facility(boolean simulated, Set<ChannelId> ids) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    for (ChannelId id : ids) {
      channels.put(
          id,
          new Channel(
              id,
              id.value(),
              ValueKind.DOUBLE,
              "1",
              "1",
              "all",
              "all",
              "Probe",
              List.of(),
              0,
              0,
              new AlarmSettings(Map.of(), 0, 0, 0, Set.of(), AlarmSettings.Priority.LOW, "", false),
              Optional.empty(),
              List.of()));
    }
    return new Facility("hall-b", "Hall B", "UTC", simulated, List.of(), List.of(), channels);
  }
}
