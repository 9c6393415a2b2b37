package org.orrery.epics.pvaccess;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a read that fails end the connection. Stateless.
 *
 * <p>The library swallows the failure and goes on, with its buffer opened for reading from the
 * socket: what lies in it from before, the last messages that came, is taken for new. A server
 * whose client is killed then handles a put a second time, and a client hears an update again.
 */
final class FailedRead {
  private static final Logger LOG = LoggerFactory.getLogger(FailedRead.class);
  private static final int END = -1;

  private FailedRead() {}

  /** As the channel reads, but tells the end of the stream where it fails. */
  static int asEnd(ReadableByteChannel channel, ByteBuffer into) {
    try {
      return channel.read(into);
    } catch (IOException reset) {
      LOG.debug("a connection ends: {}", reset.toString());
      return END;
    }
  }
}
