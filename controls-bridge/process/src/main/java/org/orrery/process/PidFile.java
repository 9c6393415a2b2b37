package org.orrery.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties a child to its data across lives of the parent. A lock on a file beside the pid file, which
 * the system drops when the holder dies, keeps a second supervisor out; what the file (or, if the
 * parent died before writing it, the mark in the child's environment) names is an orphan.
 */
final class PidFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);

  /** Environment variable of each child; its value is the path of the pid file. */
  static final String MARK = "ORRERY_PID_FILE";

  private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private PidFile(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock.
   *
   * @throws ProcessFailedException when a living supervisor holds it
   */
  static PidFile lock(String name, Path file) throws IOException {
    Files.createDirectories(parentOf(file));
    Path lockPath = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.debug("this JVM supervises {} already", file);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new ProcessFailedException(
          name + " is supervised by another running Orrery, which holds " + lockPath);
    }
    return new PidFile(file, channel, lock);
  }

  /** Writes the file whole or not at all. */
  void write(ProcessHandle process) throws IOException {
    ProcessIdentity identity = ProcessIdentity.of(process);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, identity.pid() + "\n" + identity.startMark() + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Ends whatever an earlier life left running, so that the child never exists twice. */
  void stopOrphans(String name, StopSequence sequence) throws IOException, InterruptedException {
    for (ProcessHandle orphan : orphans()) {
      LOG.info("{}: stopping process {} of an earlier life", name, orphan.pid());
      if (!Signals.stop(orphan, sequence, Duration.ofMinutes(1))) {
        LOG.info("{}: process {} had to be killed", name, orphan.pid());
      }
      if (!Signals.awaitExit(orphan, KILL_PATIENCE)) {
        throw new ProcessFailedException(
            name + ": process " + orphan.pid() + " of an earlier life cannot be ended");
      }
    }
    delete();
  }

  private List<ProcessHandle> orphans() throws IOException {
    List<ProcessHandle> found = new ArrayList<>();
    recorded(file).flatMap(ProcessIdentity::find).ifPresent(found::add);
    String mark = MARK + "=" + file;
    try (var all = ProcessHandle.allProcesses()) {
      List<ProcessHandle> marked = all.filter(process -> carries(process, mark)).toList();
      marked.stream()
          .filter(process -> process.parent().filter(marked::contains).isEmpty())
          .filter(process -> !found.contains(process))
          .forEach(found::add);
    }
    return found;
  }

  /** Whether the process that a pid file names is still there. */
  static boolean namesLiving(Path file) throws IOException {
    return recorded(file).flatMap(ProcessIdentity::find).isPresent();
  }

  private static Optional<ProcessIdentity> recorded(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2 || !lines.getFirst().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(new ProcessIdentity(Long.parseLong(lines.getFirst()), lines.get(1)));
  }

  private static boolean carries(ProcessHandle process, String mark) {
    if (process.pid() == ProcessHandle.current().pid()) {
      return false;
    }
    try {
      String environment =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "environ"),
              StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + mark + "\0");
    } catch (IOException e) {
      return false; // another user's process, or already gone
    }
  }

  private static Path parentOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return parent;
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
