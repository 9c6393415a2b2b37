package org.orrery.softioc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The saved state of the detector: written beside, forced to disk and renamed, so that the file is
 * always a whole one. Not thread-safe.
 */
final class StateFile {
  private static final int MAGIC = 0x4f53_4943; // "OSIC"
  private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES + Long.BYTES;

  /**
   * What is kept.
   *
   * @param timeShiftNs plant time minus the simulator's own time
   * @param simulator the simulator's bytes
   */
  record Saved(long timeShiftNs, ByteBuffer simulator) {
    static Saved of(long timeShiftNs, byte[] simulator) {
      return new Saved(timeShiftNs, ByteBuffer.wrap(simulator.clone()).asReadOnlyBuffer());
    }

    byte[] simulatorBytes() {
      byte[] bytes = new byte[simulator.remaining()];
      simulator.duplicate().get(bytes);
      return bytes;
    }
  }

  private final Path file;

  StateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * Reads the state; empty when there is none.
   *
   * @throws IOException when the file cannot be read or is damaged
   */
  Optional<Saved> load() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.remaining() < HEADER_BYTES || bytes.getInt() != MAGIC) {
      throw new IOException(file + " is not a soft IOC state");
    }
    long crc = bytes.getLong();
    byte[] body = Arrays.copyOfRange(bytes.array(), Integer.BYTES + Long.BYTES, bytes.limit());
    if (crc != crcOf(body)) {
      throw new IOException(file + " is damaged");
    }
    long timeShiftNs = bytes.getLong();
    return Optional.of(new Saved(timeShiftNs, bytes.slice().asReadOnlyBuffer()));
  }

  /**
   * Replaces the state.
   *
   * @throws IOException when it cannot be written; the old one stays
   */
  void save(Saved state) throws IOException {
    byte[] simulator = state.simulatorBytes();
    byte[] body =
        ByteBuffer.allocate(Long.BYTES + simulator.length)
            .putLong(state.timeShiftNs())
            .put(simulator)
            .array();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + body.length);
    bytes.putInt(MAGIC).putLong(crcOf(body)).put(body).flip();
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Puts a damaged file aside, for somebody to look at. */
  void setAside() throws IOException {
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static long crcOf(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return crc.getValue();
  }
}
