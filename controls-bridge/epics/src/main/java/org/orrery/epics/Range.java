package org.orrery.epics;

/**
 * A range as a PV's display or control field states it, in the PV's unit.
 *
 * @param low lower end
 * @param high upper end; both 0 where the source states none
 */
public record Range(double low, double high) {
  /** No range stated; the wire carries two zeros. */
  public static final Range NONE = new Range(0, 0);

  /** Whether the source states a range at all. */
  public boolean isStated() {
    return low != 0 || high != 0;
  }
}
