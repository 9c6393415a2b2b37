package org.orrery.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a power cut leaves in the server's pid file must never keep it from starting. */
class DataDirectoryTest {
  @TempDir Path folder;

  private Path left(String content) throws IOException {
    return Files.writeString(folder.resolve("postmaster.pid"), content);
  }

  private void clear() throws IOException {
    new DataDirectory(folder, "").clearForeignPid();
  }

  @Test
  void shouldRemoveAPidFileThatNamesALivingProcessOfOurs() throws IOException {
    // Given
    Path file = left(ProcessHandle.current().pid() + "\n/data\n");

    // When
    clear();

    // Then
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\0\0\0\0", "-17\n", "0\n", "\u00ff\u00fe"})
  void shouldRemoveAPidFileThatNamesNoProcess(String content) throws IOException {
    // Given
    Path file = left(content);

    // When
    clear();

    // Then
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldLeaveAPidFileOfAProcessThatEnded() throws IOException {
    // Given
    Process ended = new ProcessBuilder("true").start();
    ended.onExit().join();
    Path file = left(ended.pid() + "\n");

    // When
    clear();

    // Then
    assertThat(file).exists();
  }

  @Test
  void shouldNotFailWhereThePidIsAnotherUsersProcess() throws IOException {
    // Given
    assumeThat(Files.isReadable(Path.of("/proc/1/environ"))).as("root may look").isFalse();
    Path file = left("1\n");

    // When
    clear();

    // Then
    assertThat(file).exists();
  }
}
