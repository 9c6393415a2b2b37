package org.orrery.epics.pvaccess;

import org.epics.pvdata.pv.Array.ArraySizeType;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVScalarArray;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVUnion;

/**
 * Gives the memory of large arrays back. Stateless.
 *
 * <p>The library goes round a queue of structures and so would keep as many images of each
 * subscription as the queue is long. It fills one from the last state before it uses it again, so
 * that what an update was read from may be emptied.
 */
final class LargeFields {
  private static final int LARGE = 1024;

  private LargeFields() {}

  /** Empties all large arrays of a structure that was read. */
  static void drop(PVStructure read) {
    for (PVField field : read.getPVFields()) {
      switch (field) {
        case PVStructure nested -> drop(nested);
        case PVUnion union when union.get() instanceof PVScalarArray array && isLarge(array) ->
            union.select(PVUnion.UNDEFINED_INDEX);
        case PVScalarArray array when isLarge(array) -> {
          array.setLength(0);
          array.setCapacity(0);
        }
        default -> {}
      }
    }
  }

  private static boolean isLarge(PVScalarArray array) {
    return array.getCapacity() > LARGE
        && array.isCapacityMutable()
        && array.getArray().getArraySizeType() == ArraySizeType.variable;
  }
}
