package org.orrery.epics.corepva;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.epics.pva.data.PVAArray;
import org.epics.pva.data.PVABool;
import org.epics.pva.data.PVAByte;
import org.epics.pva.data.PVAByteArray;
import org.epics.pva.data.PVAData;
import org.epics.pva.data.PVADouble;
import org.epics.pva.data.PVADoubleArray;
import org.epics.pva.data.PVAFloat;
import org.epics.pva.data.PVAFloatArray;
import org.epics.pva.data.PVAInt;
import org.epics.pva.data.PVAIntArray;
import org.epics.pva.data.PVALongArray;
import org.epics.pva.data.PVANumber;
import org.epics.pva.data.PVAShort;
import org.epics.pva.data.PVAShortArray;
import org.epics.pva.data.PVAString;
import org.epics.pva.data.PVAStringArray;
import org.epics.pva.data.PVAStructure;
import org.epics.pva.data.PVAUnion;
import org.epics.pva.data.PVAny;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.WireNames;

/**
 * Values of the wire as immutable contract values. Stateless; always copies: the library hands out
 * one structure that it changes with every update.
 */
final class WireValues {
  private WireValues() {}

  /** The field of a path with dots; null when there is none. */
  static @Nullable PVAData at(PVAStructure from, String path) {
    PVAStructure in = from;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      if (!(in.get(names[i]) instanceof PVAStructure next)) {
        return null;
      }
      in = next;
    }
    return in.get(names[names.length - 1]);
  }

  /** The kind that a value is read as; empty for one that Orrery does not read. */
  static Optional<ValueKind> kindOf(@Nullable PVAData field) {
    return switch (field) {
      case PVAString text -> Optional.of(ValueKind.TEXT);
      case PVADouble number -> Optional.of(ValueKind.DOUBLE);
      case PVAFloat number -> Optional.of(ValueKind.DOUBLE);
      case PVANumber number -> Optional.of(ValueKind.LONG);
      case PVABool truth -> Optional.of(ValueKind.LONG);
      case PVAUnion union ->
          numbers(union.get()).isPresent() ? Optional.of(ValueKind.DOUBLE_ARRAY) : Optional.empty();
      case PVAStructure table when isHistogram(table) -> Optional.of(ValueKind.HISTOGRAM);
      case PVAStructure structure ->
          structure.get("index") instanceof PVAInt
                  && structure.get("choices") instanceof PVAStringArray
              ? Optional.of(ValueKind.CHOICE)
              : Optional.empty();
      case null -> Optional.empty();
      default ->
          field instanceof PVAArray && isNumeric(field)
              ? Optional.of(ValueKind.DOUBLE_ARRAY)
              : Optional.empty();
    };
  }

  private static boolean isNumeric(@Nullable PVAData array) {
    return array instanceof PVADoubleArray
        || array instanceof PVAFloatArray
        || array instanceof PVALongArray
        || array instanceof PVAIntArray
        || array instanceof PVAShortArray
        || array instanceof PVAByteArray;
  }

  /** A scalar or an array; empty for anything else. */
  static Optional<Value> valueOf(@Nullable PVAData field) {
    return switch (field) {
      case PVAString text -> Optional.of(new Value.TextValue(text.get() == null ? "" : text.get()));
      case PVADouble number -> Optional.of(new Value.DoubleValue(number.get()));
      case PVAFloat number -> Optional.of(new Value.DoubleValue(number.get()));
      case PVANumber number -> Optional.of(new Value.LongValue(whole(number)));
      case PVABool truth -> Optional.of(new Value.LongValue(truth.get() ? 1 : 0));
      case null -> Optional.empty();
      default -> numbers(field).map(DoubleArrayValue::of);
    };
  }

  /** A whole number as the wire means it: the library hands out unsigned ones with a sign. */
  static long whole(PVANumber number) {
    return switch (number) {
      case PVAByte small when small.isUnsigned() -> Byte.toUnsignedLong(small.get());
      case PVAShort small when small.isUnsigned() -> Short.toUnsignedLong(small.get());
      case PVAInt middle when middle.isUnsigned() -> Integer.toUnsignedLong(middle.get());
      default -> number.getNumber().longValue();
    };
  }

  /** The numbers of an array of any element type; empty for anything else. */
  static Optional<double[]> numbers(@Nullable PVAData field) {
    return switch (field) {
      case PVADoubleArray array -> Optional.of(array.get().clone());
      case PVAFloatArray array -> {
        float[] from = array.get();
        yield Optional.of(filled(from.length, i -> from[i]));
      }
      case PVALongArray array -> {
        long[] from = array.get();
        yield Optional.of(filled(from.length, i -> from[i]));
      }
      case PVAIntArray array -> {
        int[] from = array.get();
        boolean unsigned = array.isUnsigned();
        yield Optional.of(
            filled(from.length, i -> unsigned ? Integer.toUnsignedLong(from[i]) : from[i]));
      }
      case PVAShortArray array -> {
        short[] from = array.get();
        boolean unsigned = array.isUnsigned();
        yield Optional.of(
            filled(from.length, i -> unsigned ? Short.toUnsignedLong(from[i]) : from[i]));
      }
      case PVAByteArray array -> {
        byte[] from = array.get();
        boolean unsigned = array.isUnsigned();
        yield Optional.of(
            filled(from.length, i -> unsigned ? Byte.toUnsignedLong(from[i]) : from[i]));
      }
      case PVAny any -> numbers(any.get());
      case null, default -> Optional.empty();
    };
  }

  private static double[] filled(int length, IntToDoubleFunction element) {
    double[] numbers = new double[length];
    Arrays.setAll(numbers, element);
    return numbers;
  }

  /** The texts of an array of texts; empty for anything else. */
  static List<String> texts(@Nullable PVAData field) {
    return field instanceof PVAStringArray array ? List.of(array.get()) : List.of();
  }

  private static boolean isHistogram(PVAStructure table) {
    return isNumeric(table.get(WireNames.LOW))
        && isNumeric(table.get(WireNames.HIGH))
        && isNumeric(table.get(WireNames.CONTENTS));
  }

  /** The histogram of the rows that all columns have; each bin ends where the next one begins. */
  static HistogramValue histogram(PVAStructure table) {
    double[] low = column(table, WireNames.LOW);
    double[] high = column(table, WireNames.HIGH);
    double[] contents = column(table, WireNames.CONTENTS);
    int rows = Math.min(contents.length, Math.min(low.length, high.length));
    double[] edges = Arrays.copyOf(low, rows + 1);
    edges[rows] = rows == 0 ? Double.NaN : high[rows - 1];
    return new HistogramValue(
        DoubleArrayValue.of(edges), DoubleArrayValue.of(Arrays.copyOf(contents, rows)));
  }

  private static double[] column(PVAStructure table, String name) {
    return numbers(table.get(name)).orElseGet(() -> new double[0]);
  }
}
