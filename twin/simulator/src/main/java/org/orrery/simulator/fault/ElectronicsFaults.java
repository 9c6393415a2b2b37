package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** F14, F15 and F16: what shakes the channels of many boards. Stateless. */
final class ElectronicsFaults implements FaultFamily {
  private static final double HOUR = 3600.0;
  private static final double EPISODE_SECONDS = HOUR;
  private static final double EPISODE_EVERY_SECONDS = 4.0 * HOUR;

  @Override
  public List<String> codes() {
    return List.of("F14", "F15", "F16");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F14" -> oscillation(arguments);
      case "F15" -> groundShort(arguments);
      case "F16" -> pickUp(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  /** One episode at once, and others every few hours. */
  private static Fault oscillation(Arguments arguments) {
    double severity = arguments.severity(1.0);
    String knob = "fe.regulator.oscillation";
    Profile now =
        new Profile.Delayed(
            new Profile.Pulses(severity, EPISODE_SECONDS, 0.0), arguments.rampSeconds(0.0));
    Profile later =
        new Profile.Episodes(severity, EPISODE_SECONDS, EPISODE_EVERY_SECONDS, arguments.chance());
    return new Fault(
        "F14",
        "",
        List.of(
            new Effect.OnKnob(knob, now),
            new Effect.OnKnob(knob, new Profile.Delayed(later, 2.0 * EPISODE_SECONDS))),
        new Fault.Ending.Lasts(),
        new Truth(
            "low-voltage regulators oscillate: high-noise state",
            "fe",
            List.of(
                new Sign("mon.enc.u", UP, 120),
                new Sign("mon.enc.v", UP, 120),
                new Sign("mon.enc.x", UP, 120),
                new Sign("fe.femb01.noise", UP, 60),
                new Sign("fe.femb02.noise", UP, 60),
                new Sign("mon.spectrum.650khz", UP, 120),
                new Sign("mon.spectrum.11khz", UP, 120),
                new Sign("mon.spectrum.100khz", UP, 120),
                new Sign("fe.lv.amps", DOWN, 60),
                new Sign("fe.femb01.larasic-amps", DOWN, 60),
                new Sign("daq.event-size", UP, 120),
                new Sign("fe.ground.impedance", UNCHANGED, HOUR),
                new Sign("hv.cathode.current", UNCHANGED, HOUR),
                new Sign("fe.wirebias.x.volts", UNCHANGED, HOUR)),
            List.of(
                "cycle the chips of all boards: that ends an episode",
                "filter the regulators in the next shutdown"),
            List.of(
                "lower the high voltage: the cathode current did not move",
                "cycle the power of one board after the other"),
            false));
  }

  private static Fault groundShort(Arguments arguments) {
    double severity = arguments.severity(1.0);
    return new Fault(
        "F15",
        "",
        List.of(new Effect.OnKnob("fe.ground.short", arguments.growing(severity, 0.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "low-voltage return touches the chassis",
            "fe",
            List.of(
                new Sign("fe.ground.impedance", DOWN, 60),
                new Sign("mon.spectrum.100khz", UP, 120),
                new Sign("mon.coherent.g128", UP, 120),
                new Sign("mon.spectrum.650khz", UNCHANGED, HOUR),
                new Sign("mon.spectrum.11khz", UNCHANGED, HOUR),
                new Sign("fe.lv.amps", UNCHANGED, HOUR),
                new Sign("hv.cathode.current", UNCHANGED, HOUR)),
            List.of("isolate the low-voltage return, find the contact"),
            List.of("cycle the chips of all boards: the contact stays"),
            false));
  }

  private static Fault pickUp(Arguments arguments) {
    double severity = arguments.severity(1.0);
    return new Fault(
        "F16",
        "",
        List.of(new Effect.OnKnob("fe.regulator.pick-up", arguments.growing(severity, 0.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "regulators picked up by groups of 64 channels",
            "fe",
            List.of(
                new Sign("mon.spectrum.11khz", UP, 120),
                new Sign("mon.coherent.g64", UP, 120),
                new Sign("mon.spectrum.100khz", UNCHANGED, HOUR),
                new Sign("mon.spectrum.650khz", UNCHANGED, HOUR),
                new Sign("fe.ground.impedance", UNCHANGED, HOUR),
                new Sign("fe.lv.amps", UNCHANGED, HOUR)),
            List.of("put the series resistors of 1 Ohm into the lines of the regulators"),
            List.of("isolate the low-voltage return", "cycle the chips of all boards"),
            false));
  }
}
