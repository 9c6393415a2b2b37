package org.orrery.softioc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.plant.HvActivity;
import org.orrery.simulator.plant.Scale;

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
                "--put-log",
                "p",
                "--parent-pid",
                "4"));
    // Then
    assertThat(parsed)
        .isEqualTo(
            new IocSettings.Parsed.Good(
                new IocSettings(
                    1,
                    2,
                    Optional.of(Path.of("c")),
                    Path.of("s"),
                    SimulatorConfig.reference(-3),
                    1,
                    60,
                    Optional.of(Path.of("p")),
                    OptionalLong.of(4))));
  }

  @Test
  void shouldServeADetectorOfAnotherSize() {
    // When
    IocSettings.Parsed parsed =
        IocSettings.parse(
            List.of("--state-file", "s", "--scale", "module", "--hv-activity", "published"));
    IocSettings.Parsed wrong = IocSettings.parse(List.of("--state-file", "s", "--scale", "huge"));
    // Then
    assertThat(parsed)
        .isInstanceOfSatisfying(
            IocSettings.Parsed.Good.class,
            good -> {
              assertThat(good.settings().detector().detector().scale())
                  .isEqualTo(Scale.duneModule());
              assertThat(good.settings().detector().detector().hvActivity())
                  .isEqualTo(HvActivity.PUBLISHED);
            });
    assertThat(wrong)
        .isEqualTo(
            new IocSettings.Parsed.Bad(
                List.of("--scale is one of bench, large, module, reference, got 'huge'")));
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
