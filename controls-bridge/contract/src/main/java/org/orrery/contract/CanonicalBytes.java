package org.orrery.contract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Encodes values into bytes that hashes and signatures cover: every field is written with a
 * one-byte tag and, where its size varies, its length, so that two different contents never give
 * the same bytes. Doubles are written as their IEEE 754 bits with every NaN and both zeros made
 * one. Not thread-safe; one encoder encodes one thing.
 */
public final class CanonicalBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /**
   * Begins with a label that separates the kinds of things (and versions of the layout) that are
   * hashed.
   */
  public CanonicalBytes(String label) {
    text(label);
  }

  /** Appends a text as its UTF-8 bytes. */
  public CanonicalBytes text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    tagged((byte) 'T', 4 + bytes.length).putInt(bytes.length).put(bytes);
    return flush();
  }

  /** Appends an integer. */
  public CanonicalBytes integer(long value) {
    tagged((byte) 'I', 8).putLong(value);
    return flush();
  }

  /** Appends a floating-point number. */
  public CanonicalBytes number(double value) {
    tagged((byte) 'D', 8).putLong(Double.doubleToLongBits(value == 0 ? 0.0 : value));
    return flush();
  }

  /** Appends a truth value. */
  public CanonicalBytes flag(boolean value) {
    tagged((byte) 'B', 1).put((byte) (value ? 1 : 0));
    return flush();
  }

  /** Appends bytes. */
  public CanonicalBytes bytes(Bytes value) {
    tagged((byte) 'Y', 4 + value.size()).putInt(value.size()).put(value.toArray());
    return flush();
  }

  /** Appends a list: its size, then every element by the given writer. */
  public <T> CanonicalBytes list(List<T> values, BiConsumer<CanonicalBytes, T> writer) {
    tagged((byte) 'L', 4).putInt(values.size());
    flush();
    for (T value : values) {
      writer.accept(this, value);
    }
    return this;
  }

  /** The bytes so far. */
  public Bytes toBytes() {
    return Bytes.of(out.toByteArray());
  }

  /** SHA-256 of the bytes so far. */
  public Bytes sha256() {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private ByteBuffer buffer = ByteBuffer.allocate(0);

  private ByteBuffer tagged(byte tag, int size) {
    buffer = ByteBuffer.allocate(1 + size).put(tag);
    return buffer;
  }

  private CanonicalBytes flush() {
    out.writeBytes(buffer.array());
    return this;
  }
}
