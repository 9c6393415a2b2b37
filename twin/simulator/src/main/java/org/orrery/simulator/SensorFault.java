package org.orrery.simulator;

/**
 * How one sensor lies. Immutable.
 *
 * @param channelId the channel
 * @param mode the kind of lie
 * @param amount its size in the unit of the channel; per hour for DRIFT, unused for DEAD
 */
public record SensorFault(String channelId, Mode mode, double amount) {
  /** Kinds of sensor fault. */
  public enum Mode {
    /** {@code amount} is added. */
    BIAS,
    /** The reading stays at {@code amount}; NaN means at the value that it had at onset. */
    STUCK,
    /** {@code amount} per hour since onset is added. */
    DRIFT,
    /** Gaussian noise of standard deviation {@code amount} is added. */
    NOISE,
    /** Readings are invalid. */
    DEAD
  }
}
