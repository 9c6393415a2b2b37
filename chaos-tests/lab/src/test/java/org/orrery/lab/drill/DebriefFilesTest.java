package org.orrery.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.facility.Facility;
import org.orrery.lab.drill.core.DrillScenario;

class DebriefFilesTest {
  private static final long MINUTE_NS = 60_000_000_000L;
  private static final Facility FACILITY =
      new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), Map.of());

  @TempDir Path folder;

  @Test
  void shouldLeaveTheSameDebriefForPeopleAndForPrograms() throws Exception {
    // Given
    DrillScenario drill = DrillCatalogue.find("quiet-pump").orElseThrow();
    DrillDebrief debrief =
        new Rehearsal(drill, 3).play(true, List.of("stop-run", "start-b"), 5 * MINUTE_NS);
    DrillState state =
        new DrillState(
            drill.sheet(),
            DrillState.Phase.ENDED,
            "",
            OptionalLong.of(debrief.timeline().getFirst().atNs()),
            OptionalLong.of(debrief.timeline().getLast().atNs()),
            List.of(),
            List.of(),
            Optional.of(debrief));

    // When
    DebriefFiles.write(folder, state, FACILITY, 3, "test");

    // Then
    JsonNode json = new ObjectMapper().readTree(folder.resolve("debrief.json").toFile());
    assertThat(json.path("provenance").path("seed").asLong()).isEqualTo(3);
    assertThat(json.path("debrief").path("cause").asText()).isEqualTo(debrief.cause());
    assertThat(json.path("debrief").path("onsetNs").asLong())
        .isEqualTo(debrief.onsetNs().orElseThrow());
    assertThat(json.path("debrief").path("traces").path(0).path("channel").asText())
        .isEqualTo("purif.flow");
    assertThat(Files.readString(folder.resolve("debrief.md")))
        .contains(
            "# Debrief: The quiet pump",
            debrief.cause(),
            "## What should have been done",
            "Stop the run",
            "No data are taken until somebody starts a run again.",
            "in the detector: recirculation pump A stopped");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }
}
