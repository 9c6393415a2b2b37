package org.orrery.softioc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  @TempDir private Path directory;

  @Test
  void shouldGiveBackWhatWasSaved() throws IOException {
    // Given
    StateFile file = new StateFile(directory.resolve("deeper/state"));
    assertThat(file.load()).isEmpty();
    // When
    file.save(StateFile.Saved.of(-17, new byte[] {1, 2, 3}));
    // Then
    StateFile.Saved saved = file.load().orElseThrow();
    assertThat(saved.timeShiftNs()).isEqualTo(-17);
    assertThat(saved.simulatorBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void shouldRefuseADamagedFile() throws IOException {
    // Given
    Path path = directory.resolve("state");
    StateFile file = new StateFile(path);
    file.save(StateFile.Saved.of(0, new byte[] {1, 2, 3}));
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1] ^= 1;
    Files.write(path, bytes);
    // When / Then
    assertThatThrownBy(file::load).isInstanceOf(IOException.class).hasMessageContaining("damaged");
  }
}
