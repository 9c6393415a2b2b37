package org.orrery.dqm.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.twin.Band;

/** What a shifter reads. Stateless. */
final class Wording {
  private Wording() {}

  /** For example {@code purif.flow 0.02 kg/s, twin expects 1.64 to 1.70}. */
  static String evidence(Facility facility, ChannelMonitor.Sight sight) {
    ChannelId id = sight.estimate().channel();
    Band band = sight.estimate().band();
    // As many digits as the band needs, so that it does not read "1.7 to 1.7".
    double width = Math.max(Math.abs(band.high() - band.low()), 1e-12);
    String expected =
        "twin expects %s to %s".formatted(number(band.low(), width), number(band.high(), width));
    String unit =
        facility
            .channel(id)
            .map(Wording::unit)
            .filter(u -> !u.isEmpty())
            .map(u -> " " + u)
            .orElse("");
    return sight.estimate().measured().isPresent()
        ? "%s %s%s, %s"
            .formatted(id, number(sight.estimate().measured().getAsDouble(), width), unit, expected)
        : "%s: %s%s".formatted(id, expected, unit);
  }

  /** For example {@code Recirculation flow is far below what the twin expects, with 3 more}. */
  static String title(Facility facility, ChannelMonitor.Sight leading, int others) {
    ChannelId id = leading.estimate().channel();
    String name =
        facility.channel(id).map(Channel::description).filter(d -> !d.isEmpty()).orElse(id.value());
    double size = Math.abs(leading.deviation());
    String far = size >= 8 ? "far " : size < 3 ? "lastingly a little " : "";
    String side = leading.deviation() > 0 ? "above" : "below";
    String more =
        others == 0
            ? ""
            : others == 1
                ? ", and 1 other channel deviates"
                : ", and " + others + " other channels deviate";
    return "%s is %s%s what the twin expects%s".formatted(capital(name), far, side, more);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String unit(Channel channel) {
    return channel.egu().isEmpty() ? channel.unit() : channel.egu();
  }

  static String number(double value, double resolution) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    int decimals = Math.clamp((int) Math.ceil(0.5 - Math.log10(resolution)), 0, 8);
    BigDecimal exact = new BigDecimal(value);
    BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.precision() > 9
        ? exact.round(new MathContext(6)).toString()
        : rounded.toPlainString();
  }
}
