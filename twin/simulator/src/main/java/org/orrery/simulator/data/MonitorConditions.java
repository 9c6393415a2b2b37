package org.orrery.simulator.data;

/**
 * The last measurement of a purity monitor. Immutable.
 *
 * @param cathodeFemtocoulomb charge that left the cathode, fC
 * @param anodeFemtocoulomb charge that reached the anode, fC
 * @param driftMicroseconds time between the two, us
 */
public record MonitorConditions(
    double cathodeFemtocoulomb, double anodeFemtocoulomb, double driftMicroseconds) {
  /** A monitor in liquid of 8 ms. */
  public static MonitorConditions nominal() {
    return new MonitorConditions(62.0, 62.0 * Math.exp(-2.2 / 8.0), 2_200.0);
  }
}
