package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** F10 and F22: weather, outage of the mains. Stateless. */
final class SiteFaults implements FaultFamily {
  private static final double FRONT_MILLIBAR = 20.0;
  private static final double HOUR = 3600.0;

  @Override
  public List<String> codes() {
    return List.of("F10", "F22");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F10" -> weather(arguments);
      case "F22" -> outage(arguments);
      default -> throw new IllegalArgumentException(code);
    };
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

  /** The mains are away for half an hour to four hours; what went off stays off after that. */
  private static Fault outage(Arguments arguments) {
    double after = arguments.rampSeconds(0.0);
    double hours = arguments.number("hours", arguments.uniform(0.5, 4.0), 0.05, 48.0);
    return new Fault(
        "F22",
        "",
        List.of(
            new Effect.OnKnob(
                "site.power.lost", new Profile.Delayed(new Profile.Step(1.0), after))),
        new Fault.Ending.After(after + hours * HOUR),
        new Truth(
            "outage of the mains of the site",
            "site",
            List.of(
                new Sign("site.power", DOWN, after + 10),
                new Sign("hv.cathode.voltage", UP, after + 30),
                new Sign("fe.femb01.link", DOWN, after + 60),
                new Sign("purif.flow", DOWN, after + 120),
                new Sign("purif.pump-a.current", DOWN, after + 30),
                new Sign("cryo.condenser.valve-position", DOWN, after + 120),
                new Sign("cryo.ln2.flow", DOWN, after + 300),
                new Sign("cryo.pressure.gauge", UP, after + 900),
                new Sign("purif.prm2.lifetime", DOWN, after + 36 * HOUR),
                new Sign("cryo.ln2.reserve-level", UNCHANGED, after + HOUR)),
            List.of(
                "wait for the mains; look whether the alarms themselves are alive",
                "switch the condenser on and wait until the pressure falls",
                "start one pump",
                "switch electronics and high voltage on last"),
            List.of(
                "start a pump before the condenser works: its heat raises the pressure",
                "take the silence of the alarms for health"),
            false));
  }
}
