package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningTest {
  private static final long NOW_NS = 1_795_428_000_000_000_000L;

  @TempDir private Path folder;

  @Test
  void shouldTellTheNextLifeUntilWhenItListenedThoughItWasNeverClosed() {
    // Given a life that was killed, of a plant whose time once had more digits
    Path file = folder.resolve("listened-until");
    Listening killed = Listening.open(file);
    killed.until(Long.MAX_VALUE);
    killed.until(NOW_NS);

    // When / Then
    assertThat(killed.before(NOW_NS)).isEmpty();
    assertThat(Listening.open(file).before(NOW_NS + 5)).hasValue(NOW_NS);
  }

  @Test
  void shouldKnowNothingWhereThePlantsTimeBeganAnewOrTheFileSaysNothing() throws Exception {
    // Given
    Path file = folder.resolve("listened-until");
    Listening.open(file).until(NOW_NS);
    Path torn = Files.writeString(folder.resolve("torn"), "\0\0\0");

    // When / Then
    assertThat(Listening.open(file).before(NOW_NS)).isEmpty();
    assertThat(Listening.open(torn).before(NOW_NS)).isEmpty();
  }

  @Test
  void shouldGoOnWhereTheFileCannotBeWritten() {
    // Given
    Listening nowhere = Listening.open(folder.resolve("missing").resolve("listened-until"));

    // When
    nowhere.until(NOW_NS);
    nowhere.until(NOW_NS + 1);

    // Then
    assertThat(folder).isEmptyDirectory();
  }
}
