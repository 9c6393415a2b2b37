package org.orrery.epics.channelaccess;

import gov.aps.jca.dbr.CTRL;
import gov.aps.jca.dbr.DBR;
import gov.aps.jca.dbr.DBRType;
import gov.aps.jca.dbr.LABELS;
import gov.aps.jca.dbr.TIME;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.Range;

/** Reads what the library brings. Stateless. */
final class DbrReader {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** A number that no alarm status has. */
  private static final int UNKNOWN = -1;

  private DbrReader() {}

  /**
   * The kind of value that a PV of this type carries. An array of characters is a text, as the
   * convention for long texts has it; arrays of texts and of choices are none.
   *
   * @param type the PV's own
   * @param count elements at most
   */
  static Optional<ValueKind> kind(DBRType type, int count) {
    if (type == DBRType.STRING || type == DBRType.ENUM) {
      return count == 1
          ? Optional.of(type == DBRType.STRING ? ValueKind.TEXT : ValueKind.CHOICE)
          : Optional.empty();
    }
    if (type == DBRType.BYTE && count > 1) {
      return Optional.of(ValueKind.TEXT);
    }
    if (type == DBRType.BYTE || type == DBRType.SHORT || type == DBRType.INT) {
      return Optional.of(count == 1 ? ValueKind.LONG : ValueKind.DOUBLE_ARRAY);
    }
    if (type == DBRType.FLOAT || type == DBRType.DOUBLE) {
      return Optional.of(count == 1 ? ValueKind.DOUBLE : ValueKind.DOUBLE_ARRAY);
    }
    return Optional.empty();
  }

  /**
   * In which type a PV's description is asked for; none where it has none. Limits are asked for as
   * doubles, which alone can say that a limit is not there.
   */
  static Optional<DBRType> descriptionType(ValueKind kind) {
    return switch (kind) {
      case TEXT -> Optional.empty();
      case CHOICE -> Optional.of(DBRType.CTRL_ENUM);
      case DOUBLE, LONG, DOUBLE_ARRAY, HISTOGRAM -> Optional.of(DBRType.CTRL_DOUBLE);
    };
  }

  /** In which type a PV's state is asked for: its own, with alarm and time. */
  static DBRType stateType(DBRType own) {
    if (own == DBRType.STRING) {
      return DBRType.TIME_STRING;
    }
    if (own == DBRType.ENUM) {
      return DBRType.TIME_ENUM;
    }
    if (own == DBRType.BYTE) {
      return DBRType.TIME_BYTE;
    }
    if (own == DBRType.SHORT) {
      return DBRType.TIME_SHORT;
    }
    if (own == DBRType.INT) {
      return DBRType.TIME_INT;
    }
    return own == DBRType.FLOAT ? DBRType.TIME_FLOAT : DBRType.TIME_DOUBLE;
  }

  /** Bytes of an array of this type. */
  static long bytes(DBRType type, int count) {
    int each =
        type == DBRType.STRING
            ? CaWire.STRING_BYTES
            : type == DBRType.BYTE
                ? Byte.BYTES
                : type == DBRType.SHORT || type == DBRType.ENUM
                    ? Short.BYTES
                    : type == DBRType.DOUBLE ? Double.BYTES : Integer.BYTES;
    return (long) each * count;
  }

  /** A PV that says nothing about itself. */
  static PvMetadata bareMetadata(ValueKind kind) {
    return new PvMetadata(kind, "", "", Range.NONE, Range.NONE, Limits.NONE, List.of());
  }

  /** What a PV says about itself. The protocol has no field for a description in words. */
  static PvMetadata metadata(ValueKind kind, DBR description) {
    if (description instanceof LABELS labels) {
      return new PvMetadata(
          kind, "", "", Range.NONE, Range.NONE, Limits.NONE, Arrays.asList(labels.getLabels()));
    }
    if (description instanceof CTRL control) {
      return new PvMetadata(
          kind,
          control.getUnits() == null ? "" : control.getUnits(),
          "",
          range(control.getLowerDispLimit(), control.getUpperDispLimit()),
          range(control.getLowerCtrlLimit(), control.getUpperCtrlLimit()),
          alarmLimits(control),
          List.of());
    }
    return bareMetadata(kind);
  }

  private static Range range(Number low, Number high) {
    Range range = new Range(low.doubleValue(), high.doubleValue());
    return Double.isNaN(range.low()) || Double.isNaN(range.high()) ? Range.NONE : range;
  }

