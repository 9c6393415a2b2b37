package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Condenser;
import org.orrery.simulator.plant.Cryostat;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.PressureLoop;

/** Channels of cryostat, condenser and surroundings. */
final class CryostatPoints {
  private static final int PROFILE = 40;
  private static final String REMOTE = "cryo.remote";

  private CryostatPoints() {}

  static void addTo(DetectorDesk desk, Plant plant, LocalSwitches switches, int thermometers) {
    Cryostat cryostat = plant.cryostat();
    addPressure(desk, cryostat);
    addCondenser(desk, cryostat);
    addControls(desk, cryostat.loop(), switches);
    addLevels(desk, cryostat);
    addTemperatures(desk, cryostat, thermometers);
    addSurroundings(desk, plant);
    CryostatDevicePoints.addTo(desk, plant, switches);
  }

  private static void addPressure(DetectorDesk desk, Cryostat cryostat) {
    desk.real("cryo.pressure.absolute", "mbar")
        .unit("mbar", "mbar(a)")
        .says("Absolute pressure above the liquid")
        .display(1_000, 1_300)
        .limits(1_050, 1_062, 1_138, 1_200)
        .everySeconds(1)
        .sensor(0.08, 0.01, 1, desk.bias(1.0))
        .reads(cryostat::absoluteMillibar)
        .add();
    desk.real("cryo.pressure.gauge", "mbar")
        .unit("mbar", "mbarg")
        .says("Pressure above the liquid relative to the atmosphere")
        .display(0, 300)
        .limits(110, 130, 150, 200)
        .everySeconds(1)
        .sensor(0.08, 0.01, 1, desk.bias(0.3))
        .reads(cryostat::gaugeMillibar)
        .add();
    desk.real("cryo.vent.flow", "g/s")
        .says("Argon gas vented")
        .display(0, 50)
        .limits(NaN, NaN, 2, 20)
        .everySeconds(5)
        .sensor(0.02, 0.01)
        .reads(() -> cryostat.ventKgPerSecond() * 1e3)
        .add();
  }

  private static void addCondenser(DetectorDesk desk, Cryostat cryostat) {
    Condenser condenser = cryostat.condenser();
    PressureLoop loop = cryostat.loop();
    desk.real("cryo.condenser.valve-command", "%")
        .says("Command to the nitrogen valve of the condenser")
        .display(0, 100)
        .limits(NaN, NaN, 97, 99.5)
        .everySeconds(2)
        .sensor(0, 0.01)
        .reads(loop::commandPercent)
        .add();
    desk.real("cryo.condenser.valve-position", "%")
        .says("Position of the nitrogen valve of the condenser")
        .display(0, 100)
        .everySeconds(2)
        .sensor(0.15, 0.1, 0, desk.bias(0.2))
        .reads(() -> condenser.position() * 100.0)
        .add();
    desk.real("cryo.condenser.temperature", "K")
        .says("Temperature of the condenser body")
        .display(78, 92)
        .limits(NaN, NaN, 87, 87.8)
        .everySeconds(10)
        .sensor(0.01, 0.001, 0, desk.bias(0.05))
        .reads(condenser::bodyKelvin)
        .add();
    desk.real("cryo.ln2.flow", "g/s")
        .says("Liquid-nitrogen flow to the condenser")
        .display(0, 100)
        .limits(2, 4, NaN, NaN)
        .everySeconds(2)
        .sensor(0.3, 0.01, 3, desk.bias(0.3))
        .reads(condenser::nitrogenGramPerSecond)
        .add();
    desk.real("cryo.ln2.level", "%")
        .says("Level of the nitrogen phase separator")
        .display(0, 100)
        .limits(20, 45, 85, 95)
        .everySeconds(10)
        .sensor(0.2, 0.1, 0, desk.bias(0.5))
        .reads(condenser::levelPercent)
        .add();
  }

  private static void addControls(DetectorDesk desk, PressureLoop loop, LocalSwitches switches) {
    desk.real("cryo.pressure.set", "mbar")
        .unit("mbar", "mbarg")
        .says("Set-point of the pressure loop")
        .display(0, 300)
        .everySeconds(10)
        .reads(loop::setMillibar)
        .writable(80, 200, value -> unlessLocal(switches, () -> loop.setMillibar(value)))
        .add();
    desk.choice("cryo.condenser.mode", "AUTO", "MANUAL")
        .says("Mode of the pressure loop")
        .severities(Severity.NONE, Severity.MINOR)
        .everySeconds(10)
        .reads(() -> loop.manual() ? 1 : 0)
        .writable(0, 1, value -> unlessLocal(switches, () -> loop.manual(value > 0.5)))
        .add();
    desk.real("cryo.condenser.valve-manual", "%")
        .says("Command to the nitrogen valve while the loop is on MANUAL")
        .display(0, 100)
        .everySeconds(10)
        .reads(loop::manualPercent)
        .writable(0, 100, value -> unlessLocal(switches, () -> loop.manualPercent(value)))
        .add();
    desk.choice(REMOTE, "LOCAL", "REMOTE")
        .says("Key at the rack of the cryogenics")
        .severities(Severity.MINOR, Severity.NONE)
        .everySeconds(10)
        .reads(() -> switches.isLocal(REMOTE) ? 0 : 1)
        .add();
  }

