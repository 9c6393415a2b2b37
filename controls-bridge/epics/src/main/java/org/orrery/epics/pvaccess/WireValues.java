package org.orrery.epics.pvaccess;

import java.util.Optional;
import org.epics.pvdata.factory.ConvertFactory;
import org.epics.pvdata.pv.DoubleArrayData;
import org.epics.pvdata.pv.PVBoolean;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVScalar;
import org.epics.pvdata.pv.PVScalarArray;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStringArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVUnion;
import org.epics.pvdata.pv.ScalarType;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/** Values of the wire as immutable contract values. Stateless; always copies. */
final class WireValues {
  private WireValues() {}

  /**
   * The kind that a scalar, array or enumerated field is read as; empty for a field that Orrery
   * does not read.
   */
  static Optional<ValueKind> kindOf(PVField field) {
    return switch (field) {
      case PVString text -> Optional.of(ValueKind.TEXT);
      case PVScalar scalar -> Optional.of(kindOf(scalar.getScalar().getScalarType()));
      case PVScalarArray array ->
          switch (array.getScalarArray().getElementType()) {
            case pvString, pvBoolean -> Optional.empty();
            case pvByte,
                pvShort,
                pvInt,
                pvLong,
                pvUByte,
                pvUShort,
                pvUInt,
                pvULong,
                pvFloat,
                pvDouble ->
                Optional.of(ValueKind.DOUBLE_ARRAY);
          };
      case PVUnion union ->
          ImageFields.arrayIn(union).isPresent()
              ? Optional.of(ValueKind.DOUBLE_ARRAY)
              : Optional.empty();
      case PVStructure table when TableFields.isHistogram(table) ->
          Optional.of(ValueKind.HISTOGRAM);
      case PVStructure structure ->
          structure.getSubField("index") instanceof PVInt
                  && structure.getSubField("choices") instanceof PVStringArray
              ? Optional.of(ValueKind.CHOICE)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static ValueKind kindOf(ScalarType type) {
    return switch (type) {
      case pvFloat, pvDouble -> ValueKind.DOUBLE;
      case pvString -> ValueKind.TEXT;
      case pvBoolean, pvByte, pvShort, pvInt, pvLong, pvUByte, pvUShort, pvUInt, pvULong ->
          ValueKind.LONG;
    };
  }

  /** A scalar as a number or a text. */
  static Value scalarOf(PVScalar scalar) {
    return switch (kindOf(scalar.getScalar().getScalarType())) {
      case DOUBLE -> new Value.DoubleValue(ConvertFactory.getConvert().toDouble(scalar));
      case TEXT -> new Value.TextValue(ConvertFactory.getConvert().toString(scalar));
      case LONG, CHOICE, DOUBLE_ARRAY, HISTOGRAM ->
          scalar instanceof PVBoolean truth
              ? new Value.LongValue(truth.get() ? 1 : 0)
              : new Value.LongValue(ConvertFactory.getConvert().toLong(scalar));
    };
  }

  /** A numeric array of any element type as doubles. */
  static DoubleArrayValue arrayOf(PVScalarArray array) {
    int length = array.getLength();
    if (array instanceof PVDoubleArray doubles) {
      DoubleArrayData data = new DoubleArrayData();
      doubles.get(0, length, data);
      if (data.offset == 0 && data.data.length == length) {
        return DoubleArrayValue.of(data.data);
      }
    }
    double[] copy = new double[length];
    ConvertFactory.getConvert().toDoubleArray(array, 0, length, copy, 0);
    return DoubleArrayValue.of(copy);
  }

  /** Writes an array into a field of doubles. */
  static void write(DoubleArrayValue array, PVDoubleArray target) {
    double[] elements = array.toArray();
    target.setLength(elements.length);
    target.put(0, elements.length, elements, 0);
  }
}
