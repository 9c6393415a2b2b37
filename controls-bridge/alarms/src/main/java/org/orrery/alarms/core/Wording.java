package org.orrery.alarms.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import org.orrery.contract.facility.Channel;

/** Numbers and limits in words. Stateless. */
final class Wording {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Wording() {}

  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale();
    return exponent > 7 || exponent < -3 ? rounded.toString() : rounded.toPlainString();
  }

  static String withUnit(double value, Channel channel) {
    String unit = channel.egu().isEmpty() ? channel.unit() : channel.egu();
    return unit.isEmpty() ? number(value) : number(value) + " " + unit;
  }

  /** On which side of a limit. */
  static String side(LimitCheck.Level level) {
    return switch (level) {
      case LOLO, LOW -> "below";
      case HIGH, HIHI -> "above";
      case NONE -> "at";
    };
  }

  static String beyond(
      Channel channel, double value, LimitCheck.Level level, OptionalDouble limit) {
    String reading = withUnit(value, channel);
    return limit.isPresent()
        ? "%s is %s %s".formatted(reading, side(level), withUnit(limit.getAsDouble(), channel))
        : reading;
  }
}
