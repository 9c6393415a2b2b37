package org.orrery.contract.facility;

/**
 * How many writes are let through within a stretch of time.
 *
 * @param writes most writes, from 1 to {@link #MOST}
 * @param perNs within how long, wall ns
 */
public record WriteBudget(int writes, long perNs) {
  /** More than this nobody counts: such a budget limits nothing that a person could follow. */
  public static final int MOST = 1_000;

  public WriteBudget {
    if (writes < 1 || writes > MOST || perNs <= 0) {
      throw new IllegalArgumentException(
          "a budget is of 1 to "
              + MOST
              + " writes per a time above 0, got "
              + writes
              + " per "
              + perNs
              + " ns");
    }
  }
}
