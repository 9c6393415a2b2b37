package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.INVALID;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.ArrayList;
import java.util.List;
import org.orrery.simulator.fault.Truth.Direction;
import org.orrery.simulator.fault.Truth.Sign;

/**
 * F1, F2, F3, F4, F23 and F24: streamer, fast discharge, leak of the supply, trip, changed
 * resistor, ripple. Stateless.
 */
final class HighVoltageFaults implements FaultFamily {
  private static final int STREAMER_PLANE = 6;
  private static final double STREAMER_LEAST = 0.01;
  private static final double STREAMER_SPAN = 0.19;
  private static final double GRADUAL_SECONDS = 3.0 * 3600.0;
  private static final double LEAK_SPAN = 0.2;
  private static final double RIPPLE_SPAN = 4.0;
  private static final double RESISTANCE_SPAN = 0.2;
  private static final double OPEN = 1e6;
  private static final double HOUR = 3600.0;

  @Override
  public List<String> codes() {
    return List.of("F1", "F2", "F3", "F4", "F23", "F24");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F1" -> streamer(arguments);
      case "F2" -> discharge(arguments);
      case "F3" -> leak(arguments);
      case "F4" -> trip(arguments);
      case "F23" -> resistor(arguments);
      case "F24" -> ripple(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  private static Fault streamer(Arguments arguments) {
    double share = STREAMER_LEAST + STREAMER_SPAN * arguments.severity(0.5);
    // Published: a streamer quenches by itself after 6 to 12 hours.
    double lasts = arguments.uniform(6.0, 12.0) * HOUR;
    int plane = arguments.whole("plane", STREAMER_PLANE, 1, 12);
    String groundPlane = "hv.groundplane.gp%02d".formatted(plane);
    return new Fault(
        "F1",
        "",
        List.of(
            new Effect.OnKnob("hv.streamer.share", streamerCourse(arguments, share)),
            new Effect.OnKnob("hv.streamer.plane", new Profile.Step(plane - STREAMER_PLANE))),
        new Fault.Ending.Quenched(lasts),
        new Truth(
            "high-voltage streamer to ground plane " + plane,
            "hv",
            List.of(
                new Sign("hv.cathode.current", UP, 120),
                new Sign(groundPlane, UP, 120),
                new Sign("hv.beamplug.current", UP, 120),
                new Sign(
                    plane == 1 ? "hv.groundplane.gp12" : "hv.groundplane.gp01", UNCHANGED, HOUR),
                new Sign("hv.cathode.voltage", UNCHANGED, HOUR),
                new Sign("hv.toroid.upstream", UNCHANGED, HOUR),
                new Sign("hv.cathode.ripple", UNCHANGED, HOUR),
                new Sign("mon.enc.u", UNCHANGED, HOUR),
                new Sign("pds.ch01.dark-rate", UNCHANGED, HOUR)),
            List.of(
                "lower the cathode voltage below 90 % for a minute, then ramp back",
                "or let the supply do so by itself: hv.quench.auto"),
            List.of("switch the supply off: the ramp back costs a quarter of an hour of data"),
            false));
  }

  /** A sudden one is there within a minute; a gradual one begins at 1 % and grows. */
  private static Profile streamerCourse(Arguments arguments, double share) {
    if (arguments.choice("course", "sudden", "sudden", "gradual").equals("sudden")) {
      return arguments.growing(share, 60.0);
    }
    double grown = Math.max(1.0, arguments.rampSeconds(GRADUAL_SECONDS));
    return new Profile.Points(
        List.of(
            new Profile.Points.Point(0.0, STREAMER_LEAST), new Profile.Points.Point(grown, share)));
  }

  private static Fault discharge(Arguments arguments) {
    double perDay = arguments.number("rate", 0.0, 0.0, 1e4);
    boolean once = perDay == 0.0;
    double after = arguments.rampSeconds(0.0);
    Profile pulse = new Profile.Delayed(new Profile.Pulses(1.0, 0.65, 0.0), after);
    double soon = once ? 60.0 : Math.max(120.0, 10.0 * 86_400.0 / perDay);
    return new Fault(
        "F2",
        "",
        List.of(
            once
                ? new Effect.OnKnob("hv.discharge.now", pulse)
                : new Effect.OnKnob("hv.discharge.rate", new Profile.Step(perDay))),
        once ? new Fault.Ending.After(after + 120.0) : new Fault.Ending.Lasts(),
        new Truth(
            once ? "fast high-voltage discharge" : "repeated fast high-voltage discharges",
            "hv",
            List.of(
                new Sign("hv.toroid.downstream", UP, after + soon),
                new Sign("hv.toroid.rate", UP, after + soon + 300.0),
                new Sign("hv.groundplane.gp06", UP, after + soon),
                new Sign("daq.trigger.rate", UP, after + soon),
                new Sign("mon.baseline.u", UP, after + soon),
                new Sign("mon.saturation.u", UP, after + soon),
                new Sign("hv.toroid.upstream", UNCHANGED, HOUR),
                new Sign("hv.cathode.voltage", UNCHANGED, HOUR),
                new Sign("hv.chain.c1", UNCHANGED, HOUR),
                new Sign("mon.dqdx.anode", UNCHANGED, HOUR),
                new Sign("mon.crosser.drift-time", UNCHANGED, HOUR),
                new Sign("mon.crosser.residual", UNCHANGED, HOUR),
                new Sign("pds.ch01.dark-rate", UNCHANGED, HOUR)),
            List.of("note time and polarity, mask the trigger burst, watch the rate"),
            List.of("ramp the high voltage or repeat the calibration because of one"),
            false));
  }

  private static Fault leak(Arguments arguments) {
    double share = LEAK_SPAN * arguments.severity(0.5);
    return new Fault(
        "F3",
        "",
        List.of(new Effect.OnKnob("hv.supply.leak", arguments.growing(share, 60.0))),
        swapped(arguments),
        new Truth(
            "high-voltage supply leaking before its filter",
            "hv",
            List.of(
                new Sign("hv.cathode.current", UP, 120),
                new Sign("hv.cathode.ripple", UP, 120),
                new Sign("mon.enc.u", UP, 300),
                new Sign("hv.toroid.upstream", UP, HOUR),
                new Sign("hv.toroid.downstream", UNCHANGED, HOUR),
                new Sign("hv.groundplane.gp06", UNCHANGED, HOUR),
                new Sign("hv.beamplug.current", UNCHANGED, HOUR),
                new Sign("hv.chain.c1", UNCHANGED, HOUR),
                new Sign("mon.dqdx.anode", UNCHANGED, HOUR)),
            List.of("ramp down and switch off", "swap the supply unit", "ramp back"),
            List.of("lower the voltage to quench a streamer that is not there"),
            false));
  }

  /** A fault of the supply unit in use is over when the other one is in its place. */
  private static Fault.Ending swapped(Arguments arguments) {
    int other = arguments.choice("unit", "a", "a", "b").equals("a") ? 1 : 0;
    return new Fault.Ending.Repaired("hv.supply.unit", other, 60.0);
  }

  private static Fault trip(Arguments arguments) {
    Profile once = new Profile.Pulses(1.0, 0.65, 0.0);
    double after = arguments.rampSeconds(0.0);
    return new Fault(
        "F4",
        "",
        List.of(new Effect.OnKnob("hv.supply.trip", new Profile.Delayed(once, after))),
        new Fault.Ending.HighVoltageReset(),
        new Truth(
            "high-voltage trip",
            "hv",
            List.of(
                new Sign("hv.cathode.voltage", UP, 15),
                new Sign("hv.cathode.current", DOWN, 15),
                new Sign("mon.dqdx.anode", INVALID, 120),
                new Sign("mon.light.yield", UP, 120),
                new Sign("daq.trigger.rate", UP, 30),
                new Sign("cryo.pressure.gauge", UNCHANGED, HOUR),
                new Sign("purif.flow", UNCHANGED, HOUR)),
            List.of("find out why, reset the latch, ramp back at 60 to 120 V/s"),
            List.of("reset and ramp again and again without a look at the currents"),
            false));
  }

  private static Fault resistor(Arguments arguments) {
    int chain = arguments.whole("chain", 1, 1, 4);
    double usual = RESISTANCE_SPAN * arguments.severity(0.5);
    double change =
        arguments.text("open").isPresent() ? OPEN : arguments.number("change", usual, -0.5, 1e3);
    String id = "hv.chain.c" + chain;
    return new Fault(
        "F23",
        "chain-" + chain,
        List.of(new Effect.OnKnob(id + ".departure", arguments.growing(change, 0.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "resistor of chain %d %s".formatted(chain, change < 0.0 ? "shorted" : "failed"),
            "hv",
            resistorSigns(chain, change),
            List.of(
                "keep running: it cannot be reached in the cold",
                "make a new field map, set new limits for current and pick-off"),
            List.of("raise the voltage until the current is as before"),
            false));
  }

  private static List<Sign> resistorSigns(int chain, double change) {
    Direction less = change < 0.0 ? UP : DOWN;
    List<Sign> signs = new ArrayList<>();
    signs.add(new Sign("hv.cathode.current", less, 60));
    signs.add(new Sign("hv.chain.c" + chain, less, 60));
    // The last strip is negative: less current brings it up.
    signs.add(new Sign("hv.laststrip.voltage", change < 0.0 ? DOWN : UP, 60));
    signs.add(new Sign("mon.crosser.residual", UP, 600));
    if (change < 1.0) {
      // Without the current of a whole chain the filter drops 100 V less, which the others show.
      signs.add(new Sign("hv.chain.c" + (chain % 4 + 1), UNCHANGED, HOUR));
    }
    signs.add(new Sign("hv.groundplane.gp06", UNCHANGED, HOUR));
    signs.add(new Sign("hv.cathode.voltage", UNCHANGED, HOUR));
    signs.add(new Sign("mon.enc.u", UNCHANGED, HOUR));
    signs.add(new Sign("mon.dqdx.anode", UNCHANGED, HOUR));
    return signs;
  }

  private static Fault ripple(Arguments arguments) {
    double millivolts = RIPPLE_SPAN * arguments.severity(0.5);
    return new Fault(
        "F24",
        "",
        List.of(new Effect.OnKnob("hv.supply.ripple", arguments.growing(millivolts, 60.0))),
        swapped(arguments),
        new Truth(
            "ripple of the high-voltage supply",
            "hv",
            List.of(
                new Sign("hv.cathode.ripple", UP, 120),
                new Sign("mon.enc.u", UP, 600),
                new Sign("mon.enc.v", UP, 600),
                new Sign("mon.enc.x", UP, HOUR),
                new Sign("hv.cathode.voltage", UNCHANGED, HOUR),
                new Sign("hv.cathode.current", UNCHANGED, HOUR),
                new Sign("hv.groundplane.gp06", UNCHANGED, HOUR),
                new Sign("hv.toroid.upstream", UNCHANGED, HOUR),
                new Sign("mon.dqdx.anode", UNCHANGED, HOUR)),
            List.of("look at filter and grounding of the supply", "swap the supply unit"),
            List.of("search the front ends for a noisy board"),
            false));
  }
}
