package org.orrery.simulator;

import static java.lang.Double.NaN;

import java.util.Locale;
import org.orrery.simulator.plant.WireBias;

/** Channels of the filter groups and spare supplies of the wire bias, and of what it lets pass. */
final class WireBiasPoints {
  private WireBiasPoints() {}

  static void addTo(DetectorDesk desk, WireBias bias) {
    for (int i = 0; i < WireBias.PLANES; i++) {
      addPlane(desk, bias, i);
    }
    for (int i = 1; i < WireBias.PLANES; i++) {
      int plane = i;
      desk.real("mon.amplitude." + WireBias.LETTERS[i], "%")
          .says("Height of pulses on " + name(i) + " relative to nominal")
          .display(0, 200)
          .limits(70, 92, 108, 130)
          .everySeconds(60)
          .sensor(0.4, 0.1, 0, desk.bias(0.5))
          .reads(() -> 100.0 * bias.amplitude(plane))
          .add();
    }
  }

  private static String name(int plane) {
    return "wire plane " + WireBias.LETTERS[plane].toUpperCase(Locale.ROOT);
  }

  private static void addPlane(DetectorDesk desk, WireBias bias, int plane) {
    String id = "fe.wirebias." + WireBias.LETTERS[plane] + ".";
    double volts = Math.rint(bias.lowestGroupVolts(plane) / 5.0) * 5.0;
    desk.real(id + "group-low", "V")
        .says("Least voltage of the filter groups of " + name(plane) + ", magnitude")
        .display(0, volts + 100)
        .limits(volts == 0 ? NaN : volts - 100, volts == 0 ? NaN : volts - 10, NaN, NaN)
        .everySeconds(10)
        .sensor(0.05, 0.01)
        .reads(() -> bias.lowestGroupVolts(plane))
        .add();
    desk.whole(id + "isolated")
        .says("Filter group of " + name(plane) + " that is disconnected, 0 for none")
        .display(0, WireBias.GROUPS)
        .limits(NaN, NaN, 0.5, NaN)
        .everySeconds(20)
        .reads(() -> bias.isolated(plane))
        .writable(0, WireBias.GROUPS, value -> bias.isolate(plane, (int) value))
        .add();
    desk.choice(id + "supply", "MAIN", "SPARE")
        .says("Supply on which " + name(plane) + " hangs")
        .everySeconds(20)
        .reads(() -> bias.spare(plane) ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              bias.spare(plane, value > 0.5);
              return null;
            })
        .add();
  }
}
