package org.orrery.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.When;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;

class AccessLoaderTest {
  private static Facility facility;

  @BeforeAll
  static void reference() throws Exception {
    facility = FacilityLoader.load(Path.of("src/main/dist/conf/facility.yaml"));
  }

  @Test
  void shouldReadRulesOfTheReferenceFacility() throws ConfigException {
    // Given
    String yaml =
        """
        users:
          - {name: hv-crew, people: [anna]}
          - {name: experts, roles: [expert]}
          - {name: orrery, people: [orrery]}
        channels:
          - {name: field, devices: [drift-field]}
          - {name: all, subsystems: [high-voltage, purification]}
        rules:
          - {allow: [write], users: [orrery, experts], channels: [all]}
          - {allow: [approve], users: [hv-crew], channels: [field]}
          - {allow: [approve], users: [experts], channels: [field], modes: [STANDBY]}
        """;

    // When
    AccessRules rules = AccessLoader.parse("access.yaml", yaml, facility);

    // Then
    Channel voltage = facility.channel(new ChannelId("hv.cathode.voltage-set")).orElseThrow();
    Channel pump = facility.channel(new ChannelId("purif.pump-a.enable")).orElseThrow();
    When physics = new When.In(Optional.of("PHYSICS"));
    Person otto = new Person("otto", Set.of(Role.EXPERT));
    Person anna = new Person("anna", Set.of(Role.EXPERT));
    assertThat(rules.allows(Person.ORRERY, Right.WRITE, pump, facility, physics)).isTrue();
    assertThat(rules.allows(anna, Right.APPROVE, voltage, facility, physics)).isTrue();
    assertThat(rules.allows(otto, Right.APPROVE, voltage, facility, physics)).isFalse();
    assertThat(rules.allows(anna, Right.APPROVE, pump, facility, physics)).isFalse();
  }

  @Test
  void shouldBeOpenOnlyWhereTheFileSaysThatAndNothingElse() throws ConfigException {
    // When
    AccessRules open = AccessLoader.parse("access.yaml", "access: open\n", facility);
    ConfigException other =
        catchThrowableOfType(
            ConfigException.class,
            () -> AccessLoader.parse("access.yaml", "access: closed\n", facility));
    ConfigException both =
        catchThrowableOfType(
            ConfigException.class,
            () -> AccessLoader.parse("access.yaml", "access: open\nusers: []\n", facility));

    // Then
    assertThat(open).isEqualTo(AccessRules.OPEN);
    assertThat(other.problems())
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("access.yaml:1: 'access' can only be open");
    assertThat(both.problems())
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("nothing may stand beside it");
  }

  @Test
  void shouldListEveryProblemAtOnceWithItsLine() {
    // Given
    String yaml =
        """
        users:
          - {name: crew, people: [anna], roles: [boss]}
          - {name: empty}
        channels:
          - {name: field, devices: [no-such], subsystems: [nowhere], channels: [cryo.pressure.absolute]}
        rules:
          - {allow: [read, write], users: [crews], channels: [fields], modes: [PARTY], when: now}
          - {users: [crew]}
        """;

    // When
    ConfigException problems =
        catchThrowableOfType(
            ConfigException.class, () -> AccessLoader.parse("access.yaml", yaml, facility));

    // Then
    assertThat(String.join("\n", problems.problems()))
        .contains("access.yaml:2: there is no role 'boss'")
        .contains("group 'empty' is empty")
        .contains("no device or group of devices 'no-such'")
        .contains("no subsystem 'nowhere'")
        .contains("'cryo.pressure.absolute' is no writable channel")
        .contains("'read' cannot be allowed")
        .contains("no group of users in this file 'crews'")
        .contains("no group of channels in this file 'fields'")
        .contains("no detector mode 'PARTY'")
        .contains("unknown key 'when'")
        .contains("a rule needs 'allow'")
        .contains("a rule needs 'channels'");
  }
}
