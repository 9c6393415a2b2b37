package org.orrery.epics.pvaccess;

import java.util.Optional;
import org.epics.pvdata.factory.ConvertFactory;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.Convert;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVScalar;
import org.epics.pvdata.pv.PVScalarArray;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStringArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.StringArrayData;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/**
 * Writes a value into the structure of a put. Refuses whatever would change its meaning. Stateless.
 */
final class PutEncoder {
  private static final Convert CONVERT = ConvertFactory.getConvert();

  private PutEncoder() {}

  /**
   * Encodes the value.
   *
   * @param bits gets the bit of the field that was written
   * @return why it does not fit; empty when it was written
   */
  static Optional<String> encode(Value value, PVStructure target, BitSet bits) {
    PVField field = target.getSubField("value");
    if (field == null) {
      return Optional.of("the PV has no value to write");
    }
    return switch (value) {
      case Value.DoubleValue number -> number(number.value(), field, bits);
      case Value.LongValue number -> whole(number.value(), field, bits);
      case Value.TextValue text -> text(text.value(), field, bits);
      case Value.ChoiceValue choice -> index(choice.index(), field, bits);
      case DoubleArrayValue array -> array(array.toArray(), field, bits);
      case HistogramValue histogram -> Optional.of("histograms cannot be written");
    };
  }

  private static Optional<String> number(double value, PVField field, BitSet bits) {
    if (field instanceof PVScalar scalar && scalar.getScalar().getScalarType().isNumeric()) {
      CONVERT.fromDouble(scalar, value);
      double held = CONVERT.toDouble(scalar);
      boolean whole = scalar.getScalar().getScalarType().isInteger();
      if (whole ? held != value : Double.isInfinite(held) && !Double.isInfinite(value)) {
        return Optional.of("the PV cannot hold " + value);
      }
      bits.set(field.getFieldOffset());
      return Optional.empty();
    }
    return misfit("a number", field);
  }

  private static Optional<String> whole(long value, PVField field, BitSet bits) {
    if (field instanceof PVScalar scalar && scalar.getScalar().getScalarType().isNumeric()) {
      CONVERT.fromLong(scalar, value);
      if (CONVERT.toLong(scalar) != value) {
        return Optional.of("the PV cannot hold " + value);
      }
      bits.set(field.getFieldOffset());
      return Optional.empty();
    }
    return misfit("a whole number", field);
  }

  private static Optional<String> text(String value, PVField field, BitSet bits) {
    if (field instanceof PVString text) {
      text.put(WireText.of(value));
      bits.set(field.getFieldOffset());
      return Optional.empty();
    }
    return misfit("a text", field);
  }

  private static Optional<String> index(int value, PVField field, BitSet bits) {
    PVInt index =
        field instanceof PVStructure choice ? choice.getSubField(PVInt.class, "index") : null;
    if (index == null) {
      return misfit("a choice", field);
    }
    index.put(value);
    bits.set(index.getFieldOffset());
    return Optional.empty();
  }

  private static Optional<String> array(double[] value, PVField field, BitSet bits) {
    if (field instanceof PVScalarArray array
        && array.getScalarArray().getElementType().isNumeric()) {
      array.setLength(value.length);
      CONVERT.fromDoubleArray(array, 0, value.length, value, 0);
      bits.set(field.getFieldOffset());
      return Optional.empty();
    }
    return misfit("an array", field);
  }

  private static Optional<String> misfit(String what, PVField field) {
    return Optional.of(what + " cannot be written to a PV of type " + field.getField().getID());
  }

  /** Why a choice does not name what the PV's labels say; empty when it does. */
  static Optional<String> choiceMisfit(PVStructure state, Value.ChoiceValue choice) {
    PVStringArray field = state.getSubField(PVStringArray.class, "value.choices");
    if (field == null) {
      return Optional.of("the PV has no choices");
    }
    StringArrayData data = new StringArrayData();
    int length = field.get(0, field.getLength(), data);
    if (choice.index() < 0 || choice.index() >= length) {
      return Optional.of("the PV has no choice " + choice.index());
    }
    String label = data.data[data.offset + choice.index()];
    return label.equals(choice.label())
        ? Optional.empty()
        : Optional.of(
            "choice "
                + choice.index()
                + " of the PV is '"
                + label
                + "', not '"
                + choice.label()
                + "'");
  }
}
