package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Circulation;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.Pump;
import org.orrery.simulator.plant.Purity;
import org.orrery.simulator.plant.PurityMonitor;

/** Channels of pumps, filters, analysers and purity monitors. */
final class PurificationPoints {
  private static final double LEAST_SUCTION_METRES = 6.5;
  private static final double MONITOR_SECONDS = 1_800.0;

  private PurificationPoints() {}

  static void addTo(DetectorDesk desk, Plant plant, LocalSwitches switches) {
    addPump(desk, plant, plant.circulation().pumpA(), "a", switches);
    addPump(desk, plant, plant.circulation().pumpB(), "b", switches);
    addFlow(desk, plant.circulation());
    addAnalysers(desk, plant.purity());
    addMonitor(desk, plant, 0, "purif.prm-inline", "behind the filter", 0.0);
    addMonitor(desk, plant, 1, "purif.prm1", "near the surface", 120.0);
    addMonitor(desk, plant, 2, "purif.prm2", "at half height", 240.0);
    addMonitor(desk, plant, 3, "purif.prm3", "near the floor", 360.0);
    PurificationDevicePoints.addTo(desk, plant, switches);
  }

  private static void addPump(
      DetectorDesk desk, Plant plant, Pump pump, String letter, LocalSwitches switches) {
    String id = "purif.pump-" + letter + ".";
    String name = "pump " + letter.toUpperCase(java.util.Locale.ROOT);
    String remote = id + "remote";
    desk.choice(id + "enable", "OFF", "ON")
        .says("Switches circulation " + name)
        .everySeconds(10)
        .reads(() -> pump.enabled() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              String refusal = value > 0.5 ? startRefusal(plant, pump, name) : null;
              return refusal != null
                  ? refusal
                  : unlessLocal(switches, remote, name, () -> pump.enabled(value > 0.5));
            })
        .add();
    desk.real(id + "speed-set", "Hz")
        .says("Asked speed of circulation " + name)
        .display(0, 60)
        .everySeconds(10)
        .reads(pump::setHz)
        .writable(0, 60, value -> unlessLocal(switches, remote, name, () -> pump.setHz(value)))
        .add();
    desk.real(id + "speed", "Hz")
        .says("Speed of circulation " + name)
        .display(0, 60)
        .everySeconds(1)
        .sensor(0.02, 0.01)
        .reads(pump::speedHz)
        .add();
    desk.real(id + "current", "A")
        .says("Motor current of circulation " + name)
        .display(0, 8)
        .limits(NaN, NaN, 5.5, 6.5)
        .everySeconds(1)
        .sensor(0.02, 0.01)
        .reads(pump::currentAmps)
        .add();
    desk.real(id + "dp", "mbar")
        .says("Pressure gained over circulation " + name)
        .display(0, 2_000)
        .everySeconds(1)
        .sensor(4, 1, 0.5, desk.bias(3))
        .reads(() -> plant.circulation().pumpMillibar(pump))
        .add();
    desk.real(id + "vibration", "mm/s")
        .says("Bearing vibration of circulation " + name + ", RMS")
        .display(0, 6)
        .limits(NaN, NaN, 2.5, 4.5)
        .everySeconds(5)
        .sensor(0.03, 0.01)
        .reads(pump::vibrationMillimetrePerSecond)
        .add();
    desk.choice(remote, "LOCAL", "REMOTE")
        .says("Key at the rack of circulation " + name)
        .severities(Severity.MINOR, Severity.NONE)
        .everySeconds(10)
        .reads(() -> switches.isLocal(remote) ? 0 : 1)
        .add();
  }

  private static @Nullable String startRefusal(Plant plant, Pump pump, String name) {
    if (pump.bearing().exchange().busy()) {
      return name + ": bearings being exchanged";
    }
    if (plant.environment().powerShare() < 0.5) {
      return name + ": no mains";
    }
    if (plant.cryostat().safety().stopsPumps()) {
      return name + ": kept off by the executive action on the pressure";
    }
    if (pump.contactorOpen()) {
      return name + ": motor contactor open";
    }
    if (plant.circulation().valvesMove()) {
      return name + ": filter valves moving, suction closed";
    }
    return plant.cryostat().levelMetres() < LEAST_SUCTION_METRES
        ? name + ": no suction, level too low"
        : null;
  }

  private static void addFlow(DetectorDesk desk, Circulation circulation) {
    desk.real("purif.flow", "kg/s")
        .says("Liquid circulated through the filter")
        .display(0, 2.5)
        .limits(1.2, 1.45, 2.1, 2.4)
        .everySeconds(1)
        .sensor(0.006, 0.001, 2, desk.bias(0.005))
        .reads(circulation::flowKgPerSecond)
        .add();
    desk.choice("purif.filter.select", "A", "B")
        .says("Filter in use")
        .everySeconds(10)
        .reads(circulation::filter)
        .writable(
            0,
            1,
            value -> {
              if (circulation.valvesMove()) {
                return "filters: valves still moving";
              }
              if (circulation.bed((int) value).regenerating()) {
                return "filters: the other one is being regenerated";
              }
              circulation.filter((int) value);
              return null;
            })
        .add();
    for (int i = 0; i < 2; i++) {
      int filter = i;
      String letter = i == 0 ? "a" : "b";
      desk.real("purif.filter-" + letter + ".dp", "mbar")
          .says("Pressure lost over filter " + (i == 0 ? "A" : "B"))
          .display(0, 1_000)
          .limits(NaN, NaN, 650, 850)
          .everySeconds(5)
          .sensor(2, 1, 0, desk.bias(1))
          .reads(() -> circulation.filterMillibar(filter))
          .add();
    }
  }

  private static void addAnalysers(DetectorDesk desk, Purity purity) {
    desk.real("purif.analyser.o2", "[ppb]")
        .unit("[ppb]", "ppb")
        .says("Oxygen in the liquid, gas analyser")
        .display(0, 5)
        .limits(NaN, NaN, 0.5, 2)
        .everySeconds(20)
        .sensor(0.02, 0.001, 120, 0.04 + desk.bias(0.01))
        .reads(purity::analysedOxygenPpb)
        .add();
    desk.real("purif.analyser.h2o", "[ppb]")
        .unit("[ppb]", "ppb")
        .says("Water in the liquid, gas analyser")
        .display(0, 10)
        .limits(NaN, NaN, 1, 3)
        .everySeconds(20)
        .sensor(0.05, 0.001, 300, 0.15 + desk.bias(0.02))
        .reads(purity::analysedWaterPpb)
        .add();
    desk.real("purif.analyser.n2", "[ppm]")
        .unit("[ppm]", "ppm")
        .says("Nitrogen in the liquid, gas analyser")
        .display(0, 10)
        .limits(NaN, NaN, 3, 5)
        .everySeconds(20)
        .sensor(0.02, 0.001, 120, desk.bias(0.05))
        .reads(purity::analysedNitrogenPpm)
        .add();
  }

  private static void addMonitor(
      DetectorDesk desk, Plant plant, int index, String id, String where, double phaseSeconds) {
    PurityMonitor monitor = plant.monitor(index);
    double warning = index == 0 ? NaN : 6.0;
    double alarm = index == 0 ? 3.0 : 4.0;
    desk.real(id + ".lifetime", "ms")
        .says("Electron lifetime " + where)
        .display(0, 20)
        .limits(alarm, warning, NaN, NaN)
        .everySeconds(MONITOR_SECONDS)
        .phaseSeconds(phaseSeconds)
        .sensor(0, 0.001)
        .reads(monitor::lifetimeMilliseconds)
        .add();
    if (index == 0) {
      return;
    }
    desk.real(id + ".qa", "fC")
        .says("Anode charge of the purity monitor " + where)
        .display(0, 80)
        .everySeconds(MONITOR_SECONDS)
        .phaseSeconds(phaseSeconds)
        .sensor(0, 0.001)
        .reads(monitor::anodeCharge)
        .add();
    desk.real(id + ".qc", "fC")
        .says("Cathode charge of the purity monitor " + where)
        .display(0, 80)
        .everySeconds(MONITOR_SECONDS)
        .phaseSeconds(phaseSeconds)
        .sensor(0, 0.001)
        .reads(monitor::cathodeCharge)
        .add();
    desk.whole(id + ".status")
        .says(
            "Status of the purity monitor "
                + where
                + ": 0 good, 1 above range, -10 no anode, -11 no cathode, -12 no fit")
        .display(-12, 1)
        .limits(-0.5, NaN, NaN, NaN)
        .everySeconds(MONITOR_SECONDS)
        .phaseSeconds(phaseSeconds)
        .reads(monitor::status)
        .add();
  }

  private static @Nullable String unlessLocal(
      LocalSwitches switches, String remote, String name, Runnable action) {
    if (switches.isLocal(remote)) {
      return name + ": key on LOCAL";
    }
    action.run();
    return null;
  }
}
