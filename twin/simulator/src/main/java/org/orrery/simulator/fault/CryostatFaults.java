package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** F8, F9, F11 and F12: nitrogen lost, valve stuck, level drop, bad delivery. Stateless. */
final class CryostatFaults implements FaultFamily {
  private static final double HOUR = 3600.0;

  /** About half of the boil-off of 50 g/s, kg/s. */
  private static final double LOST_KG_PER_SECOND = 0.025;

  private static final double BAD_DELIVERY_PPB = 20.0;

  /** The crew frees a stuck valve, or repairs a positioner, while the loop is on MANUAL [M]. */
  private static final double FREED_AFTER_SECONDS = HOUR;

  private static final double REPAIRED_AFTER_SECONDS = 6.0 * HOUR;
  private static final double STICKY_PERCENT = 15.0;

  @Override
  public List<String> codes() {
    return List.of("F8", "F9", "F11", "F12");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F8" -> nitrogenLost(arguments);
      case "F9" ->
          arguments.choice("mode", "stuck", "stuck", "sticky").equals("stuck")
              ? valveStuck(arguments)
              : valveSticky(arguments);
      case "F11" -> levelDrop(arguments);
      case "F12" -> badDelivery(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  private static Fault nitrogenLost(Arguments arguments) {
    double share = arguments.severity(1.0);
    double blocked = arguments.number("vent-blocked", 0.0, 0.0, 1.0);
    return new Fault(
        "F8",
        "",
        List.of(
            new Effect.OnKnob("cryo.ln2.lost", arguments.growing(share, 0.0)),
            new Effect.OnKnob("cryo.vent.blocked", new Profile.Step(blocked))),
        new Fault.Ending.Lasts(),
        new Truth(
            "liquid-nitrogen supply of the condenser lost",
            "cryo",
            List.of(
                new Sign("cryo.ln2.flow", DOWN, 300),
                new Sign("cryo.condenser.valve-command", UP, 1_800),
                new Sign("cryo.pressure.absolute", UP, 900),
                new Sign("cryo.rtd.t20", UP, 3 * HOUR),
                new Sign("cryo.ln2.reserve-level", UNCHANGED, 3 * HOUR),
                new Sign("purif.flow", UNCHANGED, 3 * HOUR)),
            List.of(
                "restore the nitrogen supply or change to the reserve",
                "ramp the high voltage down before the pressure reaches the relief"),
            List.of("stop the circulation pump: its heat is the smallest part"),
            false));
  }

  private static Fault valveStuck(Arguments arguments) {
    return new Fault(
        "F9",
        "",
        List.of(
            new Effect.OnKnob(
                "cryo.condenser.valve-stuck",
                new Profile.Delayed(new Profile.Step(1.0), arguments.rampSeconds(0.0)))),
        new Fault.Ending.Repaired("cryo.condenser.mode", 1.0, FREED_AFTER_SECONDS),
        new Truth(
            "nitrogen valve of the condenser stuck",
            "cryo",
            List.of(
                new Sign("cryo.condenser.valve-position", UNCHANGED, 6 * HOUR),
                new Sign("purif.flow", UNCHANGED, 6 * HOUR)),
            List.of("put the loop on MANUAL and have the valve freed, an hour", "back to AUTO"),
            List.of("change the pressure set-point to chase a valve that does not move"),
            false));
  }

  /** Friction: the valve follows only larger changes, and the loop cycles around its set-point. */
  private static Fault valveSticky(Arguments arguments) {
    double percent = STICKY_PERCENT * arguments.severity(1.0);
    return new Fault(
        "F9",
        "",
        List.of(new Effect.OnKnob("cryo.condenser.stiction", arguments.growing(percent, 1_800.0))),
        new Fault.Ending.Repaired("cryo.condenser.mode", 1.0, REPAIRED_AFTER_SECONDS),
        new Truth(
            "nitrogen valve of the condenser sticky: the pressure loop cycles",
            "cryo",
            List.of(
                new Sign("purif.flow", UNCHANGED, 6 * HOUR),
                new Sign("cryo.vent.flow", UNCHANGED, 6 * HOUR),
                new Sign("purif.prm2.lifetime", UNCHANGED, 6 * HOUR)),
            List.of(
                "put the loop on MANUAL at the mean of the command",
                "have the positioner repaired, six hours, then back to AUTO"),
            List.of("change the set-point to damp the oscillation"),
            false));
  }

  /** Boil-off leaves for good and nobody tops up; the loop keeps the pressure. */
  private static Fault levelDrop(Arguments arguments) {
    double rate = LOST_KG_PER_SECOND * arguments.severity(1.0);
    return new Fault(
        "F11",
        "",
        List.of(new Effect.OnKnob("cryo.boil-off.lost", arguments.growing(rate, 3_600.0))),
        new Fault.Ending.Repaired("cryo.topup.valve", 1.0, 2.0 * HOUR),
        new Truth(
            "level drops: boil-off lost and not topped up",
            "cryo",
            List.of(
                new Sign("cryo.level.capacitive", DOWN, 12 * HOUR),
                new Sign("cryo.level.dp", DOWN, 12 * HOUR),
                new Sign("cryo.ln2.flow", DOWN, 6 * HOUR),
                new Sign("cryo.pressure.gauge", UNCHANGED, 24 * HOUR),
                new Sign("cryo.vent.flow", UNCHANGED, 24 * HOUR),
                new Sign("purif.flow", UNCHANGED, 24 * HOUR)),
            List.of(
                "compare the two gauges: both fall",
                "top up from a delivery and have the loss found"),
            List.of(
                "take it for a lying gauge",
                "reset the high voltage against the level interlock again and again"),
            false));
  }

  /** The crew of the delivery opens the fill valve; the argon is worse than it should be. */
  private static Fault badDelivery(Arguments arguments) {
    double ppb = arguments.number("ppb", BAD_DELIVERY_PPB * arguments.severity(1.0), 0.0, 1_000.0);
    double after = arguments.rampSeconds(0.0);
    Profile begins = new Profile.Delayed(new Profile.Step(1.0), after);
    return new Fault(
        "F12",
        "",
        List.of(
            new Effect.OnKnob("cryo.delivery.oxygen", begins.times(ppb)),
            new Effect.OnActuator("cryo.topup.valve", Effect.Trouble.FOREIGN, begins)),
        new Fault.Ending.Repaired("cryo.topup.valve", 0.0, 12.0 * HOUR),
        new Truth(
            "top-up with argon of low purity",
            "cryo",
            List.of(
                new Sign("cryo.topup.flow", UP, after + 60),
                new Sign("cryo.level.capacitive", UP, after + 1_800),
                new Sign("cryo.level.dp", UP, after + 1_800),
                new Sign("purif.prm2.lifetime", DOWN, after + 2 * HOUR),
                new Sign("mon.dqdx.cathode", DOWN, after + 2 * HOUR),
                new Sign("mon.dqdx.anode", UNCHANGED, after + 2 * HOUR),
                new Sign("purif.flow", UNCHANGED, after + 2 * HOUR)),
            List.of(
                "close the fill valve and send the delivery back",
                "go on circulating: the filter recovers it in a few volume exchanges"),
            List.of("fill on to the upper level", "stop the circulation"),
            false));
  }
}
