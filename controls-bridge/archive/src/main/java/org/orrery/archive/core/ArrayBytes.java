package org.orrery.archive.core;

import java.nio.ByteBuffer;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;

/**
 * Arrays and histograms as bytes: doubles, big-endian. A histogram is its edges, then its contents,
 * which are one fewer. Stateless.
 */
public final class ArrayBytes {
  private ArrayBytes() {}

  /** Bytes of an array. */
  public static byte[] of(DoubleArrayValue array) {
    ByteBuffer bytes = ByteBuffer.allocate(array.size() * Double.BYTES);
    put(array, bytes);
    return bytes.array();
  }

  /** Bytes of a histogram. */
  public static byte[] of(HistogramValue histogram) {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            (histogram.edges().size() + histogram.contents().size()) * Double.BYTES);
    put(histogram.edges(), bytes);
    put(histogram.contents(), bytes);
    return bytes.array();
  }

  /**
   * The array.
   *
   * @throws IllegalArgumentException when the bytes are no whole number of doubles
   */
  public static DoubleArrayValue array(byte[] bytes) {
    return get(doubles(bytes), 0, bytes.length / Double.BYTES);
  }

  /**
   * The histogram.
   *
   * @throws IllegalArgumentException when the bytes do not hold one edge more than contents
   */
  public static HistogramValue histogram(byte[] bytes) {
    ByteBuffer buffer = doubles(bytes);
    int count = bytes.length / Double.BYTES;
    if (count % 2 == 0) {
      throw new IllegalArgumentException("no histogram: " + count + " numbers");
    }
    int edges = count / 2 + 1;
    return new HistogramValue(get(buffer, 0, edges), get(buffer, edges, count - edges));
  }

  private static void put(DoubleArrayValue array, ByteBuffer bytes) {
    for (int i = 0; i < array.size(); i++) {
      bytes.putDouble(array.get(i));
    }
  }

  private static ByteBuffer doubles(byte[] bytes) {
    if (bytes.length % Double.BYTES != 0) {
      throw new IllegalArgumentException("no array of doubles: " + bytes.length + " bytes");
    }
    return ByteBuffer.wrap(bytes);
  }

  private static DoubleArrayValue get(ByteBuffer bytes, int first, int count) {
    double[] elements = new double[count];
    for (int i = 0; i < count; i++) {
      elements[i] = bytes.getDouble((first + i) * Double.BYTES);
    }
    return DoubleArrayValue.of(elements);
  }
}
