package org.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that each rule of {@link ArchitectureRules} fails where it should, and only there. */
class ArchitectureRulesTest {

  @TempDir Path folder;

  static Stream<Room> rooms() {
    return Room.all().stream();
  }

  static Stream<Room> roomsWithAFace() {
    return rooms().filter(Room::hasFace);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void shouldRefuseExactlyTheEdgesThatTheTableDoesNotGrant(Room from) {
    // Given
    Probes probes = new Probes(folder);
    for (Room to : Room.all()) {
      probes.empty(to.packageName() + ".Target");
      probes.naming(edge(from, to), to.packageName() + ".Target");
    }

    // When
    List<String> refused = violations(ArchitectureRules.edgesOf(from), probes);

    // Then
    for (Room to : Room.all()) {
      assertThat(refused.stream().anyMatch(v -> v.contains("<" + edge(from, to) + ".")))
          .as("%s -> %s is refused", from, to)
          .isEqualTo(!from.mayKnow(to));
    }
  }

  @ParameterizedTest
  @MethodSource("roomsWithAFace")
  void shouldRefuseTheInsideOfARoom(Room room) {
    // Given
    String inside = room.packageName() + ".";
    Probes probes = new Probes(folder);
    for (String target :
        List.of(
            "XModule", "XConfig", "XConfig$Part", "Helper", "core.Engine", "runtime.Verticle")) {
      probes.empty(inside + target);
      String suffix = target.replace('.', '_').replace('$', '_');
      probes.naming("org.orrery.app.Uses_" + suffix, inside + target);
      probes.naming("org.orrery.lab.Uses_" + suffix, inside + target);
    }

    // When
    List<String> refused = violations(ArchitectureRules.faceOf(room), probes);

    // Then
    assertThat(refused)
        .hasSize(5)
        .anyMatch(v -> v.contains("<org.orrery.app.Uses_Helper."))
        .anyMatch(v -> v.contains("<org.orrery.app.Uses_core_Engine."))
        .anyMatch(v -> v.contains("<org.orrery.app.Uses_runtime_Verticle."))
        .anyMatch(v -> v.contains("<org.orrery.lab.Uses_Helper."))
        .anyMatch(v -> v.contains("<org.orrery.lab.Uses_runtime_Verticle."));
  }

  @ParameterizedTest
  @CsvSource({
    "io.vertx.core.Vertx",
    "org.apache.kafka.clients.producer.Producer",
    "java.sql.Connection",
    "javax.sql.DataSource",
    "dev.langchain4j.model.chat.ChatModel",
    "org.orrery.bus.Bus",
    "org.orrery.dqm.runtime.DqmVerticle"
  })
  void shouldRefuseAFrameworkInACore(String type) {
    // Given
    Probes probes =
        new Probes(folder)
            .naming("org.orrery.dqm.core.Probe", type)
            .naming("org.orrery.dqm.runtime.Probe", type);

    // When
    List<String> refused = violations(ArchitectureRules.coresKnowNoFramework(), probes);

    // Then
    assertThat(refused).singleElement().asString().contains("org.orrery.dqm.core.Probe");
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.System, nanoTime, ()J",
    "java.lang.System, currentTimeMillis, ()J",
    "java.time.Instant, now, ()Ljava/time/Instant;",
    "java.time.LocalDate, now, (Ljava/time/ZoneId;)Ljava/time/LocalDate;",
    "java.time.Clock, systemUTC, ()Ljava/time/Clock;",
    "java.lang.Math, random, ()D",
    "java.util.UUID, randomUUID, ()Ljava/util/UUID;",
    "java.util.concurrent.ThreadLocalRandom, current,"
        + " ()Ljava/util/concurrent/ThreadLocalRandom;",
    "java.util.Random, <init>, ()V",
    "java.util.SplittableRandom, <init>, ()V",
  })
  void shouldRefuseAClockOrChanceInACore(String owner, String method, String type) {
    // Given
    MethodTypeDesc descriptor = MethodTypeDesc.ofDescriptor(type);
    Probes probes =
        new Probes(folder)
            .calling("org.orrery.alarms.core.Probe", owner, method, descriptor)
            .calling("org.orrery.simulator.Probe", owner, method, descriptor)
            .calling("org.orrery.alarms.runtime.Probe", owner, method, descriptor);

    // When
    List<String> refused = violations(ArchitectureRules.coresReadNoClock(), probes);

    // Then
    assertThat(refused)
        .hasSize(2)
        .anyMatch(v -> v.contains("org.orrery.alarms.core.Probe"))
        .anyMatch(v -> v.contains("org.orrery.simulator.Probe"));
  }

