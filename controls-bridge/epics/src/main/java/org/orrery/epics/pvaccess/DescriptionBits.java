package org.orrery.epics.pvaccess;

import java.util.List;
import java.util.stream.Stream;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVStructure;

/**
 * Which fields of a structure describe a PV and do not change with its state. Immutable; the set is
 * only read.
 */
final class DescriptionBits {
  /** Of a structure that is not known yet. */
  static final DescriptionBits NONE = new DescriptionBits(new BitSet(1));

  private static final List<String> FIELDS =
      List.of("display", "control", "valueAlarm", "value.choices", "dimension", "attribute");

  private final BitSet bits;

  private DescriptionBits(BitSet bits) {
    this.bits = bits;
  }

  /** Those of them that the structure has. */
  static List<PVField> fieldsOf(PVStructure structure) {
    return FIELDS.stream().flatMap(path -> Stream.ofNullable(structure.getSubField(path))).toList();
  }

  /**
   * Their bits, with those of everything in them, and of all that they are in: a server may mark a
   * whole by its own bit.
   */
  static DescriptionBits of(PVStructure structure) {
    BitSet bits = new BitSet(structure.getNumberFields());
    for (PVField field : fieldsOf(structure)) {
      for (int i = field.getFieldOffset(); i < field.getNextFieldOffset(); i++) {
        bits.set(i);
      }
      for (PVField at = field.getParent(); at != null; at = at.getParent()) {
        bits.set(at.getFieldOffset());
      }
    }
    return new DescriptionBits(bits);
  }

  /** Whether an update with these changes may have brought another description. */
  boolean areIn(BitSet changed) {
    return bits.intersects(changed);
  }
}
