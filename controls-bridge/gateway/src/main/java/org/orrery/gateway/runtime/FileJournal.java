package org.orrery.gateway.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.Bytes;
import org.orrery.gateway.core.Journal;
import org.orrery.gateway.core.JournalCodec;
import org.orrery.gateway.core.JournalEntry;
import org.orrery.gateway.core.JournalFrames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate's journal as an append-only file. Each entry is forced to disk before its {@code done}
 * is called and before the next entry is written. After a failed write nothing further is accepted:
 * what a failed fsync left behind is not known. Thread-safe.
 *
 * <p>The file is not rotated. A command takes about 1 kB, so {@link #MAX_BYTES} is some 250,000
 * commands, of which commands that were turned away take a bounded share; at the bound the gate
 * refuses to write until the file has been moved away, which is safe once every command in it has
 * passed its deadline and the put log has reached Kafka, both of which the gateway's health tells.
 */
final class FileJournal implements Journal, AutoCloseable {
  /** Largest file; it is read whole on a start. */
  static final long MAX_BYTES = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
  private static final int WAITING_BOUND = 1_000;
  private static final long CLOSE_SECONDS = 2;

  private final Path file;
  private final FileChannel channel;

  /**
   * Of a file of its own: POSIX lets a lock go when anybody in this process closes the file, and
   * the put log reads the journal.
   */
  private final FileChannel lock;

  private final List<JournalEntry> recovered;
  private final ThreadPoolExecutor writer;
  private volatile long length;
  private volatile @Nullable String broken;

  private FileJournal(
      Path file, FileChannel channel, FileChannel lock, List<JournalEntry> recovered, long length) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
    this.recovered = List.copyOf(recovered);
    this.length = length;
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_BOUND),
            Thread.ofPlatform().name("gateway-journal").daemon().factory());
  }

  /**
   * Opens the file, or makes it; cuts off a torn last entry.
   *
   * @throws JournalException when it is damaged, in use, or cannot be read
   */
  static FileJournal open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel lock =
          FileChannel.open(
              file.resolveSibling(file.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      try {
        lock(file, lock);
        return recover(file, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException(
          "the gate's journal "
              + file
              + " cannot be opened ("
              + e
              + "); check the rights and the disk of the data directory",
          e);
    }
  }

  private static FileJournal recover(Path file, FileChannel lock) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return recover(file, channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileJournal recover(Path file, FileChannel channel, FileChannel lock)
      throws IOException {
    if (channel.size() > MAX_BYTES + JournalFrames.MAX_PAYLOAD) {
      throw new JournalException(
          "the gate's journal "
              + file
              + " is larger than "
              + MAX_BYTES
              + " bytes; is it the right file?");
    }
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {}
    return switch (JournalFrames.scan(Bytes.of(content.array()))) {
      case JournalFrames.Scan.Corrupt corrupt ->
          throw damaged(file, corrupt.offset(), corrupt.what());
      case JournalFrames.Scan.Readable readable -> {
        List<JournalEntry> entries = decode(file, readable.payloads());
        cutTail(file, channel, content, readable.validBytes());
        yield new FileJournal(file, channel, lock, entries, channel.size());
      }
    };
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    @Nullable FileLock taken;
    try {
      taken = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      taken = null;
    }
    if (taken == null) {
      throw new JournalException(
          "the gate's journal "
              + file
              + " is in use by another Orrery; stop that one, or give this one a data"
              + " directory of its own");
    }
  }

  private static List<JournalEntry> decode(Path file, List<Bytes> payloads) {
    List<JournalEntry> entries = new ArrayList<>(payloads.size());
    for (Bytes payload : payloads) {
      try {
        entries.add(JournalCodec.decode(payload));
      } catch (IllegalArgumentException e) {
        throw damaged(file, -1, "entry " + entries.size() + " is not readable: " + e.getMessage());
      }
    }
    return entries;
  }

  private static void cutTail(Path file, FileChannel channel, ByteBuffer content, long validBytes)
      throws IOException {
    long torn = content.position() - validBytes;
    if (torn > 0) {
      Path evidence = file.resolveSibling(file.getFileName() + ".torn");
      byte[] tail = new byte[Math.toIntExact(torn)];
      content.get(Math.toIntExact(validBytes), tail);
      Files.write(evidence, tail);
      LOG.warn(
          "the gate's journal ended in an unfinished entry of {} bytes, whose put was never made;"
              + " kept as {}",
          torn,
          evidence);
    }
    channel.truncate(validBytes);
    if (validBytes == 0) {
      channel.write(ByteBuffer.wrap(JournalFrames.HEAD.toArray()), 0);
    }
    channel.force(true);
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }

  private static JournalException damaged(Path file, long offset, String what) {
    return new JournalException(
        "the gate's journal "
            + file
            + " is damaged"
            + (offset >= 0 ? " near byte " + offset : "")
            + ": "
            + what
            + ". Restore it from a backup; or, after checking every writable device by hand, move"
            + " it away, and the gate starts with an empty one that knows no earlier command");
  }

  /** The entries that were in the file when it was opened. */
  List<JournalEntry> recovered() {
    return recovered;
  }

  /** Where the entries lie. */
  Path file() {
    return file;
  }

  /** How many bytes of the file are on disk for good. */
  long durableBytes() {
    return length;
  }

  /** Why nothing is accepted any more; empty while it is. */
  Optional<String> broken() {
    return Optional.ofNullable(broken);
  }

  @Override
  public void append(JournalEntry entry, Consumer<Optional<String>> done) {
    byte[] frame = JournalFrames.frame(JournalCodec.encode(entry)).toArray();
    try {
      writer.execute(() -> done.accept(write(frame)));
    } catch (RejectedExecutionException e) {
      done.accept(Optional.of("the journal is closed or its disk is too slow"));
    }
  }

  private Optional<String> write(byte[] frame) {
    if (broken != null) {
      return Optional.of(broken);
    }
    if (length + frame.length > MAX_BYTES) {
      return Optional.of(
          file
              + " has reached its bound of "
              + MAX_BYTES
              + " bytes; stop Orrery and move it away once no command in it can still be due");
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(frame);
      while (buffer.hasRemaining()) {
        channel.write(buffer, length + buffer.position());
      }
      channel.force(false);
      length = length + frame.length; // only this one thread changes it
      return Optional.empty();
    } catch (IOException e) {
      String why =
          file
              + " cannot be written ("
              + e.getMessage()
              + "); free or mend the disk and restart Orrery, until then nothing is written to the"
              + " detector";
      broken = why;
      LOG.error("{}", why);
      return Optional.of(why);
    }
  }

  /** Writes what waits, for at most two seconds, and lets the file go. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the gate's journal did not finish within {} s", CLOSE_SECONDS);
      }
      channel.close();
      lock.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the gate's journal did not close: {}", e.toString());
    }
  }
}
