package org.orrery.epics.corepva;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.epics.pva.data.PVABool;
import org.epics.pva.data.PVAData;
import org.epics.pva.data.PVANumber;
import org.epics.pva.data.PVAString;
import org.epics.pva.data.PVAStructure;
import org.epics.pva.data.PVAStructureArray;
import org.epics.pva.data.PVAUnion;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvGrid;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.Range;
import org.orrery.epics.WireNames;

/**
 * Reads metadata and updates out of the wire's structures. Fields that a server leaves out read as
 * "not stated". Keeps no reference to the structure. Stateless.
 */
final class UpdateDecoder {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Severity[] SEVERITIES = Severity.values();

  private UpdateDecoder() {}

  /** The metadata; empty when the PV's value is of a kind that Orrery does not read. */
  static Optional<PvMetadata> metadata(PVAStructure from) {
    return WireValues.kindOf(from.get("value"))
        .map(
            kind ->
                new PvMetadata(
                    kind,
                    text(from, "display.units"),
                    text(from, "display.description"),
                    range(from, "display"),
                    range(from, "control"),
                    alarmLimits(from),
                    kind == ValueKind.CHOICE
                        ? WireValues.texts(WireValues.at(from, "value.choices"))
                        : List.of(),
                    kind == ValueKind.DOUBLE_ARRAY ? grid(from) : Optional.empty()));
  }

  /**
   * One update.
   *
   * @param metadata of the same PV
   * @param snapshot whether it is the full state that opens a subscription, or was asked for
   * @param overrun whether fields changed more often than they were sent
   */
  static PvUpdate update(
      PVAStructure from, PvMetadata metadata, boolean snapshot, boolean overrun) {
    return new PvUpdate(
        value(from, metadata),
        severity(integer(from, "alarm.severity")),
        integer(from, "alarm.status"),
        text(from, "alarm.message"),
        timeNs(from),
        snapshot,
        overrun ? 1 : 0);
  }

  /** The source time of a state, ns since the epoch. */
  static long timeNs(PVAStructure from) {
    return whole(from, "timeStamp.secondsPastEpoch") * NANOS_PER_SECOND
        + integer(from, "timeStamp.nanoseconds");
  }

  private static Value value(PVAStructure from, PvMetadata metadata) {
    PVAData field = from.get("value");
    return switch (field) {
      case PVAUnion union ->
          DoubleArrayValue.of(WireValues.numbers(union.get()).orElseGet(() -> new double[0]));
      case PVAStructure table when metadata.kind() == ValueKind.HISTOGRAM ->
          WireValues.histogram(table);
      case PVAStructure choice -> choice(integer(from, "value.index"), metadata);
      case null -> DoubleArrayValue.of();
      default -> WireValues.valueOf(field).orElseGet(DoubleArrayValue::of);
    };
  }

  private static Value choice(int index, PvMetadata metadata) {
    List<String> labels = metadata.choices();
    String label =
        index >= 0 && index < labels.size() ? labels.get(index) : Integer.toString(index);
    return new Value.ChoiceValue(index, label);
  }

  private static Severity severity(int code) {
    return code >= 0 && code < SEVERITIES.length ? SEVERITIES[code] : Severity.INVALID;
  }

  private static Range range(PVAStructure from, String group) {
    OptionalDouble low = number(from, group + ".limitLow");
    OptionalDouble high = number(from, group + ".limitHigh");
    return low.isPresent() && high.isPresent()
        ? new Range(low.getAsDouble(), high.getAsDouble())
        : Range.NONE;
  }

  private static Limits alarmLimits(PVAStructure from) {
    if (!(WireValues.at(from, "valueAlarm.active") instanceof PVABool active) || !active.get()) {
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

  private static OptionalDouble limit(PVAStructure from, String name) {
    if (integer(from, "valueAlarm." + name + "Severity") == 0) {
      return OptionalDouble.empty();
    }
    OptionalDouble limit = number(from, "valueAlarm." + name + "Limit");
    return limit.isPresent() && Double.isNaN(limit.getAsDouble()) ? OptionalDouble.empty() : limit;
  }

  /** The axes of an image of two dimensions; bins are counted where it states no edges. */
  private static Optional<PvGrid> grid(PVAStructure from) {
    if (!(from.get("value") instanceof PVAUnion value)
        || !(from.get("dimension") instanceof PVAStructureArray dimension)
        || dimension.get().length != 2) {
      return Optional.empty();
    }
    int nx = size(dimension.get()[0]);
    int ny = size(dimension.get()[1]);
    Optional<double[]> contents = WireValues.numbers(value.get());
    // What a stranger states of its size must not decide how much memory is taken.
    return nx < 1 || ny < 1 || contents.isEmpty() || (long) nx * ny != contents.get().length
        ? Optional.empty()
        : Optional.of(
            new PvGrid(edges(from, WireNames.X_EDGES, nx), edges(from, WireNames.Y_EDGES, ny)));
  }

  private static int size(@Nullable PVAStructure dimension) {
    return dimension == null ? 0 : integer(dimension, "size");
  }

  private static DoubleArrayValue edges(PVAStructure from, String name, int bins) {
    if (from.get("attribute") instanceof PVAStructureArray attributes) {
      for (PVAStructure attribute : attributes.get()) {
        if (attribute != null && text(attribute, "name").equals(name)) {
          Optional<double[]> stated = WireValues.numbers(attribute.get("value"));
          if (stated.isPresent() && stated.get().length == bins + 1) {
            return DoubleArrayValue.of(stated.get());
          }
        }
      }
    }
    double[] counted = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      counted[i] = i;
    }
    return DoubleArrayValue.of(counted);
  }

  private static OptionalDouble number(PVAStructure from, String path) {
    return WireValues.at(from, path) instanceof PVANumber number
        ? OptionalDouble.of(number.getNumber().doubleValue())
        : OptionalDouble.empty();
  }

  private static int integer(PVAStructure from, String path) {
    return (int) whole(from, path);
  }

  private static long whole(PVAStructure from, String path) {
    return WireValues.at(from, path) instanceof PVANumber number ? WireValues.whole(number) : 0;
  }

  private static String text(PVAStructure from, String path) {
    return WireValues.at(from, path) instanceof PVAString text && text.get() != null
        ? text.get()
        : "";
  }
}
