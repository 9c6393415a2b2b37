package org.orrery.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.app.config.FacilityLoader;
import org.orrery.app.config.Site;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.lab.drill.DrillCatalogue;
import org.orrery.lab.drill.core.DrillScenario;

/** Where drills run and where they do not. */
class DrillsTest {
  private static final Site OWN =
      new Site(
          0,
          true,
          List.of(),
          new Site.Simulation(10, 1),
          Optional.empty(),
          Optional.empty(),
          new Site.Twin(64, "auto"),
          3);

  @TempDir Path folder;

  private Facility reference;

  @BeforeEach
  void read() throws Exception {
    reference = FacilityLoader.load(Path.of("src/main/dist/conf/facility.yaml"));
  }

  private RunOptions options(Facility facility, Site site) throws Exception {
    return new RunOptions(
        facility,
        site,
        AccessRules.OPEN,
        folder.resolve("data"),
        0,
        Optional.empty(),
        DrillCatalogue.find("quiet-pump"),
        "test");
  }

  @Test
  void shouldStartNothingAtAFacilityThatIsNotSimulated() throws Exception {
    // Given
    Facility real =
        new Facility(
            "hall-b",
            "Hall B",
            "UTC",
            false,
            reference.modes(),
            reference.subsystems(),
            reference.channels());
    try (Orrery orrery = new Orrery(options(real, OWN))) {

      // Then
      assertThatThrownBy(orrery::start)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("hall-b is not a simulated facility");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void shouldStartNothingWithServersOfASite() throws Exception {
    // Given
    Site site =
        new Site(
            0,
            true,
            List.of("127.0.0.1:5076"),
            OWN.simulation(),
            Optional.empty(),
            Optional.empty(),
            OWN.twin(),
            3);
    try (Orrery orrery = new Orrery(options(reference, site))) {

      // Then
      assertThatThrownBy(orrery::start)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("leave the servers of the site out");
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void shouldStartNothingInADataDirectoryThatWasUsed() throws Exception {
    // Given
    Files.createDirectories(folder.resolve("data"));
    Files.createFile(folder.resolve("data/lock"));
    try (Orrery orrery = new Orrery(options(reference, OWN))) {

      // Then
      assertThatThrownBy(orrery::start)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("data directory of its own");
    }
  }

  @Test
  void shouldNameOnlyChannelsOfTheReferenceFacility() throws Exception {
    for (DrillScenario drill : DrillCatalogue.all()) {
      // When
      Set<ChannelId> named = new HashSet<>(drill.watched());
      drill.truth().signs().forEach(sign -> named.add(sign.channel()));

      // Then
      assertThat(reference.channels().keySet()).as(drill.sheet().name()).containsAll(named);
      assertThat(handled(drill))
          .as(drill.sheet().name())
          .allSatisfy(id -> assertThat(reference.channel(id).orElseThrow().writable()).isPresent());
    }
  }

  /** What somebody at the rack sets. */
  private static Set<ChannelId> handled(DrillScenario drill) {
    Set<ChannelId> channels = new HashSet<>();
    Stream.concat(
            drill.timeline().stream().map(DrillScenario.Order::line),
            drill.acts().values().stream().flatMap(act -> act.lines().stream()))
        .filter(line -> line.startsWith("hand "))
        .forEach(line -> channels.add(new ChannelId(line.split(" ", -1)[1])));
    return channels;
  }
}
