package org.orrery.epics.corepva;

import java.util.List;
import java.util.Optional;
import org.epics.pva.data.PVABool;
import org.epics.pva.data.PVAByte;
import org.epics.pva.data.PVAData;
import org.epics.pva.data.PVADouble;
import org.epics.pva.data.PVAFloat;
import org.epics.pva.data.PVAInt;
import org.epics.pva.data.PVALong;
import org.epics.pva.data.PVANumber;
import org.epics.pva.data.PVAShort;
import org.epics.pva.data.PVAString;
import org.epics.pva.data.PVAStructure;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/**
 * Refuses whatever the library would change or drop on its way to the wire: it cuts numbers to the
 * PV's type, turns numbers into texts, and says nothing when it cannot convert. Stateless.
 */
final class PutCheck {
  /** What an array and its request may take of the send buffer. */
  private static final int MOST_ELEMENTS =
      (LibrarySettings.SEND_BUFFER_BYTES - 4096) / Double.BYTES;

  private PutCheck() {}

  /** Why the value cannot be written to a PV in this state; empty when it can. */
  static Optional<String> misfit(Value value, PVAStructure state) {
    PVAData field = state.get("value");
    if (field == null) {
      return Optional.of("the PV has no value to write");
    }
    return switch (value) {
      case Value.DoubleValue number -> number(number.value(), field);
      case Value.LongValue number -> whole(number.value(), field);
      case Value.TextValue text ->
          field instanceof PVAString ? Optional.empty() : misfit("a text", field);
      case Value.ChoiceValue choice -> choice(choice, state);
      case DoubleArrayValue array -> array(array, field);
      case HistogramValue histogram -> Optional.of("histograms cannot be written");
    };
  }

  private static Optional<String> number(double value, PVAData field) {
    return switch (field) {
      case PVADouble wide -> Optional.empty();
      case PVAFloat narrow ->
          holds(!Float.isInfinite((float) value) || Double.isInfinite(value), value);
      case PVANumber whole -> holds(value == (long) value && fits((long) value, whole), value);
      case PVABool truth -> holds(value == 0 || value == 1, value);
      default -> misfit("a number", field);
    };
  }

  private static Optional<String> whole(long value, PVAData field) {
    return switch (field) {
      case PVADouble wide -> holds((long) (double) value == value, value);
      case PVAFloat narrow -> holds((long) (float) value == value, value);
      case PVANumber whole -> holds(fits(value, whole), value);
      case PVABool truth -> holds(value == 0 || value == 1, value);
      default -> misfit("a whole number", field);
    };
  }

  private static boolean fits(long value, PVANumber into) {
    return switch (into) {
      case PVALong any -> !any.isUnsigned() || value >= 0;
      case PVAInt any -> within(value, Integer.SIZE, any.isUnsigned());
      case PVAShort any -> within(value, Short.SIZE, any.isUnsigned());
      case PVAByte any -> within(value, Byte.SIZE, any.isUnsigned());
      default -> false;
    };
  }

  private static boolean within(long value, int bits, boolean unsigned) {
    long high = 1L << (unsigned ? bits : bits - 1);
    return value < high && value >= (unsigned ? 0 : -high);
  }

  private static Optional<String> holds(boolean fits, Number value) {
    return fits ? Optional.empty() : Optional.of("the PV cannot hold " + value);
  }

  private static Optional<String> array(DoubleArrayValue array, PVAData field) {
    if (WireValues.kindOf(field).filter(ValueKind.DOUBLE_ARRAY::equals).isEmpty()) {
      return misfit("an array", field);
    }
    return array.size() <= MOST_ELEMENTS
        ? Optional.empty()
        : Optional.of(
            "an array of at most %,d elements can be written by core-pva, got %,d"
                .formatted(MOST_ELEMENTS, array.size()));
  }

  private static Optional<String> choice(Value.ChoiceValue choice, PVAStructure state) {
    List<String> labels = WireValues.texts(WireValues.at(state, "value.choices"));
    if (!(WireValues.at(state, "value.index") instanceof PVAInt)) {
      return misfit("a choice", state.get("value"));
    }
    if (choice.index() < 0 || choice.index() >= labels.size()) {
      return Optional.of("the PV has no choice " + choice.index());
    }
    String label = labels.get(choice.index());
    return label.equals(choice.label())
        ? Optional.empty()
        : Optional.of(
            "choice %d of the PV is '%s', not '%s'"
                .formatted(choice.index(), label, choice.label()));
  }

  private static Optional<String> misfit(String what, @Nullable PVAData field) {
    String type = field == null ? "nothing" : field.getType();
    return Optional.of(what + " cannot be written to a PV of type " + type);
  }
}
