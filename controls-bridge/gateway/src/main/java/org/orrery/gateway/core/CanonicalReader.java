package org.orrery.gateway.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.orrery.contract.Bytes;

/**
 * Reads what {@link org.orrery.contract.CanonicalBytes} wrote, field by field in the same order.
 * Every method throws {@link MalformedException} when the bytes do not continue as asked. Not
 * thread-safe.
 */
final class CanonicalReader {
  /** The bytes are not what they were said to be. */
  static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  private final ByteBuffer in;

  CanonicalReader(Bytes bytes) {
    this.in = ByteBuffer.wrap(bytes.toArray());
  }

  String text() {
    expect('T');
    return new String(sized(), StandardCharsets.UTF_8);
  }

  long integer() {
    expect('I');
    return take(in::getLong);
  }

  double number() {
    expect('D');
    return take(in::getDouble);
  }

  boolean flag() {
    expect('B');
    return take(in::get) != 0;
  }

  Bytes bytes() {
    expect('Y');
    return Bytes.of(sized());
  }

  <T> List<T> list(Function<CanonicalReader, T> element) {
    expect('L');
    int size = take(in::getInt);
    if (size < 0 || size > in.remaining()) {
      throw new MalformedException(
          "a list of " + size + " elements in " + in.remaining() + " bytes");
    }
    List<T> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(element.apply(this));
    }
    return elements;
  }

  /** Checks that nothing is left. */
  void end() {
    if (in.hasRemaining()) {
      throw new MalformedException(in.remaining() + " bytes are left over");
    }
  }

  private void expect(char tag) {
    byte found = take(in::get);
    if (found != (byte) tag) {
      throw new MalformedException("expected a field '" + tag + "', found '" + (char) found + "'");
    }
  }

  private byte[] sized() {
    int size = take(in::getInt);
    if (size < 0 || size > in.remaining()) {
      throw new MalformedException("a field of " + size + " bytes in " + in.remaining());
    }
    byte[] content = new byte[size];
    in.get(content);
    return content;
  }

  private static <T> T take(java.util.function.Supplier<T> read) {
    try {
      return read.get();
    } catch (BufferUnderflowException e) {
      throw new MalformedException("the bytes end in the middle of a field");
    }
  }
}
