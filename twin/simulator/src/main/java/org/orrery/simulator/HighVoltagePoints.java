package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.CathodeSupply;
import org.orrery.simulator.plant.HighVoltage;
import org.orrery.simulator.plant.Plant;

/** Channels of the drift high voltage. */
final class HighVoltagePoints {
  private static final double FAST_SECONDS = 0.3;
  private static final String REMOTE = "hv.cathode.remote";

  private HighVoltagePoints() {}

  static void addTo(DetectorDesk desk, Plant plant, LocalSwitches switches, int groundPlanes) {
    HighVoltage hv = plant.highVoltage();
    addReadings(desk, plant, hv);
    addControls(desk, plant, hv.supply(), switches);
    for (int i = 0; i < groundPlanes; i++) {
      int plane = i;
      desk.real("hv.groundplane.gp%02d".formatted(i + 1), "nA")
          .says("Current of ground plane %d".formatted(i + 1))
          .display(0, 20_000)
          .limits(NaN, NaN, 100, 500)
          .everySeconds(FAST_SECONDS)
          .sensor(0.15, 0.01, 0, desk.bias(0.05))
          .reads(() -> hv.groundPlaneNanoamps(plane))
          .add();
    }
    for (int i = 0; i < 4; i++) {
      int chain = i;
      desk.real("hv.chain.c%d".formatted(i + 1), "V")
          .says("Pick-off voltage of resistor chain %d".formatted(i + 1))
          .display(0, 30)
          .limits(NaN, NaN, 27, 29)
          .everySeconds(1)
          .sensor(0.006, 0.001, 0, desk.bias(0.01))
          .reads(() -> hv.pickOffVolts(chain))
          .add();
    }
    HighVoltageMonitorPoints.addTo(desk, plant, switches);
  }

  private static void addReadings(DetectorDesk desk, Plant plant, HighVoltage hv) {
    desk.real("hv.cathode.voltage", "kV")
        .says("Cathode voltage at the supply (negative)")
        .display(-200, 0)
        .limits(-188, -184, NaN, NaN)
        .everySeconds(FAST_SECONDS)
        .sensor(0.0018, 0.001, 0, desk.bias(0.01))
        .shakenBy(() -> hv.readBackNoiseVolts() * 1e-3)
        .reads(() -> -hv.supply().volts() * 1e-3)
        .add();
    desk.real("hv.cathode.current", "uA")
        .says("Current of the cathode supply")
        .display(0, 150)
        .limits(NaN, NaN, 104, 112)
        .everySeconds(FAST_SECONDS)
        .sensor(0.03, 0.02, 0, desk.bias(0.05))
        .reads(hv::currentMicroamps)
        .add();
    desk.choice("hv.cathode.state", "OFF", "ON", "RAMPING", "TRIPPED")
        .says("State of the cathode supply")
        .severities(Severity.NONE, Severity.NONE, Severity.NONE, Severity.MAJOR)
        .everySeconds(1)
        .reads(() -> hv.supply().state().ordinal())
        .add();
    desk.real("hv.beamplug.current", "nA")
        .says("Current of the beam plug")
        .display(0, 2_000)
        .limits(NaN, NaN, 50, 2_000)
        .everySeconds(FAST_SECONDS)
        .sensor(0.1, 0.01, 0, desk.bias(0.05))
        .reads(hv::beamPlugNanoamps)
        .add();
    desk.real("hv.toroid.rate", "/h")
        .unit("/h", "1/h")
        .says("Pulses on the toroid of the high-voltage feedthrough over the last hour")
        .display(0, 20)
        .limits(NaN, NaN, 10, 20)
        .everySeconds(30)
        .reads(plant::toroidPerHour)
        .sensor(0, 0.01)
        .add();
    desk.choice("interlock.hv-level", "OK", "TRIPPED")
        .says("Interlock that drops the high voltage when the liquid level is wrong")
        .severities(Severity.NONE, Severity.MAJOR)
        .everySeconds(5)
        .reads(() -> plant.levelInterlock() ? 1 : 0)
        .add();
  }

  private static void addControls(
      DetectorDesk desk, Plant plant, CathodeSupply supply, LocalSwitches switches) {
    desk.real("hv.cathode.voltage-set", "kV")
        .says("Asked cathode voltage (negative)")
        .display(-200, 0)
        .everySeconds(10)
        .reads(() -> supply.setVolts() == 0.0 ? 0.0 : -supply.setVolts() * 1e-3)
        .writable(-190, 0, value -> unlessLocal(switches, () -> supply.setVolts(-value * 1e3)))
        .add();
    desk.real("hv.cathode.ramp-set", "V/s")
        .says("Ramp rate of the cathode supply")
        .display(0, 120)
        .everySeconds(10)
        .reads(supply::rampVoltsPerSecond)
        .writable(0, 120, value -> unlessLocal(switches, () -> supply.rampVoltsPerSecond(value)))
        .add();
    desk.choice("hv.cathode.enable", "OFF", "ON")
        .says("Switches the cathode supply")
        .everySeconds(10)
        .reads(() -> supply.enabled() ? 1 : 0)
        .writable(0, 1, value -> enable(plant, supply, switches, value > 0.5))
        .add();
    desk.choice("hv.cathode.reset", "IDLE", "RESET")
        .says("Releases the trip latch of the cathode supply; returns to IDLE by itself")
        .everySeconds(10)
        .momentary(10)
        .reads(() -> 0)
        .writable(0, 1, value -> reset(plant, supply, switches, value > 0.5))
        .add();
    desk.choice(REMOTE, "LOCAL", "REMOTE")
        .says("Key at the rack of the cathode supply")
        .severities(Severity.MINOR, Severity.NONE)
        .everySeconds(10)
        .reads(() -> switches.isLocal(REMOTE) ? 0 : 1)
        .add();
  }

  static @Nullable String unlessLocal(LocalSwitches switches, Runnable action) {
    if (switches.isLocal(REMOTE)) {
      return "cathode supply: key on LOCAL";
    }
    action.run();
    return null;
  }

  private static @Nullable String enable(
      Plant plant, CathodeSupply supply, LocalSwitches switches, boolean on) {
    if (on && supply.tripped()) {
      return "cathode supply: tripped, reset first";
    }
    if (on && plant.levelInterlock()) {
      return "cathode supply: level interlock active";
    }
    return unlessLocal(switches, () -> supply.enabled(on));
  }

  private static @Nullable String reset(
      Plant plant, CathodeSupply supply, LocalSwitches switches, boolean reset) {
    if (reset && plant.levelInterlock()) {
      return "cathode supply: level interlock active";
    }
    return unlessLocal(
        switches,
        () -> {
          if (reset) {
            supply.reset();
          }
        });
  }
}
