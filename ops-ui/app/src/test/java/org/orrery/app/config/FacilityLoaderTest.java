package org.orrery.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.value.ValueKind;

class FacilityLoaderTest {
  private static final String HEAD =
      """
      name: test
      title: Test
      modes: [STANDBY, PHYSICS]
      pv-prefix: "T:"
      subsystems:
        - {name: pumps, title: Pumps, call-out: nobody, headline: [pump-a.speed]}
      """;

  @Test
  void shouldRepeatAnEntryAndFillItsVariable() throws ConfigException {
    // Given
    String yaml =
        HEAD
            + """
            channels:
              - id: pump-{n}.speed
                for: {n: [a, b]}
                kind: double
                unit: Hz
                subsystem: pumps
                device: pump-{n}
                description: Speed of pump {N}
                cadence: 300 ms
                alarm:
                  limits: {low: 40}
                  limits-by-mode: {STANDBY: {}}
                  on-delay: 5 s
                  response: Look at the pump.
            """;

    // When
    Facility facility = FacilityLoader.parse("f.yaml", yaml);

    // Then
    assertThat(facility.channels()).hasSize(2);
    Channel b = facility.channel(new ChannelId("pump-b.speed")).orElseThrow();
    assertThat(b.pv()).isEqualTo("T:PUMP_B:SPEED");
    assertThat(b.description()).isEqualTo("Speed of pump B");
    assertThat(b.kind()).isEqualTo(ValueKind.DOUBLE);
    assertThat(b.cadenceNs()).isEqualTo(300_000_000L);
    assertThat(b.alarm().limitsIn("PHYSICS").low()).isEqualTo(OptionalDouble.of(40));
    assertThat(b.alarm().limitsIn("STANDBY").low()).isEmpty();
  }

  @Test
  void shouldListEveryProblemAtOnceWithItsLine() {
    // Given
    String yaml =
        HEAD
            + """
            channels:
              - id: pump-a.speed
                kind: dubble
                unit: Hz
                unit: kHz
                subsystem: pump
                device: pump-a
                description: Speed
                cadense: 1 s
                cadence: soon
                alarm: {limits: {low: 5, high: 4}, response: x}
                write: {range: [9], local-switch: pump-a.remote}
              - id: Pump B
                subsystem: pumps
                device: pump-b
                description: Speed
            """;

    // When
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> FacilityLoader.parse("f.yaml", yaml));

    // Then
    assertThat(e.problems())
        .anyMatch(p -> p.startsWith("f.yaml:9:") && p.contains("double"))
        .anyMatch(p -> p.startsWith("f.yaml:11:") && p.contains("given twice"))
        .anyMatch(p -> p.startsWith("f.yaml:12:") && p.contains("not described"))
        .anyMatch(p -> p.startsWith("f.yaml:15:") && p.contains("unknown key 'cadense'"))
        .anyMatch(p -> p.startsWith("f.yaml:16:") && p.contains("must be a duration"))
        .anyMatch(p -> p.startsWith("f.yaml:17:") && p.contains("must ascend"))
        .anyMatch(p -> p.startsWith("f.yaml:18:") && p.contains("range: [low, high]"))
        .anyMatch(p -> p.startsWith("f.yaml:18:") && p.contains("pump-a.remote"))
        .anyMatch(p -> p.startsWith("f.yaml:19:") && p.contains("'Pump B'"));
  }

  @Test
  void shouldTellWhereYamlIsBroken() {
    // When
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> FacilityLoader.parse("f.yaml", "name: [a\ntitle: b\n"));

    // Then
    assertThat(e.problems()).singleElement().asString().startsWith("f.yaml:2:");
  }

  @Test
  void shouldReadWhatIsSaidAboutDevicesAndGroups() throws ConfigException {
    // When
    Facility facility =
        FacilityLoader.parse(
            "f.yaml",
            HEAD
                + PUMP
                + """
                devices:
                  - {name: pump-a, min-interval: 2 s, budget: {writes: 5, per: 1 min}}
                groups:
                  - {name: loop, title: Loop, devices: [pump-a], armed-in: [PHYSICS]}
                """);

    // Then
    assertThat(facility.deviceLimits().get("pump-a"))
        .isEqualTo(
            new DeviceLimits(
                "pump-a", 2_000_000_000L, Optional.of(new WriteBudget(5, 60_000_000_000L))));
    Channel speed = facility.channel(new ChannelId("pump-a.speed")).orElseThrow();
    assertThat(speed.writable().orElseThrow().budget())
        .contains(new WriteBudget(3, 10_000_000_000L));
    assertThat(facility.armedIn(speed)).contains(Set.of("PHYSICS"));
    assertThat(facility.groupsOf("pump-a")).extracting(g -> g.name()).containsExactly("loop");
  }

  @Test
  void shouldListEveryProblemOfDevicesAndGroups() {
    // When
    ConfigException problems =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                FacilityLoader.parse(
                    "f.yaml",
                    HEAD
                        + PUMP
                        + """
                        devices:
                          - {name: pump-z, budget: {writes: 0, per: 1 min}}
                        groups:
                          - {name: pump-a, title: Loop, devices: [pump-y], armed-in: [PARTY]}
                          - {name: none, title: None, devices: [], armed-out: []}
                        """));

    // Then
    assertThat(String.join("\n", problems.problems()))
        .contains("no channel belongs to device 'pump-z'")
        .contains("a budget is of 1 to 1000 writes")
        .contains("has the name of a device")
        .contains("no channel belongs to device 'pump-y'")
        .contains("mode 'PARTY' is not described")
        .contains("group 'none' has no devices")
        .contains("armed-out");
  }

  @Test
  void shouldLoadTwentyThousandChannels() throws ConfigException {
    // Given
    StringBuilder yaml = new StringBuilder(HEAD).append(PUMP);
    for (int i = 1; i < 20_000; i++) {
      yaml.append(
          """
            - id: wire-%1$d.voltage
              kind: double
              unit: V
              subsystem: pumps
              device: wire-%1$d
              description: "Voltage of wire %1$d, as its own supply reads it back"
              cadence: 1 s
          """
              .formatted(i));
    }

    // When
    Facility facility = FacilityLoader.parse("f.yaml", yaml.toString());

    // Then
    assertThat(yaml).as("the library's own limit").hasSizeGreaterThan(3 << 20);
    assertThat(facility.channels()).hasSize(20_000);
  }

  @Test
  void shouldReportACharacterThatYamlDoesNotHave() {
    // When
    ConfigException problems =
        catchThrowableOfType(
            ConfigException.class,
            () -> FacilityLoader.parse("f.yaml", HEAD.replace("Pumps", "Pu\u0007mps")));

    // Then
    assertThat(problems.problems())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("f.yaml: not readable as YAML: ")
        .doesNotContain("\n");
  }

  private static final String PUMP =
      """
      channels:
        - id: pump-a.speed
          kind: double
          unit: Hz
          subsystem: pumps
          device: pump-a
          description: Speed
          write: {range: [0, 60], budget: {writes: 3, per: 10 s}}
      """;
}
