package org.orrery.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Old bytes must still load. The files under {@code golden/1} were written once, by the code of
 * their day; they are never edited, only added to. With {@code -Dorrery.golden=FOLDER} the records
 * of today are written there.
 */
class GoldenFilesTest {
  static Stream<String> names() {
    return Specimens.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldReadWhatVersionOneWrote(String name) throws IOException {
    // Given
    Specimens.Specimen<?> specimen = Specimens.all().get(name);
    writeWhenAsked(name, specimen);
    byte[] golden = golden(name);

    // When
    Object read = specimen.codec().decode(golden);

    // Then
    assertThat(read).isEqualTo(specimen.value());
  }

  @Test
  void shouldKeepASampleSmall() throws IOException {
    assertThat(golden("sample-number").length).isLessThan(70);
  }

  @Test
  void shouldRefuseARecordOfALaterVersion() throws IOException {
    // Given: field 1, the version, is the first in the record
    byte[] later = golden("sample-number");
    later[1] = 9;

    // Then
    assertThatThrownBy(() -> Wire.SAMPLE.decode(later))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("schema version 9")
        .hasMessageContaining("reads up to 1");
  }

  @Test
  void shouldRefuseWhatIsNoRecord() {
    assertThatThrownBy(() -> Wire.SAMPLE.decode(new byte[0]))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("carries no schema version");
    assertThatThrownBy(() -> Wire.SAMPLE.decode(null))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("without a value");
    assertThatThrownBy(
            () -> Wire.SAMPLE.decode("{\"json\": true}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("no sample record");
  }

  @Test
  void shouldNameTheRuleThatARecordBreaks() throws IOException {
    // Given: the first letter of the channel becomes a capital
    byte[] golden = golden("sample-number");
    golden[4] = 'P';

    // Then
    assertThatThrownBy(() -> Wire.SAMPLE.decode(golden))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("Purif.flow");
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        GoldenFilesTest.class.getResourceAsStream("/golden/1/" + name + ".binpb")) {
      assertThat(in).as("golden file of %s", name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static <T> void writeWhenAsked(String name, Specimens.Specimen<T> specimen)
      throws IOException {
    String folder = System.getProperty("orrery.golden");
    if (folder != null) {
      Files.createDirectories(Path.of(folder));
      Files.write(Path.of(folder, name + ".binpb"), specimen.codec().encode(specimen.value()));
    }
  }
}
