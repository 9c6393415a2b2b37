package org.orrery.simulator;

import static java.lang.Double.NaN;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Circulation;
import org.orrery.simulator.plant.FilterBed;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.Pump;
import org.orrery.simulator.plant.SimRandom;

/** Channels of bearings, isolating valve, and regeneration of the filters. */
final class PurificationDevicePoints {
  private PurificationDevicePoints() {}

  static void addTo(DetectorDesk desk, Plant plant, LocalSwitches switches) {
    Circulation circulation = plant.circulation();
    SimRandom later = desk.stream(53);
    addBearing(desk, circulation.pumpA(), "a", switches, later);
    addBearing(desk, circulation.pumpB(), "b", switches, later);
    desk.choice("purif.isolation", "OPEN", "CLOSED")
        .says("Isolating valve of the suction branch; closed, the liquid takes the other branch")
        .severities(Severity.NONE, Severity.MINOR)
        .everySeconds(10)
        .reads(() -> circulation.isolated() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              circulation.isolated(value > 0.5);
              return null;
            })
        .add();
    addFilter(desk, plant, 0, "a", later);
    addFilter(desk, plant, 1, "b", later);
  }

  private static void addBearing(
      DetectorDesk desk, Pump pump, String letter, LocalSwitches switches, SimRandom later) {
    String id = "purif.pump-" + letter + ".";
    String name = "pump " + letter.toUpperCase(Locale.ROOT);
    desk.real(id + "bearing-band", "mm/s")
        .says("Vibration of " + name + " in the band of the bearing frequencies, RMS")
        .display(0, 3)
        .limits(NaN, NaN, 0.6, 1.2)
        .everySeconds(10)
        .sensor(0.004, 0.001)
        .noiseFrom(later)
        .reads(pump::bearingBandMillimetrePerSecond)
        .add();
    desk.choice(id + "service", "IN_SERVICE", "EXCHANGE")
        .says("Exchange of the bearings of " + name + ", eight hours; ends by itself")
        .severities(Severity.NONE, Severity.MINOR)
        .everySeconds(10)
        .reads(() -> pump.bearing().exchange().busy() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              if (switches.isLocal(id + "remote")) {
                return name + ": key on LOCAL";
              }
              if (value > 0.5 && pump.enabled()) {
                return name + ": switch it off first";
              }
              pump.bearing().exchange().ask(value > 0.5);
              return null;
            })
        .add();
  }

  private static void addFilter(
      DetectorDesk desk, Plant plant, int index, String letter, SimRandom later) {
    FilterBed bed = plant.circulation().bed(index);
    String id = "purif.filter-" + letter + ".";
    String name = "filter " + letter.toUpperCase(Locale.ROOT);
    desk.choice(id + "regenerate", "OFF", "ON")
        .says("Regeneration of " + name + ", one to two days; ends by itself")
        .everySeconds(10)
        .reads(() -> bed.asked() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              String refusal = value > 0.5 ? regenerationRefusal(plant, index, name) : null;
              if (refusal == null) {
                bed.regenerate(value > 0.5);
              }
              return refusal;
            })
        .add();
    desk.choice(id + "state", "READY", "IN_USE", "WARM_UP", "HYDROGEN", "COOL_DOWN")
        .says("What " + name + " does")
        .everySeconds(10)
        .reads(() -> bed.state().ordinal())
        .add();
    desk.real(id + "temperature", "K")
        .says("Temperature of " + name)
        .display(80, 600)
        .limits(NaN, NaN, 530, 560)
        .everySeconds(60)
        .sensor(0.3, 0.1)
        .noiseFrom(later)
        .reads(bed::kelvin)
        .add();
    desk.real(id + "hydrogen", "%")
        .says("Hydrogen in the regeneration gas of " + name)
        .display(0, 5)
        .limits(NaN, NaN, 2, 3)
        .everySeconds(60)
        .sensor(0.01, 0.01)
        .noiseFrom(later)
        .reads(bed::hydrogenPercent)
        .add();
  }

  private static @Nullable String regenerationRefusal(Plant plant, int index, String name) {
    if (plant.environment().powerShare() < 0.5) {
      return name + ": no mains";
    }
    if (plant.circulation().filter() == index) {
      return name + ": in use, select the other one first";
    }
    int other = 1 - index;
    return plant.circulation().bed(other).regenerating()
        ? name + ": the other one is being regenerated"
        : null;
  }
}
