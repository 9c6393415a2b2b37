package org.orrery.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Encodes values into bytes that hashes and signatures cover: every field is written with a
 * one-byte tag and, where its size varies, its length, so that two different contents never give
 * the same bytes. Doubles are written as their IEEE 754 bits with every NaN and both zeros made
 * one. Not thread-safe; one encoder encodes one thing.
 */
public final class CanonicalBytes {
  private byte[] bytes = new byte[256];
  private int size;

  /**
   * Begins with a label that separates the kinds of things (and versions of the layout) that are
   * hashed.
   */
  public CanonicalBytes(String label) {
    text(label);
  }

  /** Appends a text as its UTF-8 bytes. */
  public CanonicalBytes text(String value) {
    return sized('T', value.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends an integer. */
  public CanonicalBytes integer(long value) {
    return tag('I').put(value, Long.BYTES);
  }

  /** Appends a floating-point number. */
  public CanonicalBytes number(double value) {
    return tag('D').put(Double.doubleToLongBits(value == 0 ? 0.0 : value), Long.BYTES);
  }

  /** Appends a truth value. */
  public CanonicalBytes flag(boolean value) {
    return tag('B').put(value ? 1 : 0, 1);
  }

  /** Appends bytes. */
  public CanonicalBytes bytes(Bytes value) {
    return sized('Y', value.toArray());
  }

  /** Appends a list: its size, then every element by the given writer. */
  public <T> CanonicalBytes list(List<T> values, BiConsumer<CanonicalBytes, T> writer) {
    tag('L').put(values.size(), Integer.BYTES);
    for (T value : values) {
      writer.accept(this, value);
    }
    return this;
  }

  /** The bytes so far. */
  public Bytes toBytes() {
    return Bytes.of(Arrays.copyOf(bytes, size));
  }

  /** SHA-256 of the bytes so far. */
  public Bytes sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, size);
      return Bytes.of(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private CanonicalBytes sized(char tag, byte[] value) {
    tag(tag).put(value.length, Integer.BYTES);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  private CanonicalBytes tag(char tag) {
    return put(tag, 1);
  }

  /** Appends the lowest bytes of a number, the highest of them first. */
  private CanonicalBytes put(long value, int count) {
    room(count);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * size));
    }
  }
}
