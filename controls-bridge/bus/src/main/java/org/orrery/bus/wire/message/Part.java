package org.orrery.bus.wire.message;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.orrery.bus.wire.WireException;

/**
 * How values of one type are written and read.
 *
 * @param shape what both sides must have in common, as text
 * @param writer writes one value
 * @param reader reads one value
 */
record Part(String shape, Writer writer, Function<ByteBuffer, Object> reader) {
  /** Writes a value of the part's type. */
  interface Writer {
    void write(Object value, DataOutputStream out) throws IOException;
  }

  void write(Object value, DataOutputStream out) throws IOException {
    writer.write(value, out);
  }

  Object read(ByteBuffer in) {
    return reader.apply(in);
  }

  /** Reads a count of things that take at least {@code size} bytes each, so that none can lie. */
  static int count(ByteBuffer in, int size) {
    int count = in.getInt();
    if (count < 0 || (long) count * size > in.remaining()) {
      throw new WireException(
          "a message claims %d items and has %d bytes left".formatted(count, in.remaining()));
    }
    return count;
  }
}
