package org.orrery.twin.core.model;

/**
 * How the twin sees one channel.
 *
 * @param channel the channel's id
 * @param group sensors of one group read the same quantity and check each other
 * @param calibration what is learnt about it
 * @param vagueDeviation how far a reading may be off when the sensor lies, in the channel's unit
 * @param unit UCUM code
 * @param effectShare how uncertain the size of a fault's effect on it is, as a share of the effect
 */
public record Sensor(
    String channel,
    String group,
    Calibration calibration,
    double vagueDeviation,
    String unit,
    double effectShare) {
  private static final double USUAL_EFFECT_SHARE = 0.02;

  /** A sensor on which the effects of faults are well known. */
  public Sensor(
      String channel, String group, Calibration calibration, double vagueDeviation, String unit) {
    this(channel, group, calibration, vagueDeviation, unit, USUAL_EFFECT_SHARE);
  }

  /** The same where the size of effects is less well known. */
  public Sensor withEffectShare(double share) {
    return new Sensor(channel, group, calibration, vagueDeviation, unit, share);
  }
}
