package org.orrery.epics.pvaccess;

import java.util.OptionalDouble;
import org.epics.pvdata.factory.FieldFactory;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.pv.FieldBuilder;
import org.epics.pvdata.pv.FieldCreate;
import org.epics.pvdata.pv.PVBoolean;
import org.epics.pvdata.pv.PVDouble;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVLong;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStringArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.ScalarType;
import org.epics.pvdata.pv.Structure;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;

/**
 * The EPICS normative types that PVs are served as: NTScalar, NTScalarArray and NTEnum, each with
 * alarm, timeStamp and display, and with control and valueAlarm for numbers; histograms are served
 * as NTTable ({@link TableFields}), maps as NTNDArray ({@link ImageFields}). Stateless.
 *
 * <p>Source: EPICS V4 Normative Types, 16 March 2015, sections 3 and 4.
 */
final class NtStructures {
  private static final FieldCreate FIELDS = FieldFactory.getFieldCreate();

  private NtStructures() {}

  /** The structure of a PV with this description. */
  static Structure structureOf(PvMetadata metadata) {
    if (metadata.grid().isPresent()) {
      return ImageFields.structure();
    }
    FieldBuilder builder = FIELDS.createFieldBuilder();
    return switch (metadata.kind()) {
      case DOUBLE -> number(builder, ScalarType.pvDouble);
      case LONG -> number(builder, ScalarType.pvLong);
      case TEXT ->
          common(builder.setId("epics:nt/NTScalar:1.0").add("value", ScalarType.pvString), false)
              .createStructure();
      case CHOICE ->
          common(
                  builder
                      .setId("epics:nt/NTEnum:1.0")
                      .addNestedStructure("value")
                      .setId("enum_t")
                      .add("index", ScalarType.pvInt)
                      .addArray("choices", ScalarType.pvString)
                      .endNested(),
                  false)
              .createStructure();
      case DOUBLE_ARRAY ->
          common(
                  builder
                      .setId("epics:nt/NTScalarArray:1.0")
                      .addArray("value", ScalarType.pvDouble),
                  true)
              .createStructure();
      case HISTOGRAM -> common(TableFields.begin(builder), false).createStructure();
    };
  }

  private static Structure number(FieldBuilder builder, ScalarType type) {
    return common(builder.setId("epics:nt/NTScalar:1.0").add("value", type), true)
        .addNestedStructure("control")
        .setId("control_t")
        .add("limitLow", ScalarType.pvDouble)
        .add("limitHigh", ScalarType.pvDouble)
        .add("minStep", ScalarType.pvDouble)
        .endNested()
        .addNestedStructure("valueAlarm")
        .setId("valueAlarm_t")
        .add("active", ScalarType.pvBoolean)
        .add("lowAlarmLimit", type)
        .add("lowWarningLimit", type)
        .add("highWarningLimit", type)
        .add("highAlarmLimit", type)
        .add("lowAlarmSeverity", ScalarType.pvInt)
        .add("lowWarningSeverity", ScalarType.pvInt)
        .add("highWarningSeverity", ScalarType.pvInt)
        .add("highAlarmSeverity", ScalarType.pvInt)
        .add("hysteresis", ScalarType.pvByte)
        .endNested()
        .createStructure();
  }

  private static FieldBuilder common(FieldBuilder builder, boolean limits) {
    FieldBuilder display =
        builder
            .addNestedStructure("alarm")
            .setId("alarm_t")
            .add("severity", ScalarType.pvInt)
            .add("status", ScalarType.pvInt)
            .add("message", ScalarType.pvString)
            .endNested()
            .addNestedStructure("timeStamp")
            .setId("time_t")
            .add("secondsPastEpoch", ScalarType.pvLong)
            .add("nanoseconds", ScalarType.pvInt)
            .add("userTag", ScalarType.pvInt)
            .endNested()
            .addNestedStructure("display")
            .setId("display_t");
    if (limits) {
      display = display.add("limitLow", ScalarType.pvDouble).add("limitHigh", ScalarType.pvDouble);
    }
    return display
        .add("description", ScalarType.pvString)
        .add("units", ScalarType.pvString)
        .endNested();
  }

  /** The structure that describes a number, for types that are built elsewhere. */
  static Structure display() {
    return FIELDS
        .createFieldBuilder()
        .setId("display_t")
        .add("limitLow", ScalarType.pvDouble)
        .add("limitHigh", ScalarType.pvDouble)
        .add("description", ScalarType.pvString)
        .add("format", ScalarType.pvString)
        .add("units", ScalarType.pvString)
        .createStructure();
  }

  /** A structure with the description filled in and no state. */
  static PVStructure describe(PvMetadata metadata) {
    PVStructure target = PVDataFactory.getPVDataCreate().createPVStructure(structureOf(metadata));
    fillDescription(target, metadata);
    return target;
  }

  /** Writes the unchanging fields into a structure, or into a selection of one. */
  static void fillDescription(PVStructure target, PvMetadata metadata) {
    putText(target, "display.description", metadata.description());
    putText(target, "descriptor", metadata.description());
    putText(target, "display.units", metadata.egu());
    putNumber(target, "display.limitLow", metadata.display().low());
    putNumber(target, "display.limitHigh", metadata.display().high());
    putNumber(target, "control.limitLow", metadata.control().low());
    putNumber(target, "control.limitHigh", metadata.control().high());
    if (metadata.kind() == ValueKind.CHOICE) {
      PVStringArray choices = target.getSubField(PVStringArray.class, "value.choices");
      if (choices != null) {
        String[] labels = metadata.choices().stream().map(WireText::of).toArray(String[]::new);
        choices.put(0, labels.length, labels, 0);
      }
    }
    if (metadata.kind() == ValueKind.HISTOGRAM) {
      TableFields.fillLabels(target);
    }
    metadata.grid().ifPresent(grid -> ImageFields.fillDescription(target, grid));
    fillAlarmLimits(target, metadata.alarm());
  }

  private static void fillAlarmLimits(PVStructure target, Limits limits) {
    var active = target.getSubField(PVBoolean.class, "valueAlarm.active");
    if (active != null) {
      active.put(!limits.equals(Limits.NONE));
    }
    fillLimit(target, "lowAlarm", limits.lolo(), 2);
    fillLimit(target, "lowWarning", limits.low(), 1);
    fillLimit(target, "highWarning", limits.high(), 1);
    fillLimit(target, "highAlarm", limits.hihi(), 2);
  }

  private static void fillLimit(
      PVStructure target, String name, OptionalDouble limit, int severity) {
    String path = "valueAlarm." + name;
    if (limit.isPresent()) {
      putNumber(target, path + "Limit", limit.getAsDouble());
    } else {
      putNumber(target, path + "Limit", Double.NaN);
    }
    PVInt severityField = target.getSubField(PVInt.class, path + "Severity");
    if (severityField != null) {
      severityField.put(limit.isPresent() ? severity : 0);
    }
  }

  private static void putText(PVStructure target, String path, String text) {
    PVString field = target.getSubField(PVString.class, path);
    if (field != null) {
      field.put(WireText.of(text));
    }
  }

  private static void putNumber(PVStructure target, String path, double number) {
    PVDouble field = target.getSubField(PVDouble.class, path);
    if (field != null) {
      field.put(number);
      return;
    }
    PVLong whole = target.getSubField(PVLong.class, path);
    if (whole != null && !Double.isNaN(number)) {
      whole.put(Math.round(number));
    }
  }
}
