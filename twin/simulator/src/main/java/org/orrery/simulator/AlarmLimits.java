package org.orrery.simulator;

/**
 * The limits that a device compares its own reading with, in the unit of the channel; NaN means
 * that the limit does not exist. Crossing {@code lowAlarm} or {@code highAlarm} is MAJOR, crossing
 * a warning is MINOR. Immutable.
 */
public record AlarmLimits(
    double lowAlarm, double lowWarning, double highWarning, double highAlarm) {
  /** No limits at all. */
  public static final AlarmLimits NONE =
      new AlarmLimits(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Returns whether no limit exists. */
  public boolean isNone() {
    return Double.isNaN(lowAlarm)
        && Double.isNaN(lowWarning)
        && Double.isNaN(highWarning)
        && Double.isNaN(highAlarm);
  }

  /** Returns the status of {@code value}; a NaN value is {@link DeviceStatus#READ}. */
  public DeviceStatus statusOf(double value) {
    if (Double.isNaN(value)) {
      return DeviceStatus.READ;
    }
    if (value <= lowAlarm) {
      return DeviceStatus.LOLO;
    }
    if (value >= highAlarm) {
      return DeviceStatus.HIHI;
    }
    if (value <= lowWarning) {
      return DeviceStatus.LOW;
    }
    return value >= highWarning ? DeviceStatus.HIGH : DeviceStatus.NONE;
  }
}
