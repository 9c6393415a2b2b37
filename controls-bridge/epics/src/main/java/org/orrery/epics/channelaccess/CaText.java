package org.orrery.epics.channelaccess;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Texts on the wire: UTF-8 in fields of fixed size, cut between characters and never within one.
 * Stateless.
 */
final class CaText {
  private CaText() {}

  /** Reads a field, up to its first zero. */
  static String read(ByteBuffer in, int fieldBytes) {
    byte[] field = new byte[fieldBytes];
    in.get(field);
    return of(field);
  }

  /** The text in a field, up to its first zero. */
  static String of(byte[] field) {
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    return new String(field, 0, length, StandardCharsets.UTF_8);
  }

  /** Bytes of a text. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a field of this size holds the text and the zero at its end. */
  static boolean fits(String text, int fieldBytes) {
    return bytes(text).length < fieldBytes;
  }

  /** Writes a field: what of the text fits, and zeros. */
  static void write(ByteBuffer out, String text, int fieldBytes) {
    byte[] bytes = bytes(text);
    int length = Math.min(bytes.length, fieldBytes - 1);
    while (length < bytes.length && length > 0 && isWithinCharacter(bytes[length])) {
      length--;
    }
    int end = out.position() + fieldBytes;
    out.put(bytes, 0, length);
    while (out.position() < end) {
      out.put((byte) 0);
    }
  }

  private static boolean isWithinCharacter(byte following) {
    return (following & 0xC0) == 0x80;
  }
}
