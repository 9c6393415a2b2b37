package org.orrery.epics.pvaccess;

import java.util.Optional;
import org.epics.nt.NTNDArray;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.PVDataCreate;
import org.epics.pvdata.pv.PVDoubleArray;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVLong;
import org.epics.pvdata.pv.PVScalarArray;
import org.epics.pvdata.pv.PVString;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVStructureArray;
import org.epics.pvdata.pv.PVUnion;
import org.epics.pvdata.pv.ScalarType;
import org.epics.pvdata.pv.Structure;
import org.epics.pvdata.pv.StructureArrayData;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.epics.PvGrid;
import org.orrery.epics.WireNames;

/**
 * A map as NTNDArray, which every image widget shows as it is: dimension 0 runs along a row. The
 * bin edges travel in the attributes {@code xEdges} and {@code yEdges}. Not thread-safe.
 */
final class ImageFields {
  private static final PVDataCreate DATA = PVDataFactory.getPVDataCreate();

  /** Not with the library's {@code addDisplay}: that adds a time stamp under this name. */
  private static final Structure STRUCTURE =
      NTNDArray.createBuilder()
          .addDescriptor()
          .addAlarm()
          .addTimeStamp()
          .add("display", NtStructures.display())
          .createStructure();

  private static final String X_EDGES = WireNames.X_EDGES;
  private static final String Y_EDGES = WireNames.Y_EDGES;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final @Nullable PVLong dataSeconds;
  private final @Nullable PVInt dataNanoseconds;
  private final @Nullable PVInt uniqueId;

  ImageFields(PVStructure selected) {
    this.dataSeconds = selected.getSubField(PVLong.class, "dataTimeStamp.secondsPastEpoch");
    this.dataNanoseconds = selected.getSubField(PVInt.class, "dataTimeStamp.nanoseconds");
    this.uniqueId = selected.getSubField(PVInt.class, "uniqueId");
  }

  static Structure structure() {
    return STRUCTURE;
  }

  /** Writes the time of the data; the id of an image is its second. */
  void writeTime(long timeNs) {
    long seconds = Math.floorDiv(timeNs, NANOS_PER_SECOND);
    if (dataSeconds != null) {
      dataSeconds.put(seconds);
    }
    if (dataNanoseconds != null) {
      dataNanoseconds.put((int) Math.floorMod(timeNs, NANOS_PER_SECOND));
    }
    if (uniqueId != null) {
      uniqueId.put((int) seconds);
    }
  }

  /** Sets the bits of what {@link #writeTime} writes. */
  void markTime(BitSet bits) {
    if (dataSeconds != null) {
      bits.set(dataSeconds.getFieldOffset());
    }
    if (dataNanoseconds != null) {
      bits.set(dataNanoseconds.getFieldOffset());
    }
    if (uniqueId != null) {
      bits.set(uniqueId.getFieldOffset());
    }
  }

  /** Writes what does not change: sizes and edges. */
  static void fillDescription(PVStructure target, PvGrid grid) {
    long bytes = (long) grid.nx() * grid.ny() * Double.BYTES;
    putLong(target, "compressedSize", bytes);
    putLong(target, "uncompressedSize", bytes);
    PVStructureArray dimension = target.getSubField(PVStructureArray.class, "dimension");
    if (dimension != null) {
      Structure type = dimension.getStructureArray().getStructure();
      PVStructure[] sizes = {size(type, grid.nx()), size(type, grid.ny())};
      dimension.put(0, sizes.length, sizes, 0);
    }
    PVStructureArray attributes = target.getSubField(PVStructureArray.class, "attribute");
    if (attributes != null) {
      Structure type = attributes.getStructureArray().getStructure();
      PVStructure[] edges = {
        attribute(type, X_EDGES, grid.xEdges()), attribute(type, Y_EDGES, grid.yEdges())
      };
      attributes.put(0, edges.length, edges, 0);
    }
  }

  private static void putLong(PVStructure target, String name, long value) {
    PVLong field = target.getSubField(PVLong.class, name);
    if (field != null) {
      field.put(value);
    }
  }

  private static PVStructure size(Structure type, int size) {
    PVStructure dimension = DATA.createPVStructure(type);
    putInt(dimension, "size", size);
    putInt(dimension, "fullSize", size);
    putInt(dimension, "binning", 1);
    return dimension;
  }

  private static void putInt(PVStructure target, String name, int value) {
    PVInt field = target.getSubField(PVInt.class, name);
    if (field != null) {
      field.put(value);
    }
  }

  private static PVStructure attribute(Structure type, String name, DoubleArrayValue edges) {
    PVStructure attribute = DATA.createPVStructure(type);
    PVString nameField = attribute.getSubField(PVString.class, "name");
    PVUnion value = attribute.getSubField(PVUnion.class, "value");
    if (nameField != null && value != null) {
      PVDoubleArray array = (PVDoubleArray) DATA.createPVScalarArray(ScalarType.pvDouble);
      WireValues.write(edges, array);
      nameField.put(name);
      value.set(array);
    }
    return attribute;
  }

  /** Writes the contents. */
  static void write(PVUnion value, DoubleArrayValue contents) {
    WireValues.write(contents, value.select(PVDoubleArray.class, "doubleValue"));
  }

  /** The numbers in an image's value; empty when it holds none. */
  static Optional<PVScalarArray> arrayIn(PVUnion value) {
    return value.get() instanceof PVScalarArray array
            && array.getScalarArray().getElementType().isNumeric()
        ? Optional.of(array)
        : Optional.empty();
  }

  /**
   * The axes of an image of two dimensions; bins are counted where it states no edges. Empty for
   * every other PV, and where the sizes do not fit the contents.
   */
  static Optional<PvGrid> grid(PVStructure from) {
    PVStructureArray dimension = from.getSubField(PVStructureArray.class, "dimension");
    if (dimension == null
        || dimension.getLength() != 2
        || !(from.getSubField("value") instanceof PVUnion value)
        || arrayIn(value).isEmpty()) {
      return Optional.empty();
    }
    StructureArrayData data = new StructureArrayData();
    dimension.get(0, 2, data);
    int nx = sizeOf(data.data[data.offset]);
    int ny = sizeOf(data.data[data.offset + 1]);
    // What a stranger states of its size must not decide how much memory is taken.
    return nx < 1 || ny < 1 || (long) nx * ny != arrayIn(value).get().getLength()
        ? Optional.empty()
        : Optional.of(new PvGrid(edges(from, X_EDGES, nx), edges(from, Y_EDGES, ny)));
  }

  private static int sizeOf(@Nullable PVStructure dimension) {
    PVInt size = dimension == null ? null : dimension.getSubField(PVInt.class, "size");
    return size == null ? 0 : size.get();
  }

  private static DoubleArrayValue edges(PVStructure from, String name, int bins) {
    PVStructureArray attributes = from.getSubField(PVStructureArray.class, "attribute");
    int count = attributes == null ? 0 : attributes.getLength();
    StructureArrayData data = new StructureArrayData();
    for (int i = 0; i < count && attributes != null; i++) {
      attributes.get(i, 1, data);
      PVStructure attribute = data.data[data.offset];
      if (attribute != null
          && attribute.getSubField("name") instanceof PVString text
          && text.get().equals(name)
          && attribute.getSubField("value") instanceof PVUnion value
          && arrayIn(value).filter(array -> array.getLength() == bins + 1).isPresent()) {
        return WireValues.arrayOf(arrayIn(value).get());
      }
    }
    double[] counted = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      counted[i] = i;
    }
    return DoubleArrayValue.of(counted);
  }
}
