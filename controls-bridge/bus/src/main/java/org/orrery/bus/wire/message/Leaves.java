package org.orrery.bus.wire.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.orrery.bus.wire.WireException;
import org.orrery.contract.Bytes;
import org.orrery.contract.value.DoubleArrayValue;

/** The types that hold no others. Stateless. */
final class Leaves {
  private static final Part LONG =
      new Part("long", (v, out) -> out.writeLong((Long) v), ByteBuffer::getLong);
  private static final Part INT =
      new Part("int", (v, out) -> out.writeInt((Integer) v), ByteBuffer::getInt);
  private static final Part BOOLEAN =
      new Part("boolean", (v, out) -> out.writeBoolean((Boolean) v), Leaves::flag);
  private static final Part DOUBLE =
      new Part("double", (v, out) -> out.writeDouble((Double) v), ByteBuffer::getDouble);

  static final Map<Class<?>, Part> ALL =
      Map.ofEntries(
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(
              String.class,
              new Part(
                  "text",
                  (v, out) -> {
                    byte[] utf8 = ((String) v).getBytes(StandardCharsets.UTF_8);
                    out.writeInt(utf8.length);
                    out.write(utf8);
                  },
                  in -> new String(array(in), StandardCharsets.UTF_8))),
          Map.entry(
              Bytes.class,
              new Part(
                  "bytes",
                  (v, out) -> {
                    byte[] content = ((Bytes) v).toArray();
                    out.writeInt(content.length);
                    out.write(content);
                  },
                  in -> Bytes.of(array(in)))),
          Map.entry(
              DoubleArrayValue.class,
              new Part(
                  "doubles",
                  (v, out) -> {
                    DoubleArrayValue array = (DoubleArrayValue) v;
                    out.writeInt(array.size());
                    for (int i = 0; i < array.size(); i++) {
                      out.writeDouble(array.get(i));
                    }
                  },
                  Leaves::doubles)),
          Map.entry(
              OptionalDouble.class,
              new Part(
                  "double?",
                  (v, out) -> {
                    OptionalDouble some = (OptionalDouble) v;
                    out.writeBoolean(some.isPresent());
                    if (some.isPresent()) {
                      out.writeDouble(some.getAsDouble());
                    }
                  },
                  in -> flag(in) ? OptionalDouble.of(in.getDouble()) : OptionalDouble.empty())),
          Map.entry(
              OptionalLong.class,
              new Part(
                  "long?",
                  (v, out) -> {
                    OptionalLong some = (OptionalLong) v;
                    out.writeBoolean(some.isPresent());
                    if (some.isPresent()) {
                      out.writeLong(some.getAsLong());
                    }
                  },
                  in -> flag(in) ? OptionalLong.of(in.getLong()) : OptionalLong.empty())));

  private Leaves() {}

  static boolean flag(ByteBuffer in) {
    byte flag = in.get();
    if (flag != 0 && flag != 1) {
      throw new WireException("a truth value of a message is " + flag);
    }
    return flag == 1;
  }

  private static byte[] array(ByteBuffer in) {
    byte[] content = new byte[Part.count(in, 1)];
    in.get(content);
    return content;
  }

  private static DoubleArrayValue doubles(ByteBuffer in) {
    double[] elements = new double[Part.count(in, Double.BYTES)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = in.getDouble();
    }
    return DoubleArrayValue.of(elements);
  }
}
