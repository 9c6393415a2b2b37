package org.orrery.bus.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns one type of the vocabulary into bytes and back: {@code decode(encode(x))} equals {@code x}.
 * Immutable and thread-safe.
 *
 * @param <T> the type of the vocabulary
 */
public final class WireCodec<T> {
  private final String name;
  private final int version;
  private final Function<T, byte[]> encoder;
  private final Function<byte @Nullable [], T> decoder;

  private WireCodec(
      String name,
      int version,
      Function<T, byte[]> encoder,
      Function<byte @Nullable [], T> decoder) {
    this.name = name;
    this.version = version;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  static <T, M extends MessageLite> WireCodec<T> of(
      String name,
      int version,
      Parser<M> parser,
      ToIntFunction<M> versionOf,
      Function<T, M> toWire,
      Function<M, T> fromWire) {
    return new WireCodec<>(
        name,
        version,
        value -> toWire.apply(value).toByteArray(),
        bytes -> decode(name, version, parser, versionOf, fromWire, bytes));
  }

  /** What the records are called in messages, for example {@code sample}. */
  public String name() {
    return name;
  }

  /**
   * The schema version that {@link #encode} writes and the newest that {@link #decode} reads; from
   * 1.
   */
  public int version() {
    return version;
  }

  /** The record of the value. */
  public byte[] encode(T value) {
    return encoder.apply(value);
  }

  /**
   * The value of the record.
   *
   * @param bytes null for a record without a value, which is refused as any other that is none
   * @throws WireException if the bytes are no such record, or of a version that this code does not
   *     know
   */
  public T decode(byte @Nullable [] bytes) {
    return decoder.apply(bytes);
  }

  private static <T, M extends MessageLite> T decode(
      String name,
      int version,
      Parser<M> parser,
      ToIntFunction<M> versionOf,
      Function<M, T> fromWire,
      byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new WireException(
          "a record without a value is no %s record; did something else write to the topic?"
              .formatted(name));
    }
    M message;
    try {
      message = parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new WireException(
          "%d bytes are no %s record; did something else write to the topic?"
              .formatted(bytes.length, name),
          e);
    }
    int told = versionOf.applyAsInt(message);
    if (told == 0) {
      throw new WireException(
          "a %s record of %d bytes carries no schema version; did something else write to the topic?"
              .formatted(name, bytes.length));
    }
    if (told < 0 || told > version) {
      throw new WireException(
          "a %s record has schema version %s and this Orrery reads up to %d; bring it up to date"
              .formatted(name, Integer.toUnsignedString(told), version));
    }
    try {
      return fromWire.apply(message);
    } catch (RuntimeException e) {
      // Whatever it is: bytes of a stranger must not end the thread that reads the topic.
      throw new WireException("a %s record breaks a rule: %s".formatted(name, e.getMessage()), e);
    }
  }
}