  @Test
  void shouldAllowATimeThatIsHandedIn() {
    // Given
    MethodTypeDesc now =
        MethodTypeDesc.of(ClassDesc.of("java.time.Instant"), ClassDesc.of("java.time.Clock"));
    Probes probes =
        new Probes(folder)
            .calling("org.orrery.alarms.core.Probe", "java.time.Instant", "now", now)
            .calling(
                "org.orrery.alarms.core.Absolute",
                "java.lang.Math",
                "abs",
                MethodTypeDesc.of(ConstantDescs.CD_double));

    // When
    List<String> refused = violations(ArchitectureRules.coresReadNoClock(), probes);

    // Then
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.Thread",
    "java.util.concurrent.ExecutorService",
    "java.util.Timer",
    "java.nio.file.Path",
    "java.net.Socket",
    "java.io.FileInputStream"
  })
  void shouldRefuseAThreadOrAFileInTheSimulator(String type) {
    // Given
    Probes probes = new Probes(folder).naming("org.orrery.simulator.Probe", type);

    // When
    List<String> refused = violations(ArchitectureRules.simulatorHasNoThreadAndNoInput(), probes);

    // Then
    assertThat(refused).hasSize(1);
  }

  @Test
  void shouldRefuseEpicsLibrariesOutsideOfEpics() {
    // Given
    Probes probes =
        new Probes(folder)
            .naming("org.orrery.gateway.Probe", "org.epics.pvaccess.client.Channel")
            .naming("org.orrery.softioc.Probe", "gov.aps.jca.Context")
            .naming("org.orrery.epics.pvaccess.Probe", "org.epics.pvaccess.client.Channel");

    // When
    List<String> refused = violations(ArchitectureRules.onlyEpicsImportsAnEpicsLibrary(), probes);

    // Then
    assertThat(refused).hasSize(2).noneMatch(v -> v.contains("org.orrery.epics.pvaccess.Probe"));
  }

  @Test
  void shouldRefuseTheClientSideOutsideOfGateway() {
    // Given
    String client = "org.orrery.epics.client.PvClient";
    Probes probes =
        new Probes(folder)
            .empty(client)
            .naming("org.orrery.gateway.Probe", client)
            .naming("org.orrery.softioc.Probe", client)
            .naming("org.orrery.app.Probe", client);

    // When
    List<String> refused = violations(ArchitectureRules.onlyGatewayUsesTheClientSide(), probes);

    // Then
    assertThat(refused).hasSize(2).noneMatch(v -> v.contains("org.orrery.gateway.Probe"));
  }

  @Test
  void shouldRefuseAnAdapterOfEpics() {
    // Given
    String adapter = "org.orrery.epics.pvaccess.PvAccessClient";
    Probes probes =
        new Probes(folder)
            .empty(adapter)
            .empty("org.orrery.epics.server.PvServer")
            .naming("org.orrery.gateway.Probe", adapter)
            .naming("org.orrery.softioc.Probe", adapter)
            .naming("org.orrery.softioc.Server", "org.orrery.epics.server.PvServer");

    // When
    List<String> hidden = violations(ArchitectureRules.adaptersOfEpicsAreHidden(), probes);
    List<String> client = violations(ArchitectureRules.onlyGatewayUsesTheClientSide(), probes);

    // Then
    assertThat(hidden).hasSize(2).noneMatch(v -> v.contains("org.orrery.softioc.Server"));
    assertThat(client).singleElement().asString().contains("org.orrery.softioc.Probe");
  }

  @Test
  void shouldRefuseALibraryInTheVocabulary() {
    // Given
    Probes probes = new Probes(folder).naming("org.orrery.contract.Probe", "org.slf4j.Logger");

    // When
    List<String> refused =
        violations(ArchitectureRules.knowsNoLibraryBut(Room.named("contract")), probes);

    // Then
    assertThat(refused).hasSize(1);
  }

  @Test
  void shouldRefuseAClassWithoutARoomOrWithoutNullMarks() {
    // Given
    Probes probes = new Probes(folder).empty("org.orrery.attic.Probe");

    // When
    List<String> homeless = violations(ArchitectureRules.everyClassHasARoom(), probes);
    List<String> unmarked = violations(ArchitectureRules.packagesAreNullMarked(), probes);

    // Then
    assertThat(homeless).hasSize(1);
    assertThat(unmarked).hasSize(1);
  }

  private static String edge(Room from, Room to) {
    return from.packageName() + ".To_" + to.name().replace('-', '_');
  }

  private static List<String> violations(ArchRule rule, Probes probes) {
    return rule.evaluate(probes.read()).getFailureReport().getDetails();
  }
}
