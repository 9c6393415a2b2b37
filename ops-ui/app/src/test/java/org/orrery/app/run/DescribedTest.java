package org.orrery.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.app.config.AccessLoader;
import org.orrery.app.config.ConfigException;
import org.orrery.app.config.FacilityLoader;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.Facility;

/** Whatever matters to safety makes another digest, and says which part it is. */
class DescribedTest {
  private static final String FACILITY =
      """
      name: hall-b
      title: Hall B
      simulated: true
      modes: [STANDBY, PHYSICS]
      subsystems:
        - {name: pumps, title: Pumps, call-out: nobody, headline: [pump.flow]}
      devices:
        - {name: pump, min-interval: 1 s}
      groups:
        - {name: loop, title: Loop, devices: [pump], armed-in: [STANDBY, PHYSICS]}
      channels:
        - id: pump.speed-set
          kind: double
          unit: Hz
          subsystem: pumps
          device: pump
          description: Speed
          procedures: [slow-start]
          write: {range: [0, 50], max-step: 5, min-interval: 2 s}
        - id: pump.flow
          kind: double
          unit: kg/s
          subsystem: pumps
          device: pump
          description: Flow
          cadence: 1 s
          alarm: {limits: {low: 1}, response: Look at the pump.}
      """;

  private static final String ACCESS =
      """
      users:
        - {name: crew, people: [anna, bert], roles: [expert, shifter]}
      channels:
        - {name: all, devices: [loop], subsystems: [pumps]}
      rules:
        - {allow: [write, approve], users: [crew], channels: [all], modes: [STANDBY, PHYSICS]}
      """;

  private static Map<String, String> parts(String facility, String access) throws ConfigException {
    Facility read = FacilityLoader.parse("facility.yaml", facility);
    return Described.parts(read, AccessLoader.parse("access.yaml", access, read));
  }

  private static Set<String> different(Map<String, String> one, Map<String, String> other) {
    Set<String> parts = new TreeSet<>(one.keySet());
    parts.addAll(other.keySet());
    parts.removeIf(part -> Objects.equals(one.get(part), other.get(part)));
    return parts;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "range: [0, 50]           | range: [0, 51]            | channels: writable",
        "max-step: 5              | max-step: 6               | channels: writable",
        "min-interval: 2 s        | min-interval: 1 s         | channels: writable",
        "min-interval: 1 s        | min-interval: 2 s         | device limits",
        "armed-in: [STANDBY, PHYSICS] | armed-in: [STANDBY]   | groups",
        "limits: {low: 1}         | limits: {low: 2}          | channels: alarm",
        "procedures: [slow-start] | procedures: [fast-start]  | channels: procedures",
        "cadence: 1 s             | cadence: 2 s              | channels: cadence ns",
        "call-out: nobody         | call-out: anna            | subsystems",
        "simulated: true          | simulated: false          | simulated",
        "people: [anna, bert]     | people: [anna]            | access rules: users",
        "roles: [expert, shifter] | roles: [expert]           | access rules: users",
        "allow: [write, approve]  | allow: [write]            | access rules: rules",
        "subsystems: [pumps]}     | channels: [pump.speed-set]} | access rules: channels"
      })
  void shouldNameThePartThatDiffers(String from, String to, String part) throws ConfigException {
    // When
    Set<String> different =
        different(
            parts(FACILITY, ACCESS), parts(FACILITY.replace(from, to), ACCESS.replace(from, to)));

    // Then
    assertThat(different).containsExactly(part);
  }

  @Test
  void shouldBeTheSameHoweverTheFilesOrderWhatHasNoOrder() throws ConfigException {
    // Given
    String first = FACILITY.substring(FACILITY.indexOf("  - id: pump.speed-set"));
    String speed = first.substring(0, first.indexOf("  - id: pump.flow"));
    String flow = first.substring(first.indexOf("  - id: pump.flow"));
    String turned = FACILITY.replace(speed + flow, flow + speed);

    // When
    Map<String, String> other = parts(turned, ACCESS.replace("[anna, bert]", "[bert, anna]"));

    // Then
    assertThat(turned).isNotEqualTo(FACILITY);
    assertThat(other).isEqualTo(parts(FACILITY, ACCESS));
  }

  /**
   * Sets are ordered anew in every life of a Java machine, so this would differ from run to run.
   */
  @Test
  void shouldBeTheSameInEveryProcess() throws ConfigException {
    // When
    Map<String, String> parts = parts(FACILITY, ACCESS);

    // Then
    assertThat(parts)
        .containsEntry("access rules: users", "afdccde2e026ede9")
        .containsEntry("channels: alarm", "32ef6f6511a461a0");
  }

  @Test
  void shouldKnowEverythingThatTheReferenceFacilitySays() throws Exception {
    // Given
    Facility reference =
        FacilityLoader.parse(
            "facility.yaml", Files.readString(Path.of("src/main/dist/conf/facility.yaml")));

    // When
    Map<String, String> open = Described.parts(reference, AccessRules.OPEN);

    // Then
    assertThat(open).hasSizeGreaterThan(20);
    assertThat(open).doesNotContainValue("");
  }
}
