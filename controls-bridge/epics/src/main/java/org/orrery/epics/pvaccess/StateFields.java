package org.orrery.epics.pvaccess;

import java.util.List;
import java.util.Optional;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.PVDouble;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVLong;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVUnion;
import org.epics.pvdata.pv.Structure;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.server.PvState;

/**
 * A structure for the wire, for one client's selection of fields, with handles on the fields that
 * change. Not thread-safe: each request of a client has its own, used by that connection's send
 * thread only.
 */
final class StateFields {
  /** Groups of fields that change together; a set of them is their sum. */
  static final int VALUE = 1;

  static final int ALARM = 2;
  static final int TIME = 4;
  static final int DESCRIPTION = 8;
  static final int ALL = 15;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final PVStructure structure;
  private final List<PVField> description;
  private PvMetadata metadata;
  private final @Nullable PVField value;
  private final @Nullable PVInt severity;
  private final @Nullable PVInt status;
  private final @Nullable PVString message;
  private final @Nullable PVLong seconds;
  private final @Nullable PVInt nanoseconds;
  private final @Nullable ImageFields image;

  StateFields(Structure selected, PvMetadata metadata) {
    this.structure = PVDataFactory.getPVDataCreate().createPVStructure(selected);
    this.metadata = metadata;
    NtStructures.fillDescription(structure, metadata);
    this.description = DescriptionBits.fieldsOf(structure);
    this.value = structure.getSubField(valuePath(metadata));
    this.severity = structure.getSubField(PVInt.class, "alarm.severity");
    this.status = structure.getSubField(PVInt.class, "alarm.status");
    this.message = structure.getSubField(PVString.class, "alarm.message");
    this.seconds = structure.getSubField(PVLong.class, "timeStamp.secondsPastEpoch");
    this.nanoseconds = structure.getSubField(PVInt.class, "timeStamp.nanoseconds");
    this.image = metadata.grid().isPresent() ? new ImageFields(structure) : null;
  }

  private static String valuePath(PvMetadata metadata) {
    return switch (metadata.kind()) {
      case CHOICE -> "value.index";
      case DOUBLE, LONG, TEXT, DOUBLE_ARRAY, HISTOGRAM -> "value";
    };
  }

  PVStructure structure() {
    return structure;
  }

  /** Writes a description into the structure, of the same kind. */
  void describe(PvMetadata next) {
    if (!next.equals(metadata)) {
      metadata = next;
      NtStructures.fillDescription(structure, next);
    }
  }

  /** Writes a state into the structure. */
  void write(PvState state) {
    if (value != null) {
      writeValue(value, state.value());
    }
    if (severity != null) {
      severity.put(state.severity().ordinal());
    }
    if (status != null) {
      status.put(state.status());
    }
    if (message != null) {
      message.put(WireText.of(state.message()));
    }
    if (seconds != null) {
      seconds.put(Math.floorDiv(state.timeNs(), NANOS_PER_SECOND));
    }
    if (nanoseconds != null) {
      nanoseconds.put((int) Math.floorMod(state.timeNs(), NANOS_PER_SECOND));
    }
    if (image != null) {
      image.writeTime(state.timeNs());
    }
  }

  private static void writeValue(PVField field, Value value) {
    switch (value) {
      case Value.DoubleValue number -> ((PVDouble) field).put(number.value());
      case Value.LongValue number -> ((PVLong) field).put(number.value());
      case Value.TextValue text -> ((PVString) field).put(WireText.of(text.value()));
      case Value.ChoiceValue choice -> ((PVInt) field).put(choice.index());
      case DoubleArrayValue array when field instanceof PVUnion union ->
          ImageFields.write(union, array);
      case DoubleArrayValue array -> WireValues.write(array, (PVDoubleArray) field);
      case HistogramValue histogram -> TableFields.write(histogram, (PVStructure) field);
    }
  }

  /** Sets the bits of the fields in these groups. */
  void mark(int groups, BitSet bits) {
    if ((groups & VALUE) != 0) {
      mark(value, bits);
    }
    if ((groups & ALARM) != 0) {
      mark(severity, bits);
      mark(status, bits);
      mark(message, bits);
    }
    if ((groups & DESCRIPTION) != 0) {
      description.forEach(field -> mark(field, bits));
    }
    if ((groups & TIME) != 0) {
      mark(seconds, bits);
      mark(nanoseconds, bits);
      if (image != null) {
        image.markTime(bits);
      }
    }
  }

  private static void mark(@Nullable PVField field, BitSet bits) {
    if (field != null) {
      bits.set(field.getFieldOffset());
    }
  }

  /**
   * The value that a client's put carries, taken from a structure of the same selection.
   *
   * @param bits the fields that the client wrote
   * @return empty when the value is not among them
   */
  Optional<Value> valueIn(PVStructure put, BitSet bits) {
    PVField field = put.getSubField(valuePath(metadata));
    if (field == null || !isWritten(field, bits)) {
      return Optional.empty();
    }
    return switch (field) {
      case PVDouble number -> Optional.of(new Value.DoubleValue(number.get()));
      case PVLong number -> Optional.of(new Value.LongValue(number.get()));
      case PVString text -> Optional.of(new Value.TextValue(text.get()));
      case PVInt index -> Optional.of(new Value.ChoiceValue(index.get(), label(index.get())));
      case PVDoubleArray array -> Optional.of(WireValues.arrayOf(array));
      default -> Optional.empty();
    };
  }

  private String label(int index) {
    return index >= 0 && index < metadata.choices().size() ? metadata.choices().get(index) : "";
  }

  private static boolean isWritten(PVField field, BitSet bits) {
    for (PVField at = field; at != null; at = at.getParent()) {
      if (bits.get(at.getFieldOffset())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the selection holds the value at all. */
  boolean hasValue() {
    return value != null;
  }
}
