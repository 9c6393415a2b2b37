package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.INVALID;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** F1, F3 and F4: streamer, leak of the supply, trip. Stateless. */
final class HighVoltageFaults implements FaultFamily {
  private static final double STREAMER_LEAST = 0.01;
  private static final double STREAMER_SPAN = 0.19;
  private static final double LEAK_SPAN = 0.2;
  private static final double HOUR = 3600.0;

  @Override
  public List<String> codes() {
    return List.of("F1", "F3", "F4");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F1" -> streamer(arguments);
      case "F3" -> leak(arguments);
      case "F4" -> trip(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  private static Fault streamer(Arguments arguments) {
    double share = STREAMER_LEAST + STREAMER_SPAN * arguments.severity(0.5);
    // Published: a streamer quenches by itself after 6 to 12 hours.
    double lasts = arguments.uniform(6.0, 12.0) * HOUR;
    return new Fault(
        "F1",
        "",
        List.of(new Effect.OnKnob("hv.streamer.share", arguments.growing(share, 60.0))),
        new Fault.Ending.Quenched(lasts),
        new Truth(
            "high-voltage streamer to ground plane 6",
            "hv",
            List.of(
                new Sign("hv.cathode.current", UP, 120),
                new Sign("hv.groundplane.gp06", UP, 120),
                new Sign("hv.beamplug.current", UP, 120),
                new Sign("hv.groundplane.gp01", UNCHANGED, HOUR),
                new Sign("hv.cathode.voltage", UNCHANGED, HOUR),
                new Sign("mon.enc.u", UNCHANGED, HOUR),
                new Sign("pds.ch01.dark-rate", UNCHANGED, HOUR)),
            List.of("lower the cathode voltage below 90 % for a minute, then ramp back"),
            List.of("switch the supply off: the ramp back costs a quarter of an hour of data"),
            false));
  }

  private static Fault leak(Arguments arguments) {
    double share = LEAK_SPAN * arguments.severity(0.5);
    return new Fault(
        "F3",
        "",
        List.of(new Effect.OnKnob("hv.supply.leak", arguments.growing(share, 60.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "high-voltage supply leaking before its filter",
            "hv",
            List.of(
                new Sign("hv.cathode.current", UP, 120),
                new Sign("mon.enc.u", UP, 300),
                new Sign("hv.groundplane.gp06", UNCHANGED, HOUR),
                new Sign("hv.chain.c1", UNCHANGED, HOUR)),
            List.of("call the high-voltage expert: the supply must be swapped"),
            List.of("lower the voltage to quench a streamer that is not there"),
            false));
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
}
