package org.orrery.contract;

import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes with value equality; a record component may not be an array. Thread-safe. */
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies the array. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /**
   * Parses lower- or upper-case hexadecimal digits.
   *
   * @throws IllegalArgumentException if the text is not an even number of hexadecimal digits
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** Returns a copy. */
  public byte[] toArray() {
    return content.clone();
  }

  /** Number of bytes. */
  public int size() {
    return content.length;
  }

  /** Lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
