package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmMirror;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Severity;

class AlarmViewsTest {
  private static final Facility FACILITY =
      new Facility("t", "t", "UTC", false, List.of(), List.of(), Map.of());
  private static final AlarmKey KEY =
      new AlarmKey(new ChannelId("phoebus.hall.door"), AlarmKey.Kind.MIRRORED);

  @Test
  void shouldNameTheSystemThatKeepsAnAlarm() {
    // Given
    Alarm alarm =
        new Alarm(
            KEY,
            AlarmState.UNACKNOWLEDGED,
            Severity.MINOR,
            "HALL:DOOR: MINOR STATE",
            1_000_000,
            2_000_000,
            Optional.empty(),
            AlarmSettings.Priority.MEDIUM,
            "",
            false,
            Optional.of(new AlarmMirror("Phoebus", true, Optional.of("vera"), "/D/HALL:DOOR")));

    // When
    ObjectNode node = AlarmViews.alarm(alarm, FACILITY);

    // Then
    assertThat(node.get("mirror").toString())
        .isEqualTo(
            "{\"source\":\"Phoebus\",\"stale\":true,\"awaiting\":\"vera\","
                + "\"detail\":\"/D/HALL:DOOR\"}");
    assertThat(node.get("channel").asText()).isEqualTo("phoebus.hall.door");
  }

  @Test
  void shouldTakeAnAcknowledgementOfWhatIsNoChannelOnlyWhereItIsMirrored() {
    // Then
    assertThat(Parameters.alarm(FACILITY, "phoebus.hall.door", "MIRRORED")).isEqualTo(KEY);
    assertThatThrownBy(() -> Parameters.alarm(FACILITY, "phoebus.hall.door", "LIMIT"))
        .isInstanceOf(Json.BadRequestException.class)
        .hasMessageContaining("is not described");
    assertThatThrownBy(() -> Parameters.alarm(FACILITY, "HALL:DOOR", "MIRRORED"))
        .isInstanceOf(Json.BadRequestException.class);
  }
}
