package org.orrery.app.siteimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.app.config.ConfigException;
import org.orrery.app.config.FacilityLoader;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.ValueKind;

/** From the files of a small site to a facility that the loader takes. */
class SiteImportTest {
  private static final Path SPECIMENS = Path.of("src/test/resources/siteimport");
  private static final FacilityDraft.Heading HEADING =
      new FacilityDraft.Heading("hall-b", "Hall B", "Europe/Zurich");

  @TempDir Path folder;

  @Test
  void shouldDraftAFacilityThatTheLoaderTakes() throws Exception {
    // When
    FacilityDraft draft = SiteImport.draft(everything(Optional.empty()), HEADING);
    Facility facility = FacilityLoader.parse("draft.yaml", draft.yaml());

    // Then
    assertThat(facility.channels()).hasSize(draft.channels()).hasSize(18);
    Channel speed = channel(facility, "lar.purif.pump-a.speed");
    assertThat(speed.pv()).isEqualTo("LAR:PURIF:PUMP_A:SPEED");
    assertThat(speed.kind()).isEqualTo(ValueKind.DOUBLE);
    assertThat(speed.unit()).isEqualTo("Hz");
    assertThat(speed.subsystem()).isEqualTo("lar");
    assertThat(speed.device()).isEqualTo("pump-a");
    assertThat(speed.description()).isEqualTo("Speed of pump PUMP_A");
    assertThat(speed.deadBand()).isEqualTo(0.05);
    assertThat(speed.cadenceNs()).as("MDEL is not -1: sent on change only").isZero();
    assertThat(speed.alarm().limitsIn("PHYSICS"))
        .as("LOW has no severity in EPICS")
        .isEqualTo(
            new Limits(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(58),
                OptionalDouble.of(62)));
    assertThat(speed.alarm().hysteresis()).isEqualTo(0.5);
    assertThat(speed.alarm().onDelayNs()).isEqualTo(4_000_000_000L);
    assertThat(speed.alarm().response()).isEqualTo("Pumps: Look at the flow first.");
    Channel state = channel(facility, "lar.purif.pump-b.state");
    assertThat(state.choices()).containsExactly("OFF", "ON", "state 2", "TRIPPED");
    assertThat(state.alarm().alarmChoices()).containsExactly("TRIPPED");
    Channel oxygen = channel(facility, "lar.gas.o2");
    assertThat(oxygen.cadenceNs()).isEqualTo(500_000_000L);
    assertThat(oxygen.description()).isEqualTo("Oxygen");
    assertThat(oxygen.alarm().limitsIn("PHYSICS").high()).hasValue(5);
    assertThat(channel(facility, "lar.gas.count").deadBand()).as("ADEL").isEqualTo(3);
    assertThat(channel(facility, "lar.gas.trace").kind()).isEqualTo(ValueKind.DOUBLE_ARRAY);
    assertThat(channel(facility, "lar.gas.version").kind()).isEqualTo(ValueKind.TEXT);
    assertThat(channel(facility, "lar.hall.door").description()).isEqualTo("Door of the hall");
  }

  @Test
  void shouldLeaveNothingWritableAndProposeItInCommentsOnly() throws Exception {
    // When
    FacilityDraft draft = SiteImport.draft(everything(Optional.empty()), HEADING);
    Facility facility = FacilityLoader.parse("draft.yaml", draft.yaml());

    // Then
    assertThat(facility.channels().values())
        .extracting(Channel::writable)
        .containsOnly(Optional.empty());
    assertThat(draft.yaml()).contains("# write:\n    #   range: [0, 60]");
  }

  @Test
  void shouldSayWhatItGuessedAndWhatItLeftOut() throws Exception {
    // When
    FacilityDraft draft = SiteImport.draft(everything(Optional.empty()), HEADING);

    // Then
    assertThat(draft.unknownUnits()).containsOnlyKeys("ppbv");
    assertThat(draft.skipped())
        .anySatisfy(line -> assertThat(line).contains("LAR:GAS:NAMES", "array of strings"))
        .anySatisfy(line -> assertThat(line).contains("gas.db:12", "LAR:GAS:GO", "fanout"))
        .anySatisfy(line -> assertThat(line).contains("LAR:GAS:FOO", "'foo' is not known"))
        .anySatisfy(line -> assertThat(line).contains("alarms.xml:14", "Mail", "stays in Phoebus"))
        .anySatisfy(line -> assertThat(line).contains("loc://x(3)"));
    assertThat(draft.yaml())
        .contains("# review: the unit 'ppbv' is not in the table")
        .contains("# review: LOW 1 has no severity in EPICS (LSV) and is left out")
        .contains("# review: HIHI is MINOR in EPICS, and so it is here")
        .contains("# review: Phoebus has it disabled (false)")
        .contains("# cadence: 1 s");
    assertThat(draft.reviews())
        .isEqualTo(
            draft.yaml().lines().filter(line -> line.strip().startsWith("# review:")).count());
  }

