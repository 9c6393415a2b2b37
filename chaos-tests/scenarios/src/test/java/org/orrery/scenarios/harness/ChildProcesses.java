package org.orrery.scenarios.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds and kills the children of a running Orrery by their pid files. Stateless. */
final class ChildProcesses {
  private ChildProcesses() {}

  static void kill(Path data, String name) throws IOException, InterruptedException {
    long pid = Long.parseLong(Files.readString(pidFile(data, name)).trim().split("\\s+")[0]);
    new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
  }

  private static Path pidFile(Path data, String name) throws IOException {
    try (Stream<Path> files = Files.walk(data, 4)) {
      List<Path> found =
          files.filter(f -> f.getFileName().toString().equals(name + ".pid")).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("one pid file of " + name + " expected, got " + found);
      }
      return found.getFirst();
    }
  }
}
