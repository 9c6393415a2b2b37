package org.orrery.gateway.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Small files that are replaced as a whole, so that a power cut leaves one or the other. Stateless.
 */
final class WholeFile {
  private WholeFile() {}

  /** Puts what a folder lists on the disk. */
  interface Forcing {
    void force(Path folder) throws IOException;
  }

  /** Replaces the file; on a normal return the new one is on the disk. */
  static void replace(Path file, String text) throws IOException {
    replace(file, text, WholeFile::force);
  }

  static void replace(Path file, String text, Forcing forcing) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // Until the folder is on disk as well, the old file may be there again after a power cut.
    forcing.force(Objects.requireNonNull(fresh.toAbsolutePath().getParent()));
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
