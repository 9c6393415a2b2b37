package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** F8, F9 and F10: nitrogen lost, nitrogen valve stuck, weather. Stateless. */
final class CryostatFaults implements FaultFamily {
  private static final double FRONT_MILLIBAR = 20.0;
  private static final double HOUR = 3600.0;

  @Override
  public List<String> codes() {
    return List.of("F8", "F9", "F10");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F8" -> nitrogenLost(arguments);
      case "F9" -> valveStuck(arguments);
      case "F10" -> weather(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  private static Fault nitrogenLost(Arguments arguments) {
    double share = arguments.severity(1.0);
    return new Fault(
        "F8",
        "",
        List.of(new Effect.OnKnob("cryo.ln2.lost", arguments.growing(share, 0.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "liquid-nitrogen supply of the condenser lost",
            "cryo",
            List.of(
                new Sign("cryo.ln2.flow", DOWN, 300),
                new Sign("cryo.condenser.valve-command", UP, 1_800),
                new Sign("cryo.pressure.absolute", UP, 900),
                new Sign("cryo.rtd.t20", UP, 3 * HOUR),
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
        new Fault.Ending.Lasts(),
        new Truth(
            "nitrogen valve of the condenser stuck",
            "cryo",
            List.of(
                new Sign("cryo.condenser.valve-position", UNCHANGED, 6 * HOUR),
                new Sign("purif.flow", UNCHANGED, 6 * HOUR)),
            List.of("work the valve by hand, have the positioner repaired"),
            List.of("change the pressure set-point to chase a valve that does not move"),
            false));
  }

  private static Fault weather(Arguments arguments) {
    double severity = arguments.number("severity", 1.0, -1.0, 1.0);
    double amount = FRONT_MILLIBAR * severity;
    return new Fault(
        "F10",
        "",
        List.of(new Effect.OnKnob("env.front", arguments.growing(amount, 10.0 * HOUR))),
        new Fault.Ending.Lasts(),
        new Truth(
            "weather front",
            "env",
            List.of(
                new Sign("env.barometer", amount < 0 ? DOWN : UP, 10 * HOUR),
                new Sign("cryo.pressure.absolute", amount < 0 ? DOWN : UP, 10 * HOUR),
                new Sign("cryo.pressure.gauge", UNCHANGED, 20 * HOUR)),
            List.of("nothing on the detector; a new constant for the drift velocity is due"),
            List.of("change the pressure set-point against the weather"),
            true));
  }
}
