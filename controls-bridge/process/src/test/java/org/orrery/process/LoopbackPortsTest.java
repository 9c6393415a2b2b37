package org.orrery.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackPortsTest {
  @TempDir Path directory;

  @Test
  void shouldRememberPortsUntilOneIsTaken() throws IOException {
    // Given
    Path memory = directory.resolve("ports");
    List<Integer> first = LoopbackPorts.choose(memory, 2);

    // When / Then
    assertThat(first).doesNotHaveDuplicates();
    assertThat(LoopbackPorts.choose(memory, 2)).isEqualTo(first);
    try (ServerSocket taken = new ServerSocket(first.get(1), 1, InetAddress.getLoopbackAddress())) {
      assertThat(LoopbackPorts.choose(memory, 2)).doesNotContain(taken.getLocalPort());
    }
  }

  @Test
  void shouldChooseAnewWhenTheMemoryIsNonsense() throws IOException {
    // Given
    Path memory = Files.writeString(directory.resolve("ports"), "80\nnonsense\n99999\n");

    // When / Then
    assertThat(LoopbackPorts.choose(memory, 2))
        .as("ports that no client's connection can hold")
        .allSatisfy(port -> assertThat(port).isBetween(1_024, 32_767));
  }
}
