package org.orrery.softioc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IocSettingsTest {
  @Test
  void shouldReadAllOptions() {
    // When
    IocSettings.Parsed parsed =
        IocSettings.parse(
            List.of(
                "--server-port",
                "1",
                "--search-port",
                "2",
                "--plant-clock",
                "c",
                "--state-file",
                "s",
                "--seed",
                "-3",
                "--data-seconds",
                "60",
                "--parent-pid",
                "4"));
    // Then
    assertThat(parsed)
        .isEqualTo(
            new IocSettings.Parsed.Good(
                new IocSettings(
                    1, 2, Optional.of(Path.of("c")), Path.of("s"), -3, 1, 60, OptionalLong.of(4))));
  }

  @Test
  void shouldListAllProblems() {
    // When
    IocSettings.Parsed parsed =
        IocSettings.parse(
            List.of("--server-port", "70000", "--seed", "x", "--speed", "0", "--what", "1"));
    // Then
    assertThat(parsed)
        .isInstanceOfSatisfying(
            IocSettings.Parsed.Bad.class,
            bad ->
                assertThat(bad.problems())
                    .hasSize(5)
                    .anyMatch(line -> line.contains("--what"))
                    .anyMatch(line -> line.contains("--server-port"))
                    .anyMatch(line -> line.contains("--seed"))
                    .anyMatch(line -> line.contains("--speed"))
                    .anyMatch(line -> line.contains("--state-file is missing")));
  }
}
