package org.orrery.archive.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.orrery.archive.core.ArrayBytes;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/**
 * Samples in the binary format of COPY (PostgreSQL documentation, COPY, "Binary Format"). Used
 * again for each batch; not thread-safe.
 */
final class CopyRows {
  /** In the order in which {@link #add} writes them. */
  static final String COLUMNS =
      "source_time_ns, sequence, received_time_ns, channel, lost_before, kind, severity, quality,"
          + " late, number, integer, choice, text, bytes, status, backfilled";

  private static final int FIELDS = 16;
  private static final int NULL = -1;
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  /** A row without text and bytes takes fewer bytes than this. */
  private static final int FIXED_BYTES = 160;

  private byte[] buffer = new byte[1 << 16];
  private int length;
  private boolean sparse;

  /**
   * Empties the buffer and begins a new stream.
   *
   * @param leaveOut whether what is 0 or false is null
   */
  void begin(boolean leaveOut) {
    length = 0;
    sparse = leaveOut;
    putBytes(SIGNATURE);
    putInt(0); // flags
    putInt(0); // header extension
  }

  void add(Sample sample, int channelNumber, boolean late, boolean backfilled) {
    reserve(FIXED_BYTES);
    putShort(FIELDS);
    longField(sample.sourceTimeNs());
    longField(sample.sequence());
    longField(sample.receivedTimeNs());
    intField(channelNumber);
    int lost = (int) Math.min(sample.lostBefore(), Integer.MAX_VALUE);
    if (!leftOut(lost)) {
      intField(lost);
    }
    codeField(ValueKind.of(sample.value()));
    codeField(sample.severity());
    codeField(sample.quality());
    flagField(late);
    value(sample.value());
    textField(sample.status().isEmpty() ? null : sample.status());
    flagField(backfilled);
  }

  /** Ends the stream. */
  void end() {
    reserve(2);
    putShort(-1);
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  private void value(Value value) {
    switch (value) {
      case Value.DoubleValue(double number) -> {
        longField(Double.doubleToRawLongBits(number));
        nulls(4);
      }
      case Value.LongValue(long integer) -> {
        nulls(1);
        longField(integer);
        nulls(3);
      }
      case Value.ChoiceValue(int index, String label) -> {
        nulls(2);
        intField(index);
        textField(label);
        nulls(1);
      }
      case Value.TextValue(String text) -> {
        nulls(3);
        textField(text);
        nulls(1);
      }
      case DoubleArrayValue array -> {
        nulls(4);
        bytesField(ArrayBytes.of(array));
      }
      case HistogramValue histogram -> {
        nulls(4);
        bytesField(ArrayBytes.of(histogram));
      }
    }
  }

  private void nulls(int count) {
    for (int i = 0; i < count; i++) {
      putInt(NULL);
    }
  }

  /** Whether the field says nothing and was written as null. */
  private boolean leftOut(int value) {
    boolean left = sparse && value == 0;
    if (left) {
      putInt(NULL);
    }
    return left;
  }

  private void flagField(boolean value) {
    int flag = value ? 1 : 0;
    if (!leftOut(flag)) {
      putInt(1);
      buffer[length++] = (byte) flag;
    }
  }

  private void codeField(Enum<?> value) {
    if (!leftOut(value.ordinal())) {
      putInt(Short.BYTES);
      putShort(value.ordinal());
    }
  }

  private void longField(long value) {
    putInt(Long.BYTES);
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  private void intField(int value) {
    putInt(Integer.BYTES);
    putInt(value);
  }

  /** PostgreSQL's text cannot hold the character 0; it becomes the replacement character. */
  private void textField(@Nullable String text) {
    if (text == null) {
      putInt(NULL);
    } else {
      bytesField(text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8));
    }
  }

  private void bytesField(byte[] bytes) {
    reserve(bytes.length + FIXED_BYTES);
    putInt(bytes.length);
    putBytes(bytes);
  }

  private void putBytes(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void putShort(int value) {
    buffer[length++] = (byte) (value >>> 8);
    buffer[length++] = (byte) value;
  }

  private void putInt(int value) {
    buffer[length++] = (byte) (value >>> 24);
    buffer[length++] = (byte) (value >>> 16);
    buffer[length++] = (byte) (value >>> 8);
    buffer[length++] = (byte) value;
  }

  private void reserve(int bytes) {
    if (length + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }
}
