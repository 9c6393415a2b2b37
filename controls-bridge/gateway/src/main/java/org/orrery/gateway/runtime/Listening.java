package org.orrery.gateway.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when the gateway listened to its channels, in a file: the next life tells the time from
 * then on as a silence of all of them, which no channel could tell. Not forced to the disk: after a
 * loss of power the file may be some seconds old, and the silence too long by them. Not
 * thread-safe.
 */
final class Listening implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  /** One width for all times, so that a shorter one leaves nothing of a longer one behind. */
  private static final String FORMAT = "%020d\n";

  private final Path file;
  private final OptionalLong before;
  private Optional<FileChannel> channel = Optional.empty();
  private boolean told;

  private Listening(Path file, OptionalLong before) {
    this.file = file;
    this.before = before;
  }

  /** Reads what the life before left; what cannot be read counts as nothing. */
  static Listening open(Path file) {
    try {
      return new Listening(file, OptionalLong.of(Long.parseLong(Files.readString(file).strip())));
    } catch (IOException | NumberFormatException e) {
      return new Listening(file, OptionalLong.empty());
    }
  }

  /**
   * Until when the life before listened, plant ns; empty where that is not before now, as with a
   * plant whose time begins anew.
   */
  OptionalLong before(long nowNs) {
    return before.isPresent() && before.getAsLong() < nowNs ? before : OptionalLong.empty();
  }

  /** Takes note that it listens, about once a second; a disk that takes nothing is told once. */
  void until(long nowNs) {
    ByteBuffer bytes = ByteBuffer.wrap(FORMAT.formatted(nowNs).getBytes(StandardCharsets.US_ASCII));
    try {
      FileChannel open = channel.isPresent() ? channel.get() : create();
      open.write(bytes, 0);
      told = false;
    } catch (IOException e) {
      if (!told) {
        LOG.warn(
            "{} cannot be written ({}); after the next start the time until then will look as if"
                + " nothing had changed: check the rights and the disk of the data directory",
            file,
            e.toString());
      }
      told = true;
    }
  }

  private FileChannel create() throws IOException {
    FileChannel open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel = Optional.of(open);
    return open;
  }

  @Override
  public void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      LOG.debug("{} was not closed", file, e);
    }
  }
}
