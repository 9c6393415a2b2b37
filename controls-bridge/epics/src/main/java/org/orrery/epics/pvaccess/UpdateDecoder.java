package org.orrery.epics.pvaccess;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.epics.pvdata.factory.ConvertFactory;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.PVBoolean;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVScalar;
import org.epics.pvdata.pv.PVScalarArray;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStringArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVUnion;
import org.epics.pvdata.pv.StringArrayData;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.Range;

/**
 * Reads metadata and updates out of the wire's structures. Fields that a server leaves out read as
 * "not stated". Keeps no reference to the structure. Stateless.
 */
final class UpdateDecoder {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Severity[] SEVERITIES = Severity.values();

  private UpdateDecoder() {}

  /** The metadata; empty when the PV's value is of a kind that Orrery does not read. */
  static Optional<PvMetadata> metadata(PVStructure from) {
    PVField value = from.getSubField("value");
    if (value == null) {
      return Optional.empty();
    }
    return WireValues.kindOf(value)
        .map(
            kind ->
                new PvMetadata(
                    kind,
                    text(from, "display.units"),
                    text(from, "display.description"),
                    range(from, "display"),
                    range(from, "control"),
                    alarmLimits(from),
                    choices(from),
                    ImageFields.grid(from)));
  }

  /**
   * One update.
   *
   * @param metadata of the same PV
   * @param snapshot whether the server sent it as the full state
   * @param overrun fields that changed more often than they were sent
   */
  static PvUpdate update(PVStructure from, PvMetadata metadata, boolean snapshot, BitSet overrun) {
    return new PvUpdate(
        value(from, metadata),
        severity(integer(from, "alarm.severity")),
        integer(from, "alarm.status"),
        text(from, "alarm.message"),
        timeNs(from),
        snapshot,
        overrun.isEmpty() ? 0 : 1);
  }

  private static Value value(PVStructure from, PvMetadata metadata) {
    PVField field = from.getSubField("value");
    return switch (field) {
      case PVScalar scalar -> WireValues.scalarOf(scalar);
      case PVScalarArray array -> WireValues.arrayOf(array);
      case PVUnion union ->
          ImageFields.arrayIn(union).map(WireValues::arrayOf).orElse(DoubleArrayValue.of());
      case PVStructure table when metadata.kind() == ValueKind.HISTOGRAM -> TableFields.read(table);
      case null, default -> choice(integer(from, "value.index"), metadata, from);
    };
  }

  private static Value choice(int index, PvMetadata metadata, PVStructure from) {
    List<String> labels = metadata.choices();
    String label =
        index >= 0 && index < labels.size() ? labels.get(index) : Integer.toString(index);
    return new Value.ChoiceValue(index, label);
  }

  private static Severity severity(int code) {
    return code >= 0 && code < SEVERITIES.length ? SEVERITIES[code] : Severity.INVALID;
  }

  private static long timeNs(PVStructure from) {
    long seconds = 0;
    PVScalar field = from.getSubField(PVScalar.class, "timeStamp.secondsPastEpoch");
    if (field != null) {
      seconds = ConvertFactory.getConvert().toLong(field);
    }
    return seconds * NANOS_PER_SECOND + integer(from, "timeStamp.nanoseconds");
  }

  private static Range range(PVStructure from, String group) {
    OptionalDouble low = number(from, group + ".limitLow");
    OptionalDouble high = number(from, group + ".limitHigh");
    return low.isPresent() && high.isPresent()
        ? new Range(low.getAsDouble(), high.getAsDouble())
        : Range.NONE;
  }

  private static Limits alarmLimits(PVStructure from) {
    PVBoolean active = from.getSubField(PVBoolean.class, "valueAlarm.active");
    if (active == null || !active.get()) {
      return Limits.NONE;
    }
    try {
      return new Limits(
          limit(from, "lowAlarm"),
          limit(from, "lowWarning"),
          limit(from, "highWarning"),
          limit(from, "highAlarm"));
    } catch (IllegalArgumentException contradictory) {
      return Limits.NONE;
    }
  }

  private static OptionalDouble limit(PVStructure from, String name) {
    if (integer(from, "valueAlarm." + name + "Severity") == 0) {
      return OptionalDouble.empty();
    }
    OptionalDouble limit = number(from, "valueAlarm." + name + "Limit");
    return limit.isPresent() && Double.isNaN(limit.getAsDouble()) ? OptionalDouble.empty() : limit;
  }

  private static List<String> choices(PVStructure from) {
    PVStringArray field = from.getSubField(PVStringArray.class, "value.choices");
    if (field == null) {
      return List.of();
    }
    StringArrayData data = new StringArrayData();
    int length = field.get(0, field.getLength(), data);
    return List.of(data.data).subList(data.offset, data.offset + length);
  }

  private static OptionalDouble number(PVStructure from, String path) {
    PVScalar field = scalar(from, path);
    return field == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(ConvertFactory.getConvert().toDouble(field));
  }

  private static int integer(PVStructure from, String path) {
    PVInt field = from.getSubField(PVInt.class, path);
    return field == null ? 0 : field.get();
  }

  private static String text(PVStructure from, String path) {
    PVString field = from.getSubField(PVString.class, path);
    return field == null || field.get() == null ? "" : field.get();
  }

  private static @Nullable PVScalar scalar(PVStructure from, String path) {
    return from.getSubField(PVScalar.class, path);
  }
}