  /** Four zeros are those of an IOC that cannot say that there are none. */
  private static Limits alarmLimits(CTRL control) {
    List<Number> limits =
        List.of(
            control.getLowerAlarmLimit(),
            control.getLowerWarningLimit(),
            control.getUpperWarningLimit(),
            control.getUpperAlarmLimit());
    if (limits.stream().allMatch(limit -> limit.doubleValue() == 0)) {
      return Limits.NONE;
    }
    try {
      return new Limits(
          limit(limits.get(0)), limit(limits.get(1)), limit(limits.get(2)), limit(limits.get(3)));
    } catch (IllegalArgumentException contradictory) {
      return Limits.NONE;
    }
  }

  private static OptionalDouble limit(Number limit) {
    double value = limit.doubleValue();
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * One state, which says nothing about what came before it: the protocol does not mark an update
   * that replaced others.
   *
   * @return empty when it holds no value: without an element, in a type that nobody asked for, or
   *     with an alarm that the library does not know, of which it tells nothing at all
   */
  static Optional<PvUpdate> update(@Nullable DBR state, PvMetadata metadata, boolean snapshot) {
    if (!(state instanceof TIME time) || !holds(metadata.kind(), state.getValue())) {
      return Optional.empty();
    }
    int status = time.getStatus().getValue();
    return Optional.of(
        new PvUpdate(
            value(state.getValue(), metadata),
            CaAlarms.severity(time.getSeverity().getValue()),
            CaAlarms.statusClass(status),
            CaAlarms.word(status),
            timeNs(time),
            snapshot,
            0));
  }

  /**
   * What stands for a state that holds no value: that one was lost, and that the value before it
   * cannot be relied on any longer.
   */
  static PvUpdate withoutValue(@Nullable DBR state, PvUpdate before) {
    return new PvUpdate(
        before.value(),
        Severity.INVALID,
        CaAlarms.UNDEFINED,
        CaAlarms.word(UNKNOWN),
        state instanceof TIME time ? timeNs(time) : before.timeNs(),
        false,
        1);
  }

  private static long timeNs(TIME time) {
    return (time.getTimeStamp().secPastEpoch() + CaWire.EPOCH_SECONDS) * NANOS_PER_SECOND
        + time.getTimeStamp().nsec();
  }

  /** Whether there is a value of the kind in there; an array and a long text may be empty. */
  private static boolean holds(ValueKind kind, Object elements) {
    return switch (kind) {
      case TEXT -> elements instanceof byte[] || (elements instanceof String[] t && t.length > 0);
      case CHOICE -> elements instanceof short[] indices && indices.length > 0;
      case LONG, DOUBLE -> !(elements instanceof String[]) && Array.getLength(elements) > 0;
      case DOUBLE_ARRAY, HISTOGRAM -> !(elements instanceof String[]);
    };
  }

  private static Value value(Object elements, PvMetadata metadata) {
    return switch (metadata.kind()) {
      case TEXT -> Value.of(text(elements));
      case CHOICE -> choice(Short.toUnsignedInt(((short[]) elements)[0]), metadata.choices());
      case LONG -> new Value.LongValue((long) numbers(elements)[0]);
      case DOUBLE -> Value.of(numbers(elements)[0]);
      case DOUBLE_ARRAY, HISTOGRAM -> DoubleArrayValue.of(numbers(elements));
    };
  }

  private static String text(Object elements) {
    return elements instanceof byte[] characters ? CaText.of(characters) : ((String[]) elements)[0];
  }

  private static Value choice(int index, List<String> labels) {
    String label = index < labels.size() ? labels.get(index) : Integer.toString(index);
    return new Value.ChoiceValue(index, label);
  }

  private static double[] numbers(Object elements) {
    return switch (elements) {
      case double[] doubles -> doubles;
      case float[] floats -> {
        double[] numbers = new double[floats.length];
        Arrays.setAll(numbers, i -> floats[i]);
        yield numbers;
      }
      case int[] ints -> Arrays.stream(ints).asDoubleStream().toArray();
      case short[] shorts -> {
        double[] numbers = new double[shorts.length];
        Arrays.setAll(numbers, i -> shorts[i]);
        yield numbers;
      }
      case byte[] bytes -> {
        double[] numbers = new double[bytes.length];
        Arrays.setAll(numbers, i -> bytes[i]);
        yield numbers;
      }
      default -> throw new IllegalArgumentException("not numbers: " + elements.getClass());
    };
  }
}
