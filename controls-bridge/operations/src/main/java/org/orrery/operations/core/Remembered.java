package org.orrery.operations.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;

/**
 * What a place keeps over restarts. Immutable.
 *
 * @param state control, tag-outs, reserved devices and the last run
 * @param revision how many changes led there, counted over all lives; 0 where an earlier version
 *     wrote it, which did not count
 */
public record Remembered(OperationsState state, long revision) {
  /** Of a place that holds nothing yet. */
  public static final Remembered NOTHING = new Remembered(OperationsState.UNKNOWN, -1);

  /**
   * The state after another place was read as well, with what was changed in between. The newer
   * place is right, also in what it does not hold any more; of two equally new ones that differ,
   * neither is known to be right, and a device that either keeps from being written stays so.
   *
   * @param begun what this life began with
   * @param now the state by now
   * @param other what the other place holds
   */
  public static OperationsState combine(Remembered begun, OperationsState now, Remembered other) {
    if (other.revision < begun.revision) {
      return now;
    }
    boolean newer = other.revision > begun.revision;
    OperationsState was = begun.state;
    return new OperationsState(
        now.mode(),
        newer && now.run().equals(was.run()) ? other.state.run() : now.run(),
        newer && now.control().equals(was.control()) ? other.state.control() : now.control(),
        combine(was.tagOuts(), now.tagOuts(), other.state.tagOuts(), newer, TagOut::device),
        combine(was.locks(), now.locks(), other.state.locks(), newer, DeviceLock::device),
        now.ended());
  }

  /** What is set by now stands before what the other place says of the same device. */
  private static <T> List<T> combine(
      List<T> was, List<T> now, List<T> others, boolean newer, Function<T, String> device) {
    Map<String, T> combined = new LinkedHashMap<>();
    for (T other : others) {
      boolean endedSince = was.contains(other) && !now.contains(other);
      if (!endedSince) {
        combined.put(device.apply(other), other);
      }
    }
    for (T each : now) {
      boolean endedThere = newer && was.contains(each);
      if (!endedThere) {
        combined.put(device.apply(each), each);
      }
    }
    return List.copyOf(combined.values());
  }
}
