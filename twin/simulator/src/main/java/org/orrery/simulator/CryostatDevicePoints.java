package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Condenser;
import org.orrery.simulator.plant.Cryostat;
import org.orrery.simulator.plant.NitrogenSupply;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.SimRandom;
import org.orrery.simulator.plant.TopUp;

/** Channels of the devices around the cryostat, and of the mains of the site. */
final class CryostatDevicePoints {
  private static final String REMOTE = "cryo.remote";

  private CryostatDevicePoints() {}

  static void addTo(DetectorDesk desk, Plant plant, LocalSwitches switches) {
    Cryostat cryostat = plant.cryostat();
    SimRandom later = desk.stream(52);
    addSafety(desk, cryostat, later);
    addCondenser(desk, plant, switches);
    addNitrogen(desk, cryostat.condenser().tanks(), switches, later);
    addTopUp(desk, cryostat, switches, later);
    desk.choice("site.power", "LOST", "OK")
        .says("Mains of the site")
        .severities(Severity.MAJOR, Severity.NONE)
        .everySeconds(5)
        .reads(() -> plant.environment().powerShare() >= 0.5 ? 1 : 0)
        .add();
  }

  private static void addSafety(DetectorDesk desk, Cryostat cryostat, SimRandom later) {
    desk.real("cryo.relief.flow", "g/s")
        .says("Argon gas through the relief valve")
        .display(0, 1_000)
        .limits(NaN, NaN, 5, 20)
        .everySeconds(5)
        .sensor(0.3, 0.1)
        .noiseFrom(later)
        .reads(() -> cryostat.safety().reliefKgPerSecond() * 1e3)
        .add();
    desk.choice(
            "cryo.executive.action",
            "NONE",
            "MAKE_UP",
            "VACUUM_VALVE",
            "RAISE_NITROGEN",
            "STOP_PUMPS",
            "VENT",
            "RELIEF")
        .says("Farthest executive action on the pressure that is at work")
        .severities(
            Severity.NONE,
            Severity.MINOR,
            Severity.MAJOR,
            Severity.MINOR,
            Severity.MAJOR,
            Severity.MAJOR,
            Severity.MAJOR)
        .everySeconds(5)
        .reads(() -> cryostat.safety().action().ordinal())
        .add();
  }

  private static void addCondenser(DetectorDesk desk, Plant plant, LocalSwitches switches) {
    Condenser condenser = plant.cryostat().condenser();
    desk.choice("cryo.condenser.enable", "OFF", "ON")
        .says("Switches the condenser; off, its nitrogen valve is closed")
        .severities(Severity.MAJOR, Severity.NONE)
        .everySeconds(10)
        .reads(() -> condenser.enabled() ? 1 : 0)
        .writable(
            0,
            1,
            value ->
                value > 0.5 && plant.environment().powerShare() < 0.5
                    ? "condenser: no mains"
                    : unlessLocal(switches, () -> condenser.enabled(value > 0.5)))
        .add();
    desk.choice("cryo.condenser.service", "IN_SERVICE", "DEFROST")
        .says("Defrost of the condenser, two hours without condensation; ends by itself")
        .severities(Severity.NONE, Severity.MINOR)
        .everySeconds(10)
        .reads(() -> condenser.defrost().busy() ? 1 : 0)
        .writable(0, 1, value -> unlessLocal(switches, () -> condenser.defrost().ask(value > 0.5)))
        .add();
  }

  private static void addNitrogen(
      DetectorDesk desk, NitrogenSupply tanks, LocalSwitches switches, SimRandom later) {
    desk.choice("cryo.ln2.source", "MAIN", "RESERVE")
        .says("Tank that feeds the condenser with nitrogen")
        .severities(Severity.NONE, Severity.MINOR)
        .everySeconds(10)
        .reads(() -> tanks.onReserve() ? 1 : 0)
        .writable(
            0,
            1,
            value ->
                value > 0.5 && tanks.reservePercent() < 1.0
                    ? "reserve of nitrogen: empty"
                    : unlessLocal(switches, () -> tanks.onReserve(value > 0.5)))
        .add();
    desk.real("cryo.ln2.reserve-level", "%")
        .says("Level of the reserve tank of nitrogen")
        .display(0, 100)
        .limits(10, 30, NaN, NaN)
        .everySeconds(60)
        .sensor(0.2, 0.1)
        .noiseFrom(later)
        .reads(tanks::reservePercent)
        .add();
  }

  private static void addTopUp(
      DetectorDesk desk, Cryostat cryostat, LocalSwitches switches, SimRandom later) {
    TopUp topUp = cryostat.topUp();
    desk.choice("cryo.topup.valve", "CLOSED", "OPEN")
        .says("Fill valve of a delivery of liquid argon; closes by itself at the upper level")
        .everySeconds(10)
        .reads(() -> topUp.open() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              String refusal = value > 0.5 ? fillRefusal(cryostat) : null;
              return refusal != null
                  ? refusal
                  : unlessLocal(switches, () -> topUp.open(value > 0.5));
            })
        .add();
    desk.real("cryo.topup.flow", "kg/s")
        .says("Liquid argon from the delivery")
        .display(0, 1)
        .everySeconds(5)
        .sensor(0.003, 0.001)
        .noiseFrom(later)
        .reads(topUp::flowKgPerSecond)
        .add();
    desk.real("cryo.delivery.mass", "kg")
        .says("Liquid argon left in the delivery")
        .display(0, 20_000)
        .everySeconds(60)
        .sensor(20, 10)
        .noiseFrom(later)
        .reads(topUp::deliveryKg)
        .add();
  }

  private static @Nullable String fillRefusal(Cryostat cryostat) {
    if (cryostat.levelMetres() >= TopUp.FULL_METRES) {
      return "fill line: level at its upper end";
    }
    return cryostat.topUp().deliveryKg() <= 0.0 ? "fill line: delivery empty" : null;
  }

  private static @Nullable String unlessLocal(LocalSwitches switches, Runnable action) {
    if (switches.isLocal(REMOTE)) {
      return "cryogenics: key on LOCAL";
    }
    action.run();
    return null;
  }
}
