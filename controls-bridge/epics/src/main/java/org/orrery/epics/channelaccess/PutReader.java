package org.orrery.epics.channelaccess;

import java.nio.ByteBuffer;
import java.util.List;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;

/** Reads the value that a client asks to write. Stateless. */
final class PutReader {
  private PutReader() {}

  /** Why a value cannot be read, as a status of the protocol. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Unreadable(int status) {
      super("status " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** The value in a put to a PV of this kind. A number is never rounded to fit. */
  static Value read(PvMetadata metadata, CaMessage put) throws Unreadable {
    if (put.type() >= CaWire.BASE_TYPES) {
      throw new Unreadable(CaWire.BAD_TYPE);
    }
    long bytes = CaWire.bytes(put.type(), put.count());
    boolean oneString = put.type() == CaWire.STRING && put.count() == 1;
    if (put.count() < 1 || (put.payload().remaining() < bytes && !oneString)) {
      throw new Unreadable(CaWire.BAD_COUNT);
    }
    return switch (metadata.kind()) {
      case DOUBLE -> Value.of(numbers(put)[0]);
      case LONG -> new Value.LongValue(whole(numbers(put)[0]));
      case TEXT -> Value.of(text(put));
      case CHOICE -> choice(metadata.choices(), put);
      case DOUBLE_ARRAY -> DoubleArrayValue.of(numbers(put));
      case HISTOGRAM -> throw new Unreadable(CaWire.NO_CONVERSION);
    };
  }

  private static double[] numbers(CaMessage put) throws Unreadable {
    ByteBuffer in = put.payload().duplicate();
    double[] numbers = new double[put.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (put.type()) {
            case CaWire.STRING -> parsed(string(in));
            case CaWire.SHORT -> in.getShort();
            case CaWire.ENUM -> Short.toUnsignedInt(in.getShort());
            case CaWire.CHAR -> in.get();
            case CaWire.FLOAT -> in.getFloat();
            case CaWire.LONG -> in.getInt();
            default -> in.getDouble();
          };
    }
    return numbers;
  }

  /** A lone string may come without the rest of its field. */
  private static String string(ByteBuffer in) {
    return CaText.read(in, Math.min(CaWire.STRING_BYTES, in.remaining()));
  }

  private static double parsed(String text) throws Unreadable {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException notANumber) {
      throw new Unreadable(CaWire.NO_CONVERSION);
    }
  }

  private static long whole(double number) throws Unreadable {
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new Unreadable(CaWire.NO_CONVERSION);
    }
    return (long) number;
  }

  private static String text(CaMessage put) throws Unreadable {
    return switch (put.type()) {
      case CaWire.STRING -> string(put.payload().duplicate());
      case CaWire.CHAR -> CaText.read(put.payload().duplicate(), put.count());
      default -> throw new Unreadable(CaWire.NO_CONVERSION);
    };
  }

  private static Value choice(List<String> labels, CaMessage put) throws Unreadable {
    int index =
        put.type() == CaWire.STRING ? labels.indexOf(string(put.payload().duplicate())) : -1;
    if (index < 0) {
      index = (int) whole(numbers(put)[0]);
    }
    if (index < 0 || index >= labels.size()) {
      throw new Unreadable(CaWire.NO_CONVERSION);
    }
    return new Value.ChoiceValue(index, labels.get(index));
  }
}
