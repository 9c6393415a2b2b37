package org.orrery.epics.pvaccess;

import java.util.Arrays;
import org.epics.pvdata.pv.FieldBuilder;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVScalarArray;
import org.epics.pvdata.pv.PVStringArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.ScalarType;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.epics.WireNames;

/**
 * A histogram as NTTable with one row per bin: lower edge, upper edge, contents. Stateless.
 *
 * <p>The normative types have an NTHistogram as well, but the clients in use (Phoebus, PyDM, p4p)
 * know tables and plot their columns; they have nothing for NTHistogram. A table's columns must be
 * equally long, so there are two columns of edges. The structure display is an addition, which the
 * normative types allow.
 */
final class TableFields {
  static final String ID = "epics:nt/NTTable:1.0";
  static final String LOW = WireNames.LOW;
  static final String HIGH = WireNames.HIGH;
  static final String CONTENTS = WireNames.CONTENTS;

  private TableFields() {}

  /** The beginning of the structure: labels and columns. */
  static FieldBuilder begin(FieldBuilder builder) {
    return builder
        .setId(ID)
        .addArray("labels", ScalarType.pvString)
        .addNestedStructure("value")
        .addArray(LOW, ScalarType.pvDouble)
        .addArray(HIGH, ScalarType.pvDouble)
        .addArray(CONTENTS, ScalarType.pvDouble)
        .endNested();
  }

  /** Writes the headings of the columns. */
  static void fillLabels(PVStructure target) {
    PVStringArray labels = target.getSubField(PVStringArray.class, "labels");
    if (labels != null) {
      labels.put(0, 3, new String[] {LOW, HIGH, CONTENTS}, 0);
    }
  }

  /** Writes the columns that a client selected. */
  static void write(HistogramValue histogram, PVStructure value) {
    double[] edges = histogram.edges().toArray();
    int bins = histogram.contents().size();
    column(value, LOW, Arrays.copyOfRange(edges, 0, bins));
    column(value, HIGH, Arrays.copyOfRange(edges, 1, bins + 1));
    PVDoubleArray contents = value.getSubField(PVDoubleArray.class, CONTENTS);
    if (contents != null) {
      WireValues.write(histogram.contents(), contents);
    }
  }

  private static void column(PVStructure value, String name, double[] elements) {
    PVDoubleArray column = value.getSubField(PVDoubleArray.class, name);
    if (column != null) {
      column.setLength(elements.length);
      column.put(0, elements.length, elements, 0);
    }
  }

  /** Whether a table is a histogram. */
  static boolean isHistogram(PVStructure value) {
    return isNumeric(value, LOW) && isNumeric(value, HIGH) && isNumeric(value, CONTENTS);
  }

  private static boolean isNumeric(PVStructure value, String name) {
    PVScalarArray column = value.getSubField(PVScalarArray.class, name);
    return column != null && column.getScalarArray().getElementType().isNumeric();
  }

  /** The histogram of the rows that all columns have; each bin ends where the next one begins. */
  static HistogramValue read(PVStructure value) {
    double[] low = numbers(value, LOW);
    double[] high = numbers(value, HIGH);
    double[] contents = numbers(value, CONTENTS);
    int rows = Math.min(contents.length, Math.min(low.length, high.length));
    double[] edges = Arrays.copyOf(low, rows + 1);
    edges[rows] = rows == 0 ? Double.NaN : high[rows - 1];
    return new HistogramValue(
        DoubleArrayValue.of(edges), DoubleArrayValue.of(Arrays.copyOf(contents, rows)));
  }

  private static double[] numbers(PVStructure value, String name) {
    PVScalarArray column = value.getSubField(PVScalarArray.class, name);
    return column == null ? new double[0] : WireValues.arrayOf(column).toArray();
  }
}
