package org.orrery.softioc;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.orrery.contract.time.WallClock;
import org.orrery.contract.value.Value;

/** Writes down every put that reaches the device, as put logging does in an IOC. Thread-safe. */
interface PutLog extends AutoCloseable {
  /** Writes nothing down. */
  PutLog NONE = (pv, value) -> {};

  /**
   * Goes on with the file: wall time in ns, PV and value, one line a put, taken or not. A line has
   * reached the operating system before the device sees the value, so that it survives the death of
   * this process.
   *
   * @throws IOException when the file cannot be written
   */
  static PutLog in(Path file, WallClock clock) throws IOException {
    return new ToFile(
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), clock);
  }

  /**
   * Writes one put down.
   *
   * @throws UncheckedIOException when that fails: a device that cannot log its puts takes none
   */
  void append(String pv, Value value);

  @Override
  default void close() {}

  /** Into a file. */
  final class ToFile implements PutLog {
    private final BufferedWriter writer;
    private final WallClock clock;

    private ToFile(BufferedWriter writer, WallClock clock) {
      this.writer = writer;
      this.clock = clock;
    }

    @Override
    public synchronized void append(String pv, Value value) {
      try {
        writer.write(clock.nowNs() + " " + pv + " " + value.display() + "\n");
        writer.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("the put of " + pv + " cannot be written down", e);
      }
    }

    @Override
    public synchronized void close() {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the log of puts did not close", e);
      }
    }
  }
}
