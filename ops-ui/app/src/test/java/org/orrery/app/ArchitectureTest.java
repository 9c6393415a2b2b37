package org.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds the whole of Orrery to its plan: every edge between rooms, the face of each room, the
 * purity of the cores. That each rule can fail is shown by {@link ArchitectureRulesTest}.
 */
class ArchitectureTest {

  private static JavaClasses orrery;

  @BeforeAll
  static void importOrrery() {
    orrery =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.orrery");
  }

  static Stream<Room> rooms() {
    return Room.all().stream();
  }

  static Stream<Room> roomsWithAFace() {
    return rooms().filter(Room::hasFace);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void shouldKnowOnlyTheRoomsOfTheTable(Room room) {
    ArchitectureRules.edgesOf(room).check(orrery);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void shouldDeclareOnlyTheRoomsOfTheTableInItsPom(Room room) throws Exception {
    // Given
    Path pom = rootOfTheTree().resolve(room.folder()).resolve("pom.xml");

    // When
    List<String> declared = roomsDeclaredIn(pom);

    // Then
    assertThat(declared)
        .as("%s may know %s; a new edge is a decision for docs/adr", room, room.mayKnow())
        .filteredOn(name -> !name.equals("web"))
        .isSubsetOf(room.mayKnow());
  }

  @ParameterizedTest
  @MethodSource("roomsWithAFace")
  void shouldShowOnlyItsModuleAndConfig(Room room) {
    ArchitectureRules.faceOf(room).check(orrery);
  }

  @Test
  void shouldKeepEveryClassInARoom() {
    ArchitectureRules.everyClassHasARoom().check(orrery);
  }

  @Test
  void shouldKeepFrameworksOutOfCores() {
    ArchitectureRules.coresKnowNoFramework().check(orrery);
  }

  @Test
  void shouldHandTimeAndChanceIntoCores() {
    ArchitectureRules.coresReadNoClock().check(orrery);
  }

  @Test
  void shouldKeepThreadsAndInputOutOfTheSimulator() {
    ArchitectureRules.simulatorHasNoThreadAndNoInput().check(orrery);
  }

  @Test
  void shouldKeepLibrariesOutOfTheVocabulary() {
    ArchitectureRules.knowsNoLibraryBut(Room.named("contract")).check(orrery);
    ArchitectureRules.knowsNoLibraryBut(Room.named("simulator"), "org.snakeyaml.engine..")
        .check(orrery);
    ArchitectureRules.knowsNoLibraryBut(Room.named("process"), "org.slf4j..").check(orrery);
  }

  @Test
  void shouldImportEpicsLibrariesInOneRoom() {
    ArchitectureRules.onlyEpicsImportsAnEpicsLibrary().check(orrery);
  }

  @Test
  void shouldReachTheOptionalClientByItsProviderOnly() {
    ArchitectureRules.onlyItsAdapterImportsCorePva().check(orrery);
  }

  @Test
  void shouldUseTheClientSideOfEpicsInGatewayOnly() {
    ArchitectureRules.onlyGatewayUsesTheClientSide().check(orrery);
  }

  @Test
  void shouldHideTheAdaptersOfEpics() {
    ArchitectureRules.adaptersOfEpicsAreHidden().check(orrery);
  }

  @Test
  void shouldMarkNullInEveryPackage() {
    ArchitectureRules.packagesAreNullMarked().check(orrery);
  }

  private static Path rootOfTheTree() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(Room.named("contract").folder()).resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static List<String> roomsDeclaredIn(Path pom) throws Exception {
    NodeList dependencies =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getElementsByTagName("dependency");
    List<String> rooms = new ArrayList<>();
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      if (text(dependency, "groupId").equals("org.orrery")
          && !text(dependency, "scope").equals("test")) {
        rooms.add(text(dependency, "artifactId").substring("orrery-".length()));
      }
    }
    return rooms;
  }

  private static String text(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
