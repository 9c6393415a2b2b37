package org.orrery.app.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that this process uses until closed: alone, or shared with processes of other
 * roles.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final List<FileChannel> channels;

  private DataDirectory(Path path, List<FileChannel> channels) {
    this.path = path;
    this.channels = List.copyOf(channels);
  }

  /**
   * Takes the directory, making it where it is missing, with access for its owner alone.
   *
   * @throws StartException if another Orrery uses it, or it cannot be used
   */
  static DataDirectory take(Path path) throws StartException {
    return take(path, Roles.ALL);
  }

  /**
   * Takes the directory for some roles, so that no other process runs one of them on it; all roles
   * take it alone.
   *
   * @throws StartException if another Orrery is in the way, or it cannot be used
   */
  static DataDirectory take(Path path, Roles roles) throws StartException {
    List<FileChannel> channels = new ArrayList<>();
    try {
      make(path);
      channels.add(
          lock(
              path.resolve("lock"),
              !roles.all(),
              "another Orrery runs on " + path + "; stop it, or give this one its own --data"));
      if (!roles.all()) {
        Path folder = path.resolve("cluster");
        make(folder);
        for (String role : roles.words()) {
          channels.add(
              lock(
                  folder.resolve("role-" + role + ".lock"),
                  false,
                  "another process on %s runs %s already; each role runs once: leave it out of --roles"
                      .formatted(path, role)));
        }
      }
      return new DataDirectory(path, channels);
    } catch (IOException e) {
      throw new StartException(
          "the data directory "
              + path
              + " cannot be used ("
              + e.getMessage()
              + "); give another --data",
          e);
    }
  }

  private static void make(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static FileChannel lock(Path file, boolean shared, String taken)
      throws IOException, StartException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel, shared) == null) {
      channel.close();
      throw new StartException(taken, null);
    }
    return channel;
  }

  /** A lock that the system frees when this process dies; null where another process holds it. */
  static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }
}
