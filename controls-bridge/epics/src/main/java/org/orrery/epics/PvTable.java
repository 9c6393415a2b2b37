package org.orrery.epics;

import java.util.List;
import org.orrery.contract.value.DoubleArrayValue;

/**
 * A table as NTTable carries it: named columns of one length. Immutable.
 *
 * @param columns in the order of the source
 */
public record PvTable(List<Column> columns) {
  public PvTable {
    columns = List.copyOf(columns);
    if (columns.stream().mapToInt(Column::rows).distinct().count() > 1) {
      throw new IllegalArgumentException("the columns of a table are equally long");
    }
  }

  /** One column. */
  public sealed interface Column {
    /** Its name, which is a field name on the wire. */
    String name();

    /** How many rows it has. */
    int rows();
  }

  /** Numbers. */
  public record Numbers(String name, DoubleArrayValue values) implements Column {
    @Override
    public int rows() {
      return values.size();
    }
  }

  /** Texts. */
  public record Texts(String name, List<String> values) implements Column {
    public Texts {
      values = List.copyOf(values);
    }

    @Override
    public int rows() {
      return values.size();
    }
  }
}
