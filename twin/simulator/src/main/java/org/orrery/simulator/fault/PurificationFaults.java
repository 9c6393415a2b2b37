package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.INVALID;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.orrery.simulator.fault.Truth.Sign;

/** F5, F6 and F7: pump stopped, filter saturated, air leak; and failing purity monitors. */
final class PurificationFaults implements FaultFamily {
  private static final double HOUR = 3600.0;

  /** Air of a leak that fills the filter within a quarter of an hour, mol/s. */
  private static final double AIR_MOL_PER_SECOND = 0.02;

  /** Codes that a purity monitor gives, in the order of its knob. */
  private static final List<String> MONITOR_ERRORS = List.of("-10", "-11", "-12");

  @Override
  public List<String> codes() {
    return List.of("F5", "F6", "F7");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F5" ->
          arguments.choice("mode", "contactor", "contactor", "bearing").equals("contactor")
              ? pumpStopped(arguments)
              : bearingWorn(arguments);
      case "F6" -> filterSaturated(arguments);
      case "F7" -> airLeak(arguments);
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

  /** The wear that every pump has, faster; it stays when the fault is over, until an exchange. */
  private static Fault bearingWorn(Arguments arguments) {
    String pump = "pump-" + arguments.choice("pump", "a", "a", "b");
    double pace = arguments.number("pace", 100.0, 1.0, 10_000.0);
    return new Fault(
        "F5",
        pump,
        List.of(new Effect.OnKnob("purif." + pump + ".ageing", new Profile.Step(pace - 1.0))),
        new Fault.Ending.Repaired("purif." + pump + ".service", 1.0, 0.0),
        new Truth(
            "bearings of the recirculation pump wear out (" + spoken(pump) + ")",
            "purif",
            List.of(
                new Sign("purif." + pump + ".bearing-band", UP, 60 * 24 * HOUR / pace),
                new Sign("purif.flow", UNCHANGED, 5 * 24 * HOUR / pace)),
            List.of(
                "start the standby pump, switch the worn one off",
                "exchange its bearings before they trip it"),
            List.of("go on until the motor protection trips", "raise the speed"),
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
        new Fault.Ending.Repaired("purif." + filter + ".regenerate", 1.0, 24.0 * HOUR),
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

  /** A flange on the suction side draws air; the valve beside it isolates it. */
  private static Fault airLeak(Arguments arguments) {
    double air = AIR_MOL_PER_SECOND * arguments.severity(1.0);
    List<Sign> signs = new ArrayList<>();
    for (String gas : List.of("o2", "h2o", "n2")) {
      signs.add(new Sign("purif.analyser." + gas, UP, 900));
    }
    signs.add(new Sign("purif.prm-inline.lifetime", INVALID, HOUR));
    signs.add(new Sign("purif.prm2.lifetime", INVALID, 2 * HOUR));
    signs.add(new Sign("mon.dqdx.cathode", DOWN, HOUR));
    signs.add(new Sign("mon.light.yield", DOWN, 2 * HOUR));
    signs.add(new Sign("cryo.pressure.gauge", UP, HOUR));
    signs.add(new Sign("purif.flow", UNCHANGED, 2 * HOUR));
    return new Fault(
        "F7",
        "",
        List.of(new Effect.OnKnob("purif.air-leak", arguments.growing(air, 0.0))),
        new Fault.Ending.Repaired("purif.isolation", 1.0, 24.0 * HOUR),
        new Truth(
            "air leak into the purification",
            "purif",
            signs,
            List.of(
                "close the isolating valve at once, or stop the circulation",
                "select the other filter and regenerate the saturated one"),
            List.of("go on circulating: the pump draws the air in", "switch the filter only"),
            false));
  }

  /**
   * A purity monitor that fails.
   *
   * @param channel a channel of the monitor
   * @param code -10 no anode, -11 no cathode, -12 no fit
   */
  static Fault monitorFails(String channel, String code) {
    int dot = channel.lastIndexOf('.');
    int kind = MONITOR_ERRORS.indexOf(code) + 1;
    if (dot < 0 || !channel.startsWith("purif.prm") || kind == 0) {
      throw new IllegalArgumentException(
          "code= is " + String.join(", ", MONITOR_ERRORS) + ", for a purity monitor");
    }
    String monitor = channel.substring(0, dot);
    return new Fault(
        "F21",
        channel,
        List.of(new Effect.OnKnob(monitor + ".error", new Profile.Step(kind))),
        new Fault.Ending.Lasts(),
        new Truth(
            "purity monitor fails: " + List.of("no anode", "no cathode", "no fit").get(kind - 1),
            "purif",
            List.of(
                new Sign(monitor + ".lifetime", INVALID, 2_400),
                new Sign("purif.flow", UNCHANGED, HOUR),
                new Sign("mon.dqdx.cathode", UNCHANGED, HOUR)),
            List.of(
                "declare the monitor invalid; take the lifetime from its neighbours and tracks"),
            List.of("switch the filter because of this monitor alone"),
            true));
  }
}