  private static void addLevels(DetectorDesk desk, Cryostat cryostat) {
    desk.real("cryo.level.capacitive", "mm")
        .says("Liquid level, capacitive gauge")
        .display(7_000, 7_400)
        .limits(7_090, 7_130, 7_240, 7_300)
        .everySeconds(5)
        .sensor(0.4, 0.1, 5, desk.bias(3))
        .reads(() -> cryostat.levelMetres() * 1e3)
        .add();
    desk.real("cryo.level.dp", "mm")
        .says("Liquid level by differential pressure")
        .display(7_000, 7_400)
        .limits(7_080, 7_120, 7_250, 7_310)
        .everySeconds(5)
        .sensor(2.0, 0.5, 2, desk.bias(5))
        .reads(() -> cryostat.levelMetres() * 1e3)
        .add();
  }

  private static void addTemperatures(DetectorDesk desk, Cryostat cryostat, int thermometers) {
    for (int i = 0; i < thermometers; i++) {
      double height = 0.15 + 7.0 / thermometers * i;
      desk.real("cryo.rtd.t%02d".formatted(i + 1), "K")
          .says("Liquid temperature %.2f m above the floor".formatted(height))
          .display(87, 90)
          .limits(87.2, 87.5, 88.7, 89.3)
          .everySeconds(10)
          .sensor(0.0012, 0.001, 15, desk.bias(0.003))
          .reads(() -> cryostat.kelvinAt(height))
          .add();
    }
    desk.array("cryo.rtd.profile", "K")
        .says("Liquid temperature along the height, from the floor up, without sensor errors")
        .display(87, 90)
        .everySeconds(50)
        .readsAll(() -> profile(cryostat))
        .add();
    for (int i = 0; i < 4; i++) {
      double share = 0.125 + 0.25 * i;
      desk.real("cryo.ullage.t%d".formatted(i + 1), "K")
          .says("Gas temperature in the ullage, sensor %d from the surface".formatted(i + 1))
          .display(85, 200)
          .limits(NaN, NaN, 165, 180)
          .everySeconds(10)
          .sensor(0.05, 0.01, 20, desk.bias(0.2))
          .reads(() -> cryostat.ullageKelvinAt(share))
          .add();
    }
  }

  private static Waveform profile(Cryostat cryostat) {
    double[] kelvin = new double[PROFILE];
    for (int i = 0; i < PROFILE; i++) {
      kelvin[i] = Math.round(cryostat.kelvinAt(0.15 + 0.175 * i) * 1e4) * 1e-4;
    }
    return new Waveform(kelvin);
  }

  private static void addSurroundings(DetectorDesk desk, Plant plant) {
    desk.real("env.barometer", "mbar")
        .unit("mbar", "mbar(a)")
        .says("Atmospheric pressure in the hall")
        .display(920, 1_000)
        .everySeconds(10)
        .sensor(0.05, 0.01, 0, desk.bias(0.1))
        .reads(plant.environment()::barometerMillibar)
        .add();
    desk.real("env.hall.temperature", "Cel")
        .unit("Cel", "\u00b0C")
        .says("Air temperature in the hall")
        .display(10, 35)
        .limits(12, 15, 28, 32)
        .everySeconds(50)
        .sensor(0.05, 0.01, 0, desk.bias(0.2))
        .reads(plant.environment()::hallCelsius)
        .add();
    desk.choice("interlock.oxygen-deficiency", "OK", "TRIPPED")
        .says("Oxygen-deficiency interlock of the hall")
        .severities(Severity.NONE, Severity.MAJOR)
        .everySeconds(5)
        .reads(() -> 0)
        .add();
  }

  private static @Nullable String unlessLocal(LocalSwitches switches, Runnable action) {
    if (switches.isLocal(REMOTE)) {
      return "cryogenics: key on LOCAL";
    }
    action.run();
    return null;
  }
}
