package org.orrery.epics.pvaccess;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in on one connection, in whole messages of a bounded size. For the receive thread
 * only.
 *
 * <p>The library believes every length that it reads, and keeps a buffer for the largest message on
 * each connection. Here a message is gathered before the library sees any of it, in memory that
 * grows with the bytes that have really come and is given back afterwards; its segments are put
 * together. What is no message ends the connection, and so does what the rules refuse; lengths
 * inside a message are looked at by the rules alone.
 */
final class MessageIntake {
  private static final Logger LOG = LoggerFactory.getLogger(MessageIntake.class);

  static final int END = -1;
  static final int HEADER_BYTES = 8;
  private static final byte MAGIC = (byte) 0xCA;
  private static final byte CONTROL = 0x01;
  private static final byte MORE_SEGMENTS = 0x10;
  private static final byte NOT_FIRST_SEGMENT = 0x20;
  private static final byte SET_BYTE_ORDER = 2;
  private static final int USUAL_BYTES = 16 * 1024;
  private static final int READ_BYTES = 64 * 1024;

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {
    /** Reads at least one byte; returns how many, -1 at the end. */
    int read(ByteBuffer into);
  }

  /** What is done about messages that cannot be handed on. */
  interface Rules {
    /**
     * A message is larger than the limit.
     *
     * @param requestId its first four bytes, the request that most answers begin with
     * @return whether it is skipped; otherwise the connection ends
     */
    boolean skips(byte command, int requestId);

    /** Whether a whole message may be handed on; the buffer holds its payload. */
    boolean sound(byte command, ByteBuffer payload);
  }

  private final Source source;
  private final Rules rules;
  private final String peer;
  private final int mostBytes;
  private byte[] bytes = new byte[USUAL_BYTES];

  /** The order in which the library reads numbers: it goes by the control message alone. */
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  /** Bytes before this one are handed on, those up to {@link #ready} can be. */
  private int start;

  private int ready;

  /** Where the next header begins, and where the bytes end. */
  private int next;

  private int end;

  /** Payload of the message that is being put together; negative when none is. */
  private int assembled = -1;

  private boolean skipping;
  private int skip;
  private boolean ended;

  /**
   * @param mostBytes largest payload of a message
   * @param peer for the log
   */
  MessageIntake(Source source, Rules rules, int mostBytes, String peer) {
    this.source = source;
    this.rules = rules;
    this.mostBytes = mostBytes;
    this.peer = peer;
  }

  /** Reads as a socket does: some bytes of whole messages; waits for them; -1 at the end. */
  int read(ByteBuffer into) {
    while (start == ready) {
      if (ended) {
        return END;
      }
      release();
      if (!takeMessages() && !fill()) {
        ended = true;
      }
    }
    int taken = Math.min(into.remaining(), ready - start);
    into.put(bytes, start, taken);
    start += taken;
    return taken;
  }

  /** Makes room: what was handed on goes, and so does the memory of a large message. */
  private void release() {
    if (start > 0) {
      int left = end - start;
      byte[] target =
          bytes.length > USUAL_BYTES && left < USUAL_BYTES ? new byte[USUAL_BYTES] : bytes;
      System.arraycopy(bytes, start, target, 0, left);
      bytes = target;
      next -= start;
      end = left;
      start = 0;
      ready = 0;
    }
  }

  private boolean fill() {
    if (end == bytes.length) {
      int limit = mostBytes + 2 * USUAL_BYTES;
      bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, Math.max(limit, end + 1L)));
    }
    // A socket keeps memory outside the heap, for good, for the most that was once read at once.
    int most = Math.min(bytes.length - end, READ_BYTES);
    int read = source.read(ByteBuffer.wrap(bytes, end, most));
    if (read > 0) {
      end += read;
    }
    return read > 0;
  }

  /** Takes what has come whole; false when more bytes are needed, or none will be read any more. */
  private boolean takeMessages() {
    boolean progress = true;
    while (progress && !ended) {
      progress = skip > 0 ? skipSome() : end - next >= HEADER_BYTES && takeMessage();
    }
    return ready > start || ended;
  }

  /** Takes the message, or segment, that begins at {@link #next}, if it is there. */
  private boolean takeMessage() {
    byte flags = bytes[next + 2];
    byte command = bytes[next + 3];
    int size = intAt(next + 4);
    if (bytes[next] != MAGIC) {
      return refuse("sent something else than a message");
    }
    if ((flags & CONTROL) != 0) {
      return control(flags, command);
    }
    boolean first = (flags & NOT_FIRST_SEGMENT) == 0;
    boolean more = (flags & MORE_SEGMENTS) != 0;
    boolean begun = assembled >= 0 || skipping;
    if (size < 0 || (first && begun) || (!first && !begun && size > 0)) {
      return refuse("sent a header that makes no sense");
    }
    if (skipping || (!first && !begun)) {
      skipping = skipping && more;
      cut(next, HEADER_BYTES);
      skip = size;
      return true;
    }
    if (size > mostBytes - Math.max(assembled, 0)) {
      return tooLarge(command, size, first, more);
    }
    if (end - next - HEADER_BYTES < size) {
      return false;
    }
    take(first, more, size);
    return true;
  }

  private boolean control(byte flags, byte command) {
    if (command == SET_BYTE_ORDER) {
      if (assembled >= 0) {
        return refuse("changed the order of bytes within a message");
      }
      order = flags < 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
    if (assembled >= 0) {
      cut(next, HEADER_BYTES);
    } else {
      next += HEADER_BYTES;
      ready = next;
    }
    return true;
  }

  private void take(boolean first, boolean more, int size) {
    if (first) {
      assembled = size;
      next += HEADER_BYTES + size;
    } else {
      cut(next, HEADER_BYTES);
      assembled += size;
      next += size;
    }
    if (more) {
      return;
    }
    int payload = next - assembled;
    int header = payload - HEADER_BYTES;
    bytes[header + 2] &= (byte) ~(MORE_SEGMENTS | NOT_FIRST_SEGMENT);
    ByteBuffer.wrap(bytes).order(order).putInt(header + 4, assembled);
    ByteBuffer message = ByteBuffer.wrap(bytes, payload, assembled).slice().order(order);
    assembled = -1;
    if (rules.sound(bytes[header + 3], message)) {
      ready = next;
    } else {
      refuse("sent a message that cannot be read");
    }
  }

  private boolean tooLarge(byte command, int size, boolean first, boolean more) {
    int payload = first ? next + HEADER_BYTES : next - assembled;
    if (first && end - payload < Math.min(size, Integer.BYTES)) {
      return false;
    }
    int requestId = end - payload < Integer.BYTES ? 0 : intAt(payload);
    if (!rules.skips(command, requestId)) {
      return refuse("sent a message of more than " + mostBytes + " bytes");
    }
    int from = first ? next : payload - HEADER_BYTES;
    cut(from, next + HEADER_BYTES - from);
    next = from;
    assembled = -1;
    skipping = more;
    skip = size;
    return true;
  }

  private boolean skipSome() {
    int some = Math.min(skip, end - next);
    cut(next, some);
    skip -= some;
    return some > 0;
  }

  private void cut(int from, int length) {
    System.arraycopy(bytes, from + length, bytes, from, end - from - length);
    end -= length;
  }

  /** What came before it is still handed on. */
  private boolean refuse(String why) {
    LOG.warn("{} {}: its connection is closed", peer, why);
    ended = true;
    return false;
  }

  private int intAt(int index) {
    return ByteBuffer.wrap(bytes).order(order).getInt(index);
  }
}
