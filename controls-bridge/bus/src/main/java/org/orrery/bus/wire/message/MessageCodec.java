package org.orrery.bus.wire.message;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.orrery.bus.wire.WireException;

/**
 * Messages between processes of one version: {@code decode(type, encode(type, x))} equals {@code
 * x}. The bytes carry no names and no version, so both sides must have compared {@link #shape}
 * before. Strict: bytes that are left over, counts that lie, members that do not exist and values
 * that break a rule of their record are refused. No class is ever named by the bytes. Thread-safe.
 */
public final class MessageCodec {
  private static final Parts PARTS = new Parts();
  private static final int SHAPE_DIGITS = 16;

  private MessageCodec() {}

  /**
   * The bytes of a value.
   *
   * @throws IllegalArgumentException if the type is not part of the vocabulary
   */
  public static byte[] encode(Type type, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      PARTS.of(type).write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The value of the bytes.
   *
   * @throws WireException if they are no such value
   * @throws IllegalArgumentException if the type is not part of the vocabulary
   */
  public static Object decode(Type type, byte[] bytes) {
    Part part = PARTS.of(type);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Object value;
    try {
      value = part.read(in);
    } catch (BufferUnderflowException e) {
      throw new WireException(
          "a message of %d bytes is too short for %s".formatted(bytes.length, type.getTypeName()),
          e);
    }
    if (in.hasRemaining()) {
      throw new WireException(
          "a message for %s has %d bytes too many".formatted(type.getTypeName(), in.remaining()));
    }
    return value;
  }

  /**
   * What two processes must have in common to understand each other: a digest of the shapes of the
   * types, in their order.
   *
   * @throws IllegalArgumentException if a type is not part of the vocabulary
   */
  public static String shape(Collection<? extends Type> types) {
    String shapes = types.stream().map(t -> PARTS.of(t).shape()).collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(shapes.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHAPE_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
