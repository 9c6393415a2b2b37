package org.orrery.simulator.plant;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The two directions of {@link StateCodec} over plain bytes, big-endian. Not thread-safe. */
public final class StateBytes {
  private static final int MAX_TEXT_BYTES = 10_000;

  private StateBytes() {}

  private static long checkSum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /** Collects state into a growing array. */
  public static final class Writer implements StateCodec {
    private ByteBuffer buffer = ByteBuffer.allocate(8192);

    /** Returns what was written so far, and a check sum. */
    public byte[] toCheckedBytes() {
      int length = buffer.position();
      long sum = checkSum(buffer.array(), length);
      byte[] bytes = Arrays.copyOf(buffer.array(), length + Long.BYTES);
      ByteBuffer.wrap(bytes).putLong(length, sum);
      return bytes;
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

    private Reader(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    /**
     * Reads from {@code bytes}, which must not change meanwhile.
     *
     * @throws IllegalArgumentException if the check sum does not fit
     */
    public static Reader checked(byte[] bytes) {
      int length = bytes.length - Long.BYTES;
      if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != checkSum(bytes, length)) {
        throw new IllegalArgumentException("damaged state: check sum");
      }
      return new Reader(ByteBuffer.wrap(bytes, 0, length));
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
