package org.orrery.epics.channelaccess;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One message of the protocol. What the fields mean depends on the command.
 *
 * @param command what it is
 * @param type data type, or what the command makes of it
 * @param count number of elements, or what the command makes of it
 * @param first first parameter
 * @param second second parameter
 * @param payload from its position to its limit; not padded
 */
record CaMessage(int command, int type, int count, int first, int second, ByteBuffer payload) {
  private static final int EXTENDED = 0xFFFF;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  static CaMessage bare(int command, int type, int count, int first, int second) {
    return new CaMessage(command, type, count, first, second, NOTHING.duplicate());
  }

  /**
   * Reads the next message of a stream.
   *
   * @throws IOException also for a payload above the bound, after which the stream cannot be read
   */
  static CaMessage read(DataInputStream in, int maxPayloadBytes) throws IOException {
    int command = in.readUnsignedShort();
    int size = in.readUnsignedShort();
    int type = in.readUnsignedShort();
    int count = in.readUnsignedShort();
    int first = in.readInt();
    int second = in.readInt();
    if (size == EXTENDED) {
      size = in.readInt();
      count = in.readInt();
    }
    if (size < 0 || size > maxPayloadBytes || count < 0) {
      throw new IOException(
          "a message of %d bytes and %d elements; at most %d bytes are accepted"
              .formatted(Integer.toUnsignedLong(size), count, maxPayloadBytes));
    }
    byte[] payload = new byte[size];
    in.readFully(payload);
    return new CaMessage(command, type, count, first, second, ByteBuffer.wrap(payload));
  }

  /** Takes the next message out of a datagram; null when there is none. */
  static @org.jspecify.annotations.Nullable CaMessage take(ByteBuffer datagram) {
    if (datagram.remaining() < CaWire.HEADER_BYTES) {
      return null;
    }
    int command = Short.toUnsignedInt(datagram.getShort());
    int size = Short.toUnsignedInt(datagram.getShort());
    int type = Short.toUnsignedInt(datagram.getShort());
    int count = Short.toUnsignedInt(datagram.getShort());
    int first = datagram.getInt();
    int second = datagram.getInt();
    if (size > datagram.remaining()) {
      return null;
    }
    ByteBuffer payload = datagram.slice(datagram.position(), size);
    datagram.position(datagram.position() + size);
    return new CaMessage(command, type, count, first, second, payload);
  }

  private boolean isExtended() {
    return CaWire.padded(payload.remaining()) >= EXTENDED || count >= EXTENDED;
  }

  /** How many bytes it has on the wire. */
  int size() {
    return CaWire.HEADER_BYTES
        + (isExtended() ? 2 * Integer.BYTES : 0)
        + CaWire.padded(payload.remaining());
  }

  /** Its bytes on the wire. */
  byte[] bytes() {
    int size = CaWire.padded(payload.remaining());
    boolean extended = isExtended();
    ByteBuffer wire = ByteBuffer.allocate(size());
    wire.putShort((short) command).putShort((short) (extended ? EXTENDED : size));
    wire.putShort((short) type).putShort((short) (extended ? 0 : count));
    wire.putInt(first).putInt(second);
    if (extended) {
      wire.putInt(size).putInt(count);
    }
    wire.put(payload.duplicate());
    return wire.array();
  }

  /** The zero-terminated text in the payload. */
  String text() {
    return CaText.read(payload.duplicate(), payload.remaining());
  }
}
