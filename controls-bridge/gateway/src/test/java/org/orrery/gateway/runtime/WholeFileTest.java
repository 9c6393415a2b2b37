package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void shouldForceTheFolderToTheDiskOnceItListsTheNewFile() throws Exception {
    // Given
    Path file = folder.resolve("position");
    WholeFile.replace(file, "old");
    List<String> onDisk = new ArrayList<>();

    // When
    WholeFile.replace(
        file,
        "new",
        forced -> onDisk.add(folder.relativize(forced) + ":" + Files.readString(file)));

    // Then
    assertThat(onDisk).containsExactly(":new");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
  }
}
