package org.orrery.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.lab.bench.Report;
import org.orrery.lab.faults.FaultGuide.Shown;
import org.orrery.lab.faults.FaultGuide.ShownSign;

class FaultGuideTest {
  @TempDir Path folder;

  @Test
  void shouldShowWhatAFaultDoes() throws Exception {
    // Given
    List<String> codes = List.of("F4", "F21");
    // When
    Report report = FaultGuide.write(folder, codes, 7, "test");
    // Then
    List<?> shown = (List<?>) report.result();
    Shown trip = (Shown) shown.getFirst();
    assertThat(trip.signs())
        .filteredOn(sign -> sign.channel().equals("hv.cathode.current"))
        .singleElement()
        .extracting(ShownSign::change)
        .satisfies(change -> assertThat(change).isBetween(-110.0, -50.0));
    assertThat(Files.readString(folder.resolve("faults.md")))
        .contains("## F4: high-voltage trip")
        .contains("| `hv.cathode.current` | falls within 15 s |")
        .contains("becomes invalid within")
        .contains("no valid reading")
        .contains("## F21: sensor fault on cryo.rtd.t07")
        .contains("a decoy")
        .contains("What a good crew does");
    assertThat(Files.readString(folder.resolve("faults/F4.svg")))
        .startsWith("<svg ")
        .contains("hv.cathode.current")
        .contains("<path d=\"M")
        .endsWith("</svg>\n");
  }
}
