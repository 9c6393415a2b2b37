package org.orrery.simulator;

import java.util.ArrayList;
import java.util.List;
import org.orrery.simulator.plant.StateCodec;

/** Saves and restores readings that the caller has not fetched yet. */
final class PendingReadings {
  private PendingReadings() {}

  static void exchange(StateCodec codec, List<Reading> pending) {
    int count = codec.ofInt(pending.size());
    List<Reading> exchanged = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Reading mine =
          i < pending.size()
              ? pending.get(i)
              : new Reading("", SimValue.of(0.0), Severity.NONE, DeviceStatus.NONE, 0);
      exchanged.add(exchange(codec, mine));
    }
    pending.clear();
    pending.addAll(exchanged);
  }

  private static Reading exchange(StateCodec codec, Reading mine) {
    return new Reading(
        codec.ofText(mine.channelId()),
        exchange(codec, mine.value()),
        Severity.values()[codec.ofInt(mine.severity().ordinal())],
        DeviceStatus.values()[codec.ofInt(mine.status().ordinal())],
        codec.ofLong(mine.timeNs()));
  }

  private static SimValue exchange(StateCodec codec, SimValue mine) {
    int kind =
        switch (mine) {
          case SimValue.DoubleValue ignored -> 0;
          case SimValue.LongValue ignored -> 1;
          case SimValue.ChoiceValue ignored -> 2;
          case SimValue.TextValue ignored -> 3;
          case SimValue.ArrayValue ignored -> 4;
        };
    return switch (codec.ofInt(kind)) {
      case 0 ->
          new SimValue.DoubleValue(
              codec.ofDouble(mine instanceof SimValue.DoubleValue(double v) ? v : 0.0));
      case 1 ->
          new SimValue.LongValue(codec.ofLong(mine instanceof SimValue.LongValue(long v) ? v : 0));
      case 2 ->
          new SimValue.ChoiceValue(
              codec.ofInt(mine instanceof SimValue.ChoiceValue(int v) ? v : 0));
      case 3 ->
          new SimValue.TextValue(
              codec.ofText(mine instanceof SimValue.TextValue(String v) ? v : ""));
      case 4 -> {
        double[] mineArray =
            mine instanceof SimValue.ArrayValue(Waveform w) ? w.toArray() : new double[0];
        double[] values = new double[codec.ofInt(mineArray.length)];
        System.arraycopy(mineArray, 0, values, 0, Math.min(values.length, mineArray.length));
        codec.ofArray(values);
        yield new SimValue.ArrayValue(new Waveform(values));
      }
      default -> throw new IllegalArgumentException("damaged state: kind of value");
    };
  }
}
