package org.orrery.epics.channelaccess;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.server.PvState;

/** Writes the state of a PV in whichever type a client asks for. Stateless. */
final class DbrWriter {
  private static final int STATUS_CLASS = 1;
  private static final int TIME_CLASS = 2;
  private static final int DISPLAY_CLASS = 3;
  private static final int CONTROL_CLASS = 4;

  /** The largest header, that of the labels, with its padding. */
  private static final int MAX_HEADER_BYTES = 424;

  /** Digits behind the point that a display is told to show; a PV's description has none. */
  private static final short PRECISION = 3;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private DbrWriter() {}

  /** What a client gets: a payload and how many elements it has. */
  record Payload(ByteBuffer bytes, int count) {}

  /** Elements of a value; of a long text, its bytes with the zero at their end. */
  static int elements(Value value, boolean longText) {
    return switch (value) {
      case DoubleArrayValue array -> array.size();
      case Value.TextValue text when longText -> CaText.bytes(text.value()).length + 1;
      default -> 1;
    };
  }

  /**
   * Writes a state.
   *
   * @param longText whether a text goes out as an array of characters
   * @param type 0 to {@link CaWire#LAST_TYPE}
   * @param wanted elements that the client wants; 0 for those that are there
   * @return empty when the value cannot be written in that type
   */
  static Optional<Payload> write(
      PvMetadata metadata, PvState state, boolean longText, int type, int wanted) {
    int base = type % CaWire.BASE_TYPES;
    int count = wanted == 0 ? elements(state.value(), longText) : wanted;
    int elementBytes = (int) CaWire.bytes(base, 1);
    ByteBuffer out =
        ByteBuffer.allocate(CaWire.padded(MAX_HEADER_BYTES + Math.max(1, count) * elementBytes));
    header(out, metadata, state, type / CaWire.BASE_TYPES, base);
    int end = out.position() + count * elementBytes;
    if (!values(out, state.value(), longText, base, count)) {
      return Optional.empty();
    }
    out.position(Math.max(end, Long.BYTES));
    return Optional.of(new Payload(out.flip(), count));
  }

  private static void header(
      ByteBuffer out, PvMetadata metadata, PvState state, int typeClass, int base) {
    if (typeClass == 0) {
      return;
    }
    out.putShort((short) CaAlarms.code(state.status(), state.message()));
    out.putShort((short) state.severity().ordinal());
    if (typeClass == TIME_CLASS) {
      out.putInt((int) (Math.floorDiv(state.timeNs(), NANOS_PER_SECOND) - CaWire.EPOCH_SECONDS));
      out.putInt((int) Math.floorMod(state.timeNs(), NANOS_PER_SECOND));
    }
    if (typeClass <= TIME_CLASS || base == CaWire.STRING) {
      pad(out, typeClass, base);
    } else if (base == CaWire.ENUM) {
      labels(out, metadata);
    } else {
      limits(out, metadata, typeClass == CONTROL_CLASS, base);
    }
  }

  /** The gaps that align what follows. */
  private static void pad(ByteBuffer out, int typeClass, int base) {
    int gap =
        switch (base) {
          case CaWire.SHORT, CaWire.ENUM -> typeClass == STATUS_CLASS ? 0 : 2;
          case CaWire.CHAR -> typeClass == STATUS_CLASS ? 1 : 3;
          case CaWire.DOUBLE -> 4;
          default -> 0;
        };
    out.position(out.position() + gap);
  }

  private static void labels(ByteBuffer out, PvMetadata metadata) {
    int end = out.position() + Short.BYTES + CaWire.MAX_LABELS * CaWire.LABEL_BYTES;
    out.putShort((short) metadata.choices().size());
    for (String label : metadata.choices()) {
      CaText.write(out, label, CaWire.LABEL_BYTES);
    }
    out.position(end);
  }

  private static void limits(ByteBuffer out, PvMetadata metadata, boolean control, int base) {
    if (base == CaWire.FLOAT || base == CaWire.DOUBLE) {
      out.putShort(PRECISION).putShort((short) 0);
    }
    CaText.write(out, metadata.egu(), CaWire.UNITS_BYTES);
    number(out, base, metadata.display().high());
    number(out, base, metadata.display().low());
    number(out, base, orNone(metadata.alarm().hihi()));
    number(out, base, orNone(metadata.alarm().high()));
    number(out, base, orNone(metadata.alarm().low()));
    number(out, base, orNone(metadata.alarm().lolo()));
    if (control) {
      number(out, base, metadata.control().high());
      number(out, base, metadata.control().low());
    }
    if (base == CaWire.CHAR) {
      out.put((byte) 0);
    }
  }

  /** A limit that is not there, as an IOC writes it. */
  private static double orNone(OptionalDouble limit) {
    return limit.orElse(Double.NaN);
  }

  private static void number(ByteBuffer out, int base, double number) {
    switch (base) {
      case CaWire.SHORT, CaWire.ENUM -> out.putShort((short) number);
      case CaWire.CHAR -> out.put((byte) number);
      case CaWire.LONG -> out.putInt((int) number);
      case CaWire.FLOAT -> out.putFloat((float) number);
      default -> out.putDouble(number);
    }
  }

  private static boolean values(
      ByteBuffer out, Value value, boolean longText, int base, int count) {
    return switch (value) {
      case Value.DoubleValue number -> scalar(out, base, number.value(), number.display());
      case Value.LongValue number -> scalar(out, base, number.value(), number.display());
      case Value.ChoiceValue choice -> scalar(out, base, choice.index(), choice.label());
      case Value.TextValue text -> text(out, text.value(), longText, base, count);
      case DoubleArrayValue array -> array(out, array, base, count);
      case HistogramValue histogram -> false;
    };
  }

  private static boolean scalar(ByteBuffer out, int base, double number, String words) {
    if (base == CaWire.STRING) {
      CaText.write(out, words, CaWire.STRING_BYTES);
    } else {
      number(out, base, number);
    }
    return true;
  }

  private static boolean text(ByteBuffer out, String text, boolean longText, int base, int count) {
    if (base == CaWire.STRING) {
      CaText.write(out, text, CaWire.STRING_BYTES);
      return true;
    }
    if (base == CaWire.CHAR && longText) {
      CaText.write(out, text, count);
      return true;
    }
    return false;
  }

  private static boolean array(ByteBuffer out, DoubleArrayValue array, int base, int count) {
    int present = Math.min(count, array.size());
    for (int i = 0; i < present; i++) {
      scalar(out, base, array.get(i), base == CaWire.STRING ? Double.toString(array.get(i)) : "");
    }
    return true;
  }
}
