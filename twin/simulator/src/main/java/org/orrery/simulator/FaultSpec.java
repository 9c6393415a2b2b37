package org.orrery.simulator;

import java.util.Optional;

/**
 * A fault to start. Immutable.
 *
 * @param code which fault
 * @param severity 0 to 1, or -1 to 1 for the weather front (falling or rising pressure)
 * @param rampSeconds time over which it grows to its severity, s of plant time; 0 is sudden
 * @param sensor the sensor and its lie, present exactly for {@link FaultCode#F21}
 * @param train which pump (F5) or filter (F6); A for all others
 */
public record FaultSpec(
    FaultCode code,
    double severity,
    double rampSeconds,
    Optional<SensorFault> sensor,
    Train train) {

  public FaultSpec {
    if (!(Math.abs(severity) <= 1.0)) {
      throw new IllegalArgumentException("severity must lie within -1 and 1: " + severity);
    }
    if (!(rampSeconds >= 0.0) || Double.isInfinite(rampSeconds)) {
      throw new IllegalArgumentException("ramp must be 0 or more seconds: " + rampSeconds);
    }
    if (sensor.isPresent() != (code == FaultCode.F21)) {
      throw new IllegalArgumentException("a sensor belongs to F21, and only to it");
    }
  }

  /** A fault of train A, or of no train. */
  public FaultSpec(
      FaultCode code, double severity, double rampSeconds, Optional<SensorFault> sensor) {
    this(code, severity, rampSeconds, sensor, Train.A);
  }

  /** Returns the same fault of the other train. */
  public FaultSpec in(Train other) {
    return new FaultSpec(code, severity, rampSeconds, sensor, other);
  }

  /** Returns the root cause in plain words. */
  public String cause() {
    String which =
        switch (code) {
          case F5 -> " (pump " + train + ")";
          case F6 -> " (filter " + train + ")";
          case F21 -> sensor.map(lie -> " on " + lie.channelId()).orElse("");
          case F1, F3, F4, F8, F9, F10 -> "";
        };
    return code.cause() + which;
  }

  /** Returns the fault at full severity with its customary growth time. */
  public static FaultSpec of(FaultCode code) {
    double rampSeconds =
        switch (code) {
          case F1, F3 -> 60.0;
          case F10 -> 10.0 * 3600.0;
          case F6 -> 1_800.0;
          case F4, F5, F8, F9, F21 -> 0.0;
        };
    double severity = code == FaultCode.F1 || code == FaultCode.F3 ? 0.5 : 1.0;
    return new FaultSpec(code, severity, rampSeconds, Optional.empty());
  }

  /** Returns a sudden fault of one sensor. */
  public static FaultSpec sensor(String channelId, SensorFault.Mode mode, double amount) {
    return new FaultSpec(
        FaultCode.F21, 1.0, 0.0, Optional.of(new SensorFault(channelId, mode, amount)));
  }
}
