package org.orrery.alarms.core;

import java.util.OptionalDouble;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;

/**
 * Compares a value with limits the way the EPICS analog record does (aiRecord.c, checkAlarms): a
 * level that holds is left only when the value is inside its limit by the hysteresis. Stateless.
 */
final class LimitCheck {
  /** Which limit is broken. */
  enum Level {
    NONE(Severity.NONE),
    LOLO(Severity.MAJOR),
    LOW(Severity.MINOR),
    HIGH(Severity.MINOR),
    HIHI(Severity.MAJOR);

    private final Severity severity;

    Level(Severity severity) {
      this.severity = severity;
    }

    Severity severity() {
      return severity;
    }
  }

  private LimitCheck() {}

  /**
   * The level at which a value is.
   *
   * @param limits the limits that hold, in the channel's unit
   * @param hysteresis in the channel's unit, 0 or more
   * @param held the level before
   * @param value not NaN
   */
  static Level level(Limits limits, double hysteresis, Level held, double value) {
    if (above(limits.hihi(), hysteresis, held == Level.HIHI, value)) {
      return Level.HIHI;
    }
    if (below(limits.lolo(), hysteresis, held == Level.LOLO, value)) {
      return Level.LOLO;
    }
    if (above(limits.high(), hysteresis, held == Level.HIGH || held == Level.HIHI, value)) {
      return Level.HIGH;
    }
    if (below(limits.low(), hysteresis, held == Level.LOW || held == Level.LOLO, value)) {
      return Level.LOW;
    }
    return Level.NONE;
  }

  /** The limit that a level stands for. */
  static OptionalDouble limit(Limits limits, Level level) {
    return switch (level) {
      case NONE -> OptionalDouble.empty();
      case LOLO -> limits.lolo();
      case LOW -> limits.low();
      case HIGH -> limits.high();
      case HIHI -> limits.hihi();
    };
  }

  private static boolean above(OptionalDouble limit, double hysteresis, boolean held, double v) {
    return limit.isPresent() && v >= limit.getAsDouble() - (held ? hysteresis : 0);
  }

  private static boolean below(OptionalDouble limit, double hysteresis, boolean held, double v) {
    return limit.isPresent() && v <= limit.getAsDouble() + (held ? hysteresis : 0);
  }
}
