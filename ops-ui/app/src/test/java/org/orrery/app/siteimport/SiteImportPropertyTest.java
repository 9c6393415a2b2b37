package org.orrery.app.siteimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.orrery.app.config.ConfigException;
import org.orrery.app.config.FacilityLoader;

/** Whatever a database says, it is read as it was written, or refused in words. */
class SiteImportPropertyTest {
  private static final List<String> TYPES =
      List.of("ai", "ao", "bi", "bo", "mbbi", "longin", "stringin", "waveform", "fanout", "odd");
  private static final List<String> FIELDS =
      List.of(
          "DESC", "EGU", "SCAN", "HIHI", "HHSV", "HIGH", "HSV", "LOLO", "LLSV", "HYST", "MDEL",
          "DRVH", "DRVL", "ZNAM", "ONAM", "ZRST", "ONST", "ONSV", "FTVL");

  @Property(tries = 300)
  void shouldReadWhatWasWritten(@ForAll("records") List<EpicsRecord> records) throws Exception {
    // When
    DbReader reader = new DbReader(new SiteFiles(List.of()));
    Path file = file(text(records));
    reader.read(file, Macros.none());

    // Then
    Map<String, EpicsRecord> read =
        reader.records().stream().collect(Collectors.toMap(EpicsRecord::name, r -> r));
    for (EpicsRecord record : records) {
      EpicsRecord back = read.get(record.name());
      assertThat(back).isNotNull();
      assertThat(back.type()).isEqualTo(record.type());
      assertThat(back.fields()).isEqualTo(record.fields());
    }
  }

  @Property(tries = 300)
  void shouldDraftOnlyWhatTheLoaderTakes(@ForAll("records") List<EpicsRecord> records)
      throws Exception {
    // When
    FacilityDraft draft = draft(file(text(records)));

    // Then
    assertThat(FacilityLoader.parse("draft.yaml", draft.yaml()).channels())
        .hasSize(draft.channels());
    assertThat(draft.channels() + draft.skipped().size()).isEqualTo(records.size());
  }

  @Property(tries = 1_000)
  void shouldRefuseInWordsWhatItCannotRead(@ForAll("nearlyDatabases") String text)
      throws Exception {
    // When
    Path file = file(text);
    String problem = "";
    try {
      draft(file);
    } catch (ConfigException e) {
      problem = String.valueOf(e.getMessage());
    }

    // Then
    assertThat(problem).matches("|(?s)f\\.db:\\d+: .+");
  }

  @Property(tries = 500)
  void shouldQuoteAnyText(@ForAll String text) throws Exception {
    // Given
    String yaml =
        "name: x\ntitle: %s\nmodes: []\nsubsystems: []\nchannels: []\n"
            .formatted(YamlText.quote(wellFormed(text)));

    // Then
    assertThat(FacilityLoader.parse("x", yaml).title()).isEqualTo(wellFormed(text));
  }

  @Provide
  Arbitrary<List<EpicsRecord>> records() {
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of("", "1", "-3.5", "1e9", "nan", "MAJOR", "MINOR", "1 second", "degC"),
            Arbitraries.strings()
                .withCharRange('%', '~')
                .withChars(' ', '!', '"', '#')
                .ofMaxLength(12));
    Arbitrary<Map<String, String>> fields =
        Arbitraries.maps(Arbitraries.of(FIELDS), value).ofMaxSize(8);
    Arbitrary<String> name =
        Arbitraries.strings().withChars("ABab12:_-<>;.[]").ofMinLength(1).ofMaxLength(10);
    return Combinators.combine(Arbitraries.of(TYPES), name, fields)
        .as((type, n, f) -> new EpicsRecord(type, n, f, new Place("f.db", 1)))
        .list()
        .ofMaxSize(8)
        .uniqueElements(EpicsRecord::name);
  }

  @Provide
  Arbitrary<String> nearlyDatabases() {
    return Arbitraries.of(
            "record", "(", ")", "{", "}", ",", "\"", "ai", "field", "info", "alias", "include",
            "\n", " ", "#", "$(X)", "${Y=2}", "$(", "'", "\\", "[", "]", "*", "VAL", "\"A:B\"")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String text(List<EpicsRecord> records) {
    StringBuilder text = new StringBuilder();
    for (EpicsRecord record : records) {
      text.append("record(%s, \"%s\") {\n".formatted(record.type(), record.name()));
      record
          .fields()
          .forEach(
              (field, value) ->
                  text.append(
                      "  field(%s, \"%s\")\n"
                          .formatted(field, value.replace("\\", "\\\\").replace("\"", "\\\""))));
      text.append("}\n");
    }
    return text.toString();
  }

  private static FacilityDraft draft(Path file) throws ConfigException {
    return SiteImport.draft(
        new SiteImport.Sources(
            List.of(file), List.of(), List.of(), "", Optional.empty(), Optional.empty()),
        new FacilityDraft.Heading("x", "X", "UTC"));
  }

  private static Path file(String text) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "siteimport"));
    return Files.writeString(folder.resolve("f.db"), text);
  }
}
