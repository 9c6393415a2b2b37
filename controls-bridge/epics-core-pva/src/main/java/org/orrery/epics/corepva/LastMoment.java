package org.orrery.epics.corepva;

import java.util.AbstractList;
import java.util.function.BooleanSupplier;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/**
 * Values for the library that can be withheld until they are written to the wire: it takes the
 * number, text or list out of them in the send thread, and sends nothing when that throws.
 * Stateless. (On the library's log level FINE it would take a text twice; {@link
 * org.orrery.epics.adapter.LibraryLog} holds it at INFO.)
 */
final class LastMoment {
  private LastMoment() {}

  /**
   * @param mayLeave asked once, when the value is taken
   * @throws IllegalArgumentException for a histogram, which cannot be written
   */
  static Object of(Value value, BooleanSupplier mayLeave) {
    return switch (value) {
      case Value.DoubleValue number -> new Held(number.value(), mayLeave);
      case Value.LongValue number -> new Held(number.value(), mayLeave);
      case Value.ChoiceValue choice -> new Held(choice.index(), mayLeave);
      case Value.TextValue text -> new Text(text.value(), mayLeave);
      case DoubleArrayValue array -> new Elements(array, mayLeave);
      case HistogramValue histogram ->
          throw new IllegalArgumentException("histograms cannot be written");
    };
  }

  private static void require(BooleanSupplier mayLeave) {
    if (!mayLeave.getAsBoolean()) {
      throw new IllegalStateException("withheld");
    }
  }

  private static final class Held extends Number {
    private static final long serialVersionUID = 1L;

    private final Number number;
    private final transient BooleanSupplier mayLeave;

    Held(Number number, BooleanSupplier mayLeave) {
      this.number = number;
      this.mayLeave = mayLeave;
    }

    private Number taken() {
      require(mayLeave);
      return number;
    }

    @Override
    public byte byteValue() {
      return taken().byteValue();
    }

    @Override
    public short shortValue() {
      return taken().shortValue();
    }

    @Override
    public int intValue() {
      return taken().intValue();
    }

    @Override
    public long longValue() {
      return taken().longValue();
    }

    @Override
    public float floatValue() {
      return taken().floatValue();
    }

    @Override
    public double doubleValue() {
      return taken().doubleValue();
    }

    @Override
    public String toString() {
      return number.toString();
    }
  }

  private record Text(String text, BooleanSupplier mayLeave) {
    /** How the library takes a text. */
    @Override
    public String toString() {
      require(mayLeave);
      return text;
    }
  }

  private static final class Elements extends AbstractList<Double> {
    private final DoubleArrayValue array;
    private final BooleanSupplier mayLeave;

    Elements(DoubleArrayValue array, BooleanSupplier mayLeave) {
      this.array = array;
      this.mayLeave = mayLeave;
    }

    @Override
    public Double get(int index) {
      return array.get(index);
    }

    /** Asked once, before the elements are taken. */
    @Override
    public int size() {
      require(mayLeave);
      return array.size();
    }

    @Override
    public String toString() {
      return array.toString();
    }
  }
}
