package org.orrery.epics.channelaccess;

import gov.aps.jca.dbr.DBRType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/** Puts a value into the PV's own type, exactly or not at all. Stateless. */
final class PutWriter {
  private PutWriter() {}

  /**
   * What goes to the library, or why not.
   *
   * @param type the type that the elements have
   * @param elements an array; absent when the value does not fit
   * @param misfit why not; empty when it fits
   */
  record Encoded(DBRType type, @Nullable Object elements, String misfit) {
    int count() {
      return elements == null ? 0 : java.lang.reflect.Array.getLength(elements);
    }
  }

  /**
   * Encodes a value.
   *
   * @param type the PV's own
   * @param maxCount elements that the PV takes at most
   */
  static Encoded encode(Value value, DBRType type, int maxCount) {
    return switch (value) {
      case Value.DoubleValue number -> number(number.value(), type);
      case Value.LongValue number -> whole(number.value(), type);
      case Value.TextValue text -> text(text.value(), type, maxCount);
      case Value.ChoiceValue choice ->
          type == DBRType.ENUM
              ? new Encoded(type, new short[] {(short) choice.index()}, "")
              : misfit("a choice", type);
      case DoubleArrayValue array -> array(array.toArray(), type, maxCount);
      case HistogramValue histogram ->
          new Encoded(
              type, null, "Channel Access has no tables: a histogram cannot be written with it");
    };
  }

  private static Encoded number(double value, DBRType type) {
    return isNumber(type)
        ? numbers(new double[] {value}, type, "the PV cannot hold " + value)
        : misfit("a number", type);
  }

  private static Encoded whole(long value, DBRType type) {
    if (!isNumber(type)) {
      return misfit("a whole number", type);
    }
    String cannotHold = "the PV cannot hold " + value;
    if ((long) (double) value != value || (type == DBRType.FLOAT && (float) value != value)) {
      return new Encoded(type, null, cannotHold);
    }
    return numbers(new double[] {value}, type, cannotHold);
  }

  private static boolean isNumber(DBRType type) {
    return type == DBRType.DOUBLE
        || type == DBRType.FLOAT
        || type == DBRType.INT
        || type == DBRType.SHORT
        || type == DBRType.BYTE;
  }

  private static Encoded array(double[] values, DBRType type, int maxCount) {
    if (!isNumber(type)) {
      return misfit("an array", type);
    }
    if (values.length == 0 || values.length > maxCount) {
      return new Encoded(
          type, null, "the PV takes 1 to " + maxCount + " elements, got " + values.length);
    }
    return numbers(values, type, "the PV cannot hold every element of " + Arrays.toString(values));
  }

  private static Encoded numbers(double[] values, DBRType type, String cannotHold) {
    if (type == DBRType.DOUBLE) {
      return new Encoded(type, values, "");
    }
    if (type == DBRType.FLOAT) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
        if (Float.isInfinite(floats[i]) && !Double.isInfinite(values[i])) {
          return new Encoded(type, null, cannotHold);
        }
      }
      return new Encoded(type, floats, "");
    }
    int low = type == DBRType.INT ? Integer.MIN_VALUE : minimum(type);
    int high = -1 - low;
    for (double value : values) {
      if (value != Math.rint(value) || value < low || value > high) {
        return new Encoded(type, null, cannotHold);
      }
    }
    return new Encoded(type, wholes(values, type), "");
  }

  private static int minimum(DBRType type) {
    return type == DBRType.SHORT ? Short.MIN_VALUE : Byte.MIN_VALUE;
  }

  private static Object wholes(double[] values, DBRType type) {
    if (type == DBRType.INT) {
      return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }
    short[] shorts = new short[values.length];
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      shorts[i] = (short) values[i];
      bytes[i] = (byte) values[i];
    }
    return type == DBRType.SHORT ? shorts : bytes;
  }

  private static Encoded text(String text, DBRType type, int maxCount) {
    byte[] bytes = CaText.bytes(text);
    if (type == DBRType.STRING) {
      return bytes.length < CaWire.STRING_BYTES
          ? new Encoded(type, new String[] {padded(text, bytes.length)}, "")
          : new Encoded(
              type,
              null,
              "the PV takes texts of %d bytes, got %d; NAME$ takes longer ones"
                  .formatted(CaWire.STRING_BYTES - 1, bytes.length));
    }
    if (type != DBRType.BYTE || maxCount < 2) {
      return misfit("a text", type);
    }
    return bytes.length < maxCount
        ? new Encoded(type, Arrays.copyOf(bytes, bytes.length + 1), "")
        : new Encoded(
            type,
            null,
            "the PV takes texts of %d bytes, got %d".formatted(maxCount - 1, bytes.length));
  }

  /** The library writes as many bytes as a text has characters, so it gets as many of these. */
  private static String padded(String text, int bytes) {
    return text + "\0".repeat(bytes - text.length());
  }

  private static Encoded misfit(String what, DBRType type) {
    return new Encoded(type, null, what + " cannot be written to a PV of type " + type.getName());
  }

  /** Why a choice does not name what the PV's labels say; empty when it does. */
  static Optional<String> choiceMisfit(List<String> labels, Value.ChoiceValue choice) {
    int index = choice.index();
    if (index < 0 || index >= labels.size()) {
      return Optional.of("the PV has no choice " + index);
    }
    String label = labels.get(index);
    return label.equals(choice.label())
        ? Optional.empty()
        : Optional.of(
            "choice %d of the PV is '%s', not '%s'".formatted(index, label, choice.label()));
  }
}
