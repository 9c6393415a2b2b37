package org.orrery.simulator.plant;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The two directions of {@link StateCodec} over plain bytes, big-endian. Not thread-safe. */
public final class StateBytes {
  private static final int MAX_TEXT_BYTES = 10_000;

  private StateBytes() {}

  /** Collects state into a growing array. */
  public static final class Writer implements StateCodec {
    private ByteBuffer buffer = ByteBuffer.allocate(8192);

    /** Returns what was written so far. */
    public byte[] toBytes() {
      return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(int bytes) {
      if (buffer.remaining() < bytes) {
        byte[] bigger = Arrays.copyOf(buffer.array(), buffer.capacity() * 2 + bytes);
        int position = buffer.position();
        buffer = ByteBuffer.wrap(bigger);
        buffer.position(position);
      }
      return buffer;
    }

    @Override
    public double ofDouble(double value) {
      room(8).putDouble(value);
      return value;
    }

    @Override
    public long ofLong(long value) {
      room(8).putLong(value);
      return value;
    }

    @Override
    public boolean ofBoolean(boolean value) {
      room(1).put((byte) (value ? 1 : 0));
      return value;
    }

    @Override
    public String ofText(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException("text of " + bytes.length + " bytes in a state");
      }
      room(4 + bytes.length).putInt(bytes.length).put(bytes);
      return value;
    }
  }

  /** Gives back what a {@link Writer} collected; throws IllegalArgumentException on damage. */
  public static final class Reader implements StateCodec {
    private final ByteBuffer buffer;

    /** Reads from {@code bytes}, which must not change meanwhile. */
    public Reader(byte[] bytes) {
      this.buffer = ByteBuffer.wrap(bytes);
    }

    /** Returns whether everything was read. */
    public boolean atEnd() {
      return !buffer.hasRemaining();
    }

    @Override
    public double ofDouble(double value) {
      return need(8).getDouble();
    }

    @Override
    public long ofLong(long value) {
      return need(8).getLong();
    }

    @Override
    public boolean ofBoolean(boolean value) {
      return need(1).get() != 0;
    }

    @Override
    public String ofText(String value) {
      int length = need(4).getInt();
      if (length < 0 || length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException("damaged state: text of " + length + " bytes");
      }
      byte[] bytes = new byte[length];
      need(length).get(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private ByteBuffer need(int bytes) {
      if (buffer.remaining() < bytes) {
        throw new IllegalArgumentException(
            "damaged state: ends early", new BufferUnderflowException());
      }
      return buffer;
    }
  }
}
