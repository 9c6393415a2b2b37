package org.orrery.scenarios.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds and signals the children of a running Orrery by their pid files. Stateless. */
public final class ChildProcesses {
  private ChildProcesses() {}

  /** Sends a signal, such as {@code -STOP}, to the child that this pid file names. */
  public static void signal(Path data, String name, String signal)
      throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", signal, Long.toString(pid(data, name))).start().waitFor();
    if (status != 0) {
      throw new IOException("kill " + signal + " of " + name + " ended with " + status);
    }
  }

  /** Kills the child if it lives just now. */
  public static void killIfAlive(Path data, String name) throws IOException {
    List<Path> files =
        pidFiles(data).stream()
            .filter(f -> f.getFileName().toString().equals(name + ".pid"))
            .toList();
    for (Path file : files) {
      ProcessHandle.of(read(file)).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Number of the process that a pid file names. */
  public static long pid(Path data, String name) throws IOException {
    List<Path> files =
        pidFiles(data).stream()
            .filter(f -> f.getFileName().toString().equals(name + ".pid"))
            .toList();
    if (files.size() != 1) {
      throw new IOException("one pid file of " + name + " expected, got " + files);
    }
    return read(files.getFirst());
  }

  /** The main process and, with their own children, those that the pid files name. */
  static List<ProcessHandle> of(Path data, ProcessHandle main) throws IOException {
    List<ProcessHandle> roots = new ArrayList<>(List.of(main));
    for (Path file : pidFiles(data)) {
      ProcessHandle.of(read(file)).ifPresent(roots::add);
    }
    return roots.stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .distinct()
        .toList();
  }

  private static long read(Path pidFile) throws IOException {
    return Long.parseLong(Files.readString(pidFile).trim().split("\\s+")[0]);
  }

  private static List<Path> pidFiles(Path data) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> rooms = Files.list(data)) {
      for (Path room : rooms.filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(room)) {
          files.filter(f -> f.toString().endsWith(".pid")).forEach(found::add);
        }
      }
    }
    return found;
  }
}
