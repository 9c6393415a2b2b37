package org.orrery.scenarios.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.epics.client.PvaOptions;
import org.orrery.lab.bench.Report;
import org.orrery.lab.bench.ingest.SoakBench;

/**
 * An hour of 50,000 updates a second from 10,000 PVs, the whole way into the archive:
 *
 * <pre>
 * mvn -Psoak verify [-Dorrery.soak.seconds=3600] [-Dorrery.soak.rate=50000]
 * </pre>
 *
 * <p>{@code orrery bench soak} is the same by hand.
 */
@Tag("soak")
class IngestSoakTest {
  @Test
  void shouldAccountForEverySampleAndKeepMemoryFlat(@TempDir Path directory) throws Exception {
    // Given
    Path results = Files.createDirectories(Path.of("target/soak"));
    SoakBench.Settings settings =
        new SoakBench.Settings(
            Integer.getInteger("orrery.soak.channels", 10_000),
            Integer.getInteger("orrery.soak.rate", 50_000),
            Integer.getInteger("orrery.soak.seconds", 3_600),
            PvaOptions.USUAL,
            directory.resolve("parts"),
            results.resolve("ingest.log"));
    // When
    Report report = SoakBench.run(settings, "soak", System.out::println);
    report.lines().forEach(System.out::println);
    report.writeJson(results.resolve("ingest.json"));
    // Then
    assertThat(report.passed()).as("see %s", results.resolve("ingest.json")).isTrue();
  }
}
