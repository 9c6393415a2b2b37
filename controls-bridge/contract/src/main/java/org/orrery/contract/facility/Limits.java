package org.orrery.contract.facility;

import java.util.OptionalDouble;

/**
 * Alarm limits of a channel in one mode, in the channel's unit. HIHI and LOLO raise MAJOR, HIGH and
 * LOW raise MINOR, as the EPICS analog record does.
 *
 * @param lolo major alarm at or below
 * @param low minor alarm at or below
 * @param high minor alarm at or above
 * @param hihi major alarm at or above
 */
public record Limits(
    OptionalDouble lolo, OptionalDouble low, OptionalDouble high, OptionalDouble hihi) {
  /** No limits at all. */
  public static final Limits NONE =
      new Limits(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  public Limits {
    double last = Double.NEGATIVE_INFINITY;
    for (OptionalDouble limit : new OptionalDouble[] {lolo, low, high, hihi}) {
      if (limit.isPresent()) {
        if (!(limit.getAsDouble() >= last)) {
          throw new IllegalArgumentException(
              "limits must ascend lolo <= low <= high <= hihi, got "
                  + lolo
                  + " "
                  + low
                  + " "
                  + high
                  + " "
                  + hihi);
        }
        last = limit.getAsDouble();
      }
    }
  }
}
