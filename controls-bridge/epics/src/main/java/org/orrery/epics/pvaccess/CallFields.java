package org.orrery.epics.pvaccess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.epics.pvdata.factory.FieldFactory;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.pv.FieldBuilder;
import org.epics.pvdata.pv.PVDouble;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVLong;
import org.epics.pvdata.pv.PVScalar;
import org.epics.pvdata.pv.PVScalarArray;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStringArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.ScalarType;
import org.epics.pvdata.pv.StringArrayData;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;
import org.orrery.epics.PvTable;

/** Remote procedure calls: NTURI there, NTScalar, NTScalarArray or NTTable back. Stateless. */
final class CallFields {
  private static final String URI = "epics:nt/NTURI:1.0";

  private CallFields() {}

  /**
   * The request of a call.
   *
   * @throws IllegalArgumentException for an argument that NTURI cannot carry
   */
  static PVStructure request(String service, Map<String, Value> arguments) {
    FieldBuilder builder =
        FieldFactory.getFieldCreate()
            .createFieldBuilder()
            .setId(URI)
            .add("scheme", ScalarType.pvString)
            .add("path", ScalarType.pvString)
            .addNestedStructure("query");
    arguments.forEach((name, value) -> addField(builder, name, value));
    PVStructure request =
        PVDataFactory.getPVDataCreate().createPVStructure(builder.endNested().createStructure());
    put(request, "scheme", Value.of("pva"));
    put(request, "path", Value.of(service));
    arguments.forEach((name, value) -> put(request, "query." + name, value));
    return request;
  }

  private static void addField(FieldBuilder builder, String name, Value value) {
    switch (value) {
      case Value.DoubleValue number -> builder.add(name, ScalarType.pvDouble);
      case Value.LongValue number -> builder.add(name, ScalarType.pvLong);
      case Value.TextValue text -> builder.add(name, ScalarType.pvString);
      case Value.ChoiceValue choice -> builder.add(name, ScalarType.pvString);
      case DoubleArrayValue array -> builder.addArray(name, ScalarType.pvDouble);
      case HistogramValue histogram ->
          throw new IllegalArgumentException("argument " + name + ": a call takes no histogram");
    }
  }

  private static void put(PVStructure target, String path, Value value) {
    PVField field = target.getSubField(path);
    switch (value) {
      case Value.DoubleValue number -> ((PVDouble) field).put(number.value());
      case Value.LongValue number -> ((PVLong) field).put(number.value());
      case Value.TextValue text -> ((PVString) field).put(WireText.of(text.value()));
      case Value.ChoiceValue choice -> ((PVString) field).put(WireText.of(choice.label()));
      case DoubleArrayValue array -> WireValues.write(array, (PVDoubleArray) field);
      case HistogramValue histogram -> throw new IllegalArgumentException(path);
    }
  }

  /** The arguments of a request; empty when it is none that is understood. */
  static Optional<Map<String, Value>> arguments(PVStructure request) {
    Map<String, Value> arguments = new LinkedHashMap<>();
    if (!(request.getSubField("query") instanceof PVStructure query)) {
      return Optional.of(arguments);
    }
    for (PVField field : query.getPVFields()) {
      Optional<Value> value = valueOf(field);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      arguments.put(field.getFieldName(), value.get());
    }
    return Optional.of(arguments);
  }

  private static Optional<Value> valueOf(PVField field) {
    return switch (field) {
      case PVScalar scalar -> Optional.of(WireValues.scalarOf(scalar));
      case PVScalarArray array when array.getScalarArray().getElementType().isNumeric() ->
          Optional.of(WireValues.arrayOf(array));
      default -> Optional.empty();
    };
  }

  /** The answer of a service as a structure. */
  static PVStructure encode(CallReply.Answer answer) {
    return switch (answer) {
      case CallReply.Answer.Scalar(Value value) -> scalar(value);
      case CallReply.Answer.Table(PvTable table) -> table(table);
    };
  }

  private static PVStructure scalar(Value value) {
    FieldBuilder builder =
        FieldFactory.getFieldCreate()
            .createFieldBuilder()
            .setId(
                value instanceof DoubleArrayValue
                    ? "epics:nt/NTScalarArray:1.0"
                    : "epics:nt/NTScalar:1.0");
    addField(builder, "value", value);
    PVStructure structure =
        PVDataFactory.getPVDataCreate().createPVStructure(builder.createStructure());
    put(structure, "value", value);
    return structure;
  }

  private static PVStructure table(PvTable table) {
    FieldBuilder builder =
        FieldFactory.getFieldCreate()
            .createFieldBuilder()
            .setId(TableFields.ID)
            .addArray("labels", ScalarType.pvString)
            .addNestedStructure("value");
    for (PvTable.Column column : table.columns()) {
      builder.addArray(
          column.name(),
          column instanceof PvTable.Numbers ? ScalarType.pvDouble : ScalarType.pvString);
    }
    PVStructure structure =
        PVDataFactory.getPVDataCreate().createPVStructure(builder.endNested().createStructure());
    texts(structure, "labels", table.columns().stream().map(PvTable.Column::name).toList());
    for (PvTable.Column column : table.columns()) {
      String path = "value." + column.name();
      switch (column) {
        case PvTable.Numbers numbers -> put(structure, path, numbers.values());
        case PvTable.Texts texts -> texts(structure, path, texts.values());
      }
    }
    return structure;
  }

  private static void texts(PVStructure target, String path, List<String> texts) {
    String[] padded = texts.stream().map(WireText::of).toArray(String[]::new);
    target.getSubField(PVStringArray.class, path).put(0, padded.length, padded, 0);
  }

  /** A structure as an answer; empty when it is neither one value nor a table. */
  static Optional<CallReply> answer(PVStructure from) {
    PVField value = from.getSubField("value");
    if (value instanceof PVStructure columns) {
      return columns(columns).map(found -> CallReply.of(new PvTable(found)));
    }
    return value == null ? Optional.empty() : valueOf(value).map(CallReply::of);
  }

  private static Optional<List<PvTable.Column>> columns(PVStructure from) {
    List<PvTable.Column> columns = new ArrayList<>();
    for (PVField field : from.getPVFields()) {
      if (!(field instanceof PVScalarArray array)) {
        return Optional.empty();
      }
      if (array instanceof PVStringArray texts) {
        StringArrayData data = new StringArrayData();
        int length = texts.get(0, texts.getLength(), data);
        columns.add(
            new PvTable.Texts(
                field.getFieldName(),
                List.of(data.data).subList(data.offset, data.offset + length)));
      } else if (array.getScalarArray().getElementType().isNumeric()) {
        columns.add(new PvTable.Numbers(field.getFieldName(), WireValues.arrayOf(array)));
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