  @Test
  void shouldGiveTheSameBytesAgain() throws Exception {
    // When
    String first = SiteImport.draft(everything(Optional.empty()), HEADING).yaml();
    String second = SiteImport.draft(everything(Optional.empty()), HEADING).yaml();

    // Then
    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldTakeTheSitesOwnRuleForDevices() throws Exception {
    // When
    FacilityDraft draft =
        SiteImport.draft(
            everything(Optional.of("^LAR:(?<subsystem>[A-Z]+):(?<device>PUMP_.)")), HEADING);
    Facility facility = FacilityLoader.parse("draft.yaml", draft.yaml());

    // Then
    Channel speed = channel(facility, "lar.purif.pump-a.speed");
    assertThat(speed.subsystem()).isEqualTo("purif");
    assertThat(speed.device()).isEqualTo("pump-a");
    assertThat(draft.yaml()).contains("# review: the pattern of devices does not match this name");
  }

  @Test
  void shouldNameFileLineAndRemedyWhereItCannotRead() throws Exception {
    // Then
    assertThatThrownBy(() -> read("record(ai, \"$(P)X\") {\n}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("x.db:1: macro $(P) has no value; give one with --macros P=...");
    assertThatThrownBy(() -> read("# fine\nrecord(ai, \"X\") {\n  feild(A, \"\")\n}\n"))
        .hasMessageStartingWith("x.db:3: expected field, info, alias or '}', found 'feild'");
    assertThatThrownBy(() -> read("record(ai, \"X\") {\n  field(A, \"open)\n}\n"))
        .hasMessageStartingWith("x.db:2: a quoted text is not closed");
    assertThatThrownBy(() -> read("record(ai, \"X\") {}\nrecord(ao, \"X\") {}\n"))
        .hasMessageContaining("x.db:2: record 'X' is of type ao here and of type ai at x.db:1");
    assertThatThrownBy(() -> read("record(ai, \"X\") {\n  field(INP, {pva:{pv:\"a\"})\n}\n"))
        .hasMessageStartingWith("x.db:2: a JSON value is not closed");
    assertThatThrownBy(() -> read("include \"none.db\"\n"))
        .hasMessageStartingWith("x.db:1: 'none.db' was not found; name its folder with --path");
  }

  @Test
  void shouldKeepTwoPvsApartThatWouldHaveTheSameId() throws Exception {
    // When
    Facility facility =
        FacilityLoader.parse("d", read("record(ai,\"A:B_C\"){}\nrecord(ai,\"A:B-C\"){}\n").yaml());

    // Then
    assertThat(facility.channels().values())
        .extracting(Channel::pv)
        .containsExactlyInAnyOrder("A:B_C", "A:B-C");
    assertThat(facility.channels().values())
        .extracting(Channel::alarm)
        .containsOnly(AlarmSettings.NONE);
  }

  private FacilityDraft read(String database) throws Exception {
    Path file = Files.writeString(folder.resolve("x.db"), database);
    return SiteImport.draft(
        new SiteImport.Sources(
            List.of(file), List.of(), List.of(), "", Optional.empty(), Optional.empty()),
        HEADING);
  }

  private static SiteImport.Sources everything(Optional<String> pattern) {
    return new SiteImport.Sources(
        List.of(SPECIMENS.resolve("gas.db")),
        List.of(SPECIMENS.resolve("pumps.substitutions")),
        List.of(),
        "SITE=LAR",
        Optional.of(SPECIMENS.resolve("alarms.xml")),
        pattern);
  }

  private static Channel channel(Facility facility, String id) {
    return facility.channel(new ChannelId(id)).orElseThrow();
  }
}
