package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;

import java.util.List;
import java.util.Locale;
import org.orrery.simulator.fault.Truth.Sign;

/** F5 and F6: pump stopped, filter saturated. Stateless. */
final class PurificationFaults implements FaultFamily {
  private static final double HOUR = 3600.0;

  @Override
  public List<String> codes() {
    return List.of("F5", "F6");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F5" -> pumpStopped(arguments);
      case "F6" -> filterSaturated(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  private static Fault pumpStopped(Arguments arguments) {
    String pump = "pump-" + arguments.choice("pump", "a", "a", "b");
    double slip = arguments.severity(1.0);
    return new Fault(
        "F5",
        pump,
        List.of(new Effect.OnKnob("purif." + pump + ".slip", arguments.growing(slip, 0.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "recirculation pump stopped: motor contactor open (" + spoken(pump) + ")",
            "purif",
            List.of(
                new Sign("purif.flow", DOWN, 60),
                new Sign("purif." + pump + ".current", DOWN, 10),
                new Sign("cryo.condenser.valve-command", DOWN, HOUR),
                new Sign("purif.prm2.lifetime", DOWN, 24 * HOUR),
                new Sign("mon.dqdx.anode", UNCHANGED, 24 * HOUR)),
            List.of("switch the stopped pump off, start the standby pump"),
            List.of("start the stopped pump again and again", "switch the filter"),
            false));
  }

  private static String spoken(String pump) {
    return pump.substring(0, 5).replace('-', ' ') + pump.substring(5).toUpperCase(Locale.ROOT);
  }

  private static Fault filterSaturated(Arguments arguments) {
    String filter = "filter-" + arguments.choice("filter", "a", "a", "b");
    double lost = arguments.severity(1.0);
    return new Fault(
        "F6",
        filter,
        List.of(new Effect.OnKnob("purif." + filter + ".lost", arguments.growing(lost, 1_800.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "filter saturated (filter " + filter.substring(7).toUpperCase(Locale.ROOT) + ")",
            "purif",
            List.of(
                new Sign("purif.prm-inline.lifetime", DOWN, 2 * HOUR),
                new Sign("purif.prm2.lifetime", DOWN, 24 * HOUR),
                new Sign("purif." + filter + ".dp", UNCHANGED, 24 * HOUR),
                new Sign("cryo.pressure.gauge", UNCHANGED, 24 * HOUR)),
            List.of("switch to the other filter, regenerate this one"),
            List.of("stop the circulation"),
            false));
  }
}
