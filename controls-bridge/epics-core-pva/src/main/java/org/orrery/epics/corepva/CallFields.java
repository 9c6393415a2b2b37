package org.orrery.epics.corepva;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.epics.pva.data.PVAData;
import org.epics.pva.data.PVADouble;
import org.epics.pva.data.PVADoubleArray;
import org.epics.pva.data.PVALong;
import org.epics.pva.data.PVAString;
import org.epics.pva.data.PVAStringArray;
import org.epics.pva.data.PVAStructure;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;
import org.orrery.epics.PvTable;

/**
 * Remote procedure calls: NTURI there, NTScalar, NTScalarArray or NTTable back. Stateless. The
 * library's own NTURI carries texts only.
 */
final class CallFields {
  private static final String URI = "epics:nt/NTURI:1.0";

  private CallFields() {}

  /**
   * The request of a call.
   *
   * @throws IllegalArgumentException for an argument that NTURI cannot carry
   */
  static PVAStructure request(String service, Map<String, Value> arguments) {
    List<PVAData> query = new ArrayList<>();
    arguments.forEach((name, value) -> query.add(field(name, value)));
    return new PVAStructure(
        "",
        URI,
        new PVAString("scheme", "pva"),
        new PVAString("path", service),
        new PVAStructure("query", "", query));
  }

  private static PVAData field(String name, Value value) {
    return switch (value) {
      case Value.DoubleValue number -> new PVADouble(name, number.value());
      case Value.LongValue number -> new PVALong(name, false, number.value());
      case Value.TextValue text -> new PVAString(name, text.value());
      case Value.ChoiceValue choice -> new PVAString(name, choice.label());
      case DoubleArrayValue array -> new PVADoubleArray(name, array.toArray());
      case HistogramValue histogram ->
          throw new IllegalArgumentException("argument " + name + ": a call takes no histogram");
    };
  }

  /** A structure as an answer; empty when it is neither one value nor a table. */
  static Optional<CallReply> answer(PVAStructure from) {
    PVAData value = from.get("value");
    return value instanceof PVAStructure columns
        ? columns(columns).map(found -> CallReply.of(new PvTable(found)))
        : WireValues.valueOf(value).map(CallReply::of);
  }

  private static Optional<List<PvTable.Column>> columns(PVAStructure from) {
    List<PvTable.Column> columns = new ArrayList<>();
    for (PVAData field : from.get()) {
      Optional<double[]> numbers = WireValues.numbers(field);
      if (field instanceof PVAStringArray) {
        columns.add(new PvTable.Texts(field.getName(), WireValues.texts(field)));
      } else if (numbers.isPresent()) {
        columns.add(new PvTable.Numbers(field.getName(), DoubleArrayValue.of(numbers.get())));
      } else {
        return Optional.empty();
      }
    }
    int rows = columns.isEmpty() ? 0 : columns.getFirst().rows();
    return columns.stream().allMatch(column -> column.rows() == rows)
        ? Optional.of(columns)
        : Optional.empty();
  }
}
