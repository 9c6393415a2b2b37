package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.orrery.simulator.fault.Truth.Direction;
import org.orrery.simulator.fault.Truth.Sign;

/** F19: the supply of a wire plane droops, a wire or a group is shorted. Stateless. */
final class WireBiasFaults implements FaultFamily {
  private static final double HOUR = 3600.0;
  private static final int GROUPS = 20;

  @Override
  public List<String> codes() {
    return List.of("F19");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    String plane = arguments.choice("plane", "x", "g", "u", "v", "x");
    String kind = arguments.choice("kind", "droop", "droop", "wire", "group");
    if (plane.equals("v")) {
      throw new IllegalArgumentException("F19: plane V lies at 0 V and can neither droop nor draw");
    }
    String id = "fe.wirebias." + plane;
    return kind.equals("droop")
        ? droop(id, plane, arguments)
        : shorted(id, plane, kind.equals("group"), arguments);
  }

  /** How much a plane can lose before nothing passes: the first two need little [C]. */
  private static double span(String plane) {
    return switch (plane) {
      case "g" -> 0.05;
      case "u" -> 0.06;
      default -> 0.6;
    };
  }

  private static Fault droop(String id, String plane, Arguments arguments) {
    double lost = span(plane) * arguments.severity(0.8);
    Direction magnitudeDown = plane.equals("x") ? DOWN : UP;
    List<Sign> signs = new ArrayList<>();
    signs.add(new Sign(id + ".volts", magnitudeDown, 600));
    signs.add(new Sign("mon.amplitude.x", DOWN, 1_200));
    signs.add(new Sign("mon.dqdx.anode", DOWN, 1_200));
    if (!plane.equals("g")) {
      signs.add(new Sign("mon.amplitude." + (plane.equals("x") ? "v" : "u"), UP, 1_200));
    }
    signs.add(new Sign("mon.enc.x", UNCHANGED, HOUR));
    signs.add(new Sign("mon.light.yield", UNCHANGED, HOUR));
    signs.add(new Sign("mon.crosser.drift-time", UNCHANGED, HOUR));
    return new Fault(
        "F19",
        "plane-" + plane,
        List.of(new Effect.OnKnob(id + ".droop", arguments.growing(lost, 300.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "bias supply of wire plane %s droops".formatted(plane.toUpperCase(Locale.ROOT)),
            "fe",
            signs,
            List.of("change to the spare supply, have the main one repaired"),
            List.of("take the fallen charge for lost purity and change the filter"),
            false));
  }

  private static Fault shorted(String id, String plane, boolean group, Arguments arguments) {
    int number = arguments.whole("group", 7, 1, GROUPS);
    double severity = arguments.severity(group ? 1.0 : 0.2);
    int usual = (int) Math.max(1, Math.rint(5.0 * severity));
    int wires = group ? 0 : arguments.whole("wires", usual, 1, 40);
    List<Effect> effects = new ArrayList<>();
    effects.add(
        group
            ? new Effect.OnKnob(id + ".group-short", arguments.growing(severity, 0.0))
            : new Effect.OnKnob(id + ".shorted-wires", arguments.growing(wires, 0.0)));
    effects.add(new Effect.OnKnob(id + ".short-group", new Profile.Step(number - 1.0)));
    String name = plane.toUpperCase(Locale.ROOT);
    return new Fault(
        "F19",
        "plane-" + plane,
        effects,
        new Fault.Ending.Lasts(),
        new Truth(
            group
                ? "filter group %d of wire plane %s shorted".formatted(number, name)
                : "%d wires of group %d of plane %s on the frame".formatted(wires, number, name),
            "fe",
            List.of(
                new Sign(id + ".amps", UP, 60),
                new Sign(id + ".group-low", DOWN, 60),
                new Sign(id + ".volts", UNCHANGED, HOUR),
                new Sign("mon.enc.x", UNCHANGED, HOUR),
                new Sign("hv.cathode.current", UNCHANGED, HOUR)),
            List.of("find the group by disconnecting one after the other, leave it disconnected"),
            List.of("change to the spare supply: it feeds the same short"),
            false));
  }
}
