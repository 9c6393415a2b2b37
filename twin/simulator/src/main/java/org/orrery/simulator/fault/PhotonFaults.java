package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.ArrayList;
import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** F20: bias of photon detectors drifts or oscillates. Stateless. */
final class PhotonFaults implements FaultFamily {
  private static final double HOUR = 3600.0;
  private static final double DRIFT_VOLTS = -2.0;

  /** Published: a supply of 2000 V oscillated by 20 V; the same share of 45 V. */
  private static final double WAVE_VOLTS = 0.9;

  @Override
  public List<String> codes() {
    return List.of("F20");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    int detector = arguments.whole("detector", 0, 0, 12);
    double severity = arguments.severity(0.5);
    boolean wave =
        arguments.choice("course", "drift", "drift", "oscillation").equals("oscillation");
    Profile course =
        wave
            ? new Profile.Wave(WAVE_VOLTS * severity, arguments.number("period", 600.0, 60.0, 1e6))
            : arguments.growing(DRIFT_VOLTS * severity, HOUR);
    String place = detector == 0 ? "supply" : "ch%02d".formatted(detector);
    return new Fault(
        "F20",
        detector == 0 ? "" : "detector-" + detector,
        List.of(new Effect.OnKnob("pds." + place + ".shift", course)),
        new Fault.Ending.Lasts(),
        new Truth(
            "photon-detector bias %s (%s)".formatted(wave ? "oscillating" : "drifting", place),
            "pds",
            wave ? oscillating(detector) : drifting(detector),
            List.of("park the detectors where it grows", "set the bias again, or swap the supply"),
            List.of("search the liquid for nitrogen, the field for a sag: charge is as before"),
            false));
  }

  private static List<Sign> drifting(int detector) {
    String id = "pds.ch%02d.".formatted(Math.max(1, detector));
    List<Sign> signs = new ArrayList<>();
    signs.add(new Sign(id + "bias-volts", DOWN, HOUR));
    signs.add(new Sign(id + "gain", DOWN, HOUR));
    signs.add(new Sign(id + "dark-rate", DOWN, HOUR));
    signs.add(new Sign(id + "current", DOWN, HOUR));
    signs.add(new Sign("mon.light.yield", DOWN, 2.0 * HOUR));
    signs.add(new Sign("daq.trigger.rate", DOWN, 2.0 * HOUR));
    addZeros(detector, signs);
    return signs;
  }

  private static List<Sign> oscillating(int detector) {
    String id = "pds.ch%02d.".formatted(Math.max(1, detector));
    List<Sign> signs = new ArrayList<>();
    signs.add(new Sign(id + "bias-volts", UP, HOUR));
    signs.add(new Sign(id + "gain", UP, HOUR));
    addZeros(detector, signs);
    return signs;
  }

  private static void addZeros(int detector, List<Sign> signs) {
    if (detector != 0) {
      signs.add(new Sign("pds.ch%02d.gain".formatted(detector % 12 + 1), UNCHANGED, 2.0 * HOUR));
    }
    signs.add(new Sign("mon.dqdx.anode", UNCHANGED, 2.0 * HOUR));
    signs.add(new Sign("mon.dqdx.cathode", UNCHANGED, 2.0 * HOUR));
    signs.add(new Sign("mon.crosser.drift-time", UNCHANGED, 2.0 * HOUR));
    signs.add(new Sign("mon.enc.u", UNCHANGED, 2.0 * HOUR));
    signs.add(new Sign("hv.cathode.current", UNCHANGED, 2.0 * HOUR));
  }
}
