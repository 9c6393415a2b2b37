package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** C1, C2 and C3: disk full, transfer link down, trigger storm. Stateless. */
final class ComputingFaults implements FaultFamily {
  private static final double HOUR = 3600.0;
  private static final double FOREIGN_TERABYTES_PER_HOUR = 200.0;
  private static final double CLEANED_SECONDS = 600.0;
  private static final double STORM_HERTZ = 4_000.0;

  @Override
  public List<String> codes() {
    return List.of("C1", "C2", "C3");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "C1" -> diskFull(arguments);
      case "C2" -> linkDown(arguments);
      case "C3" -> storm(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  private static Fault diskFull(Arguments arguments) {
    double perHour = FOREIGN_TERABYTES_PER_HOUR * arguments.severity(0.5);
    return new Fault(
        "C1",
        "",
        List.of(
            new Effect.OnKnob("daq.disk.cleaner-stuck", new Profile.Step(1.0)),
            new Effect.OnKnob("daq.disk.foreign", arguments.growing(perHour, 0.0))),
        new Fault.Ending.Repaired("daq.disk.clean", 1.0, CLEANED_SECONDS),
        new Truth(
            "disks of the writer fill: cleaner stuck, data of others on them",
            "daq",
            List.of(
                new Sign("daq.disk.free", DOWN, HOUR),
                new Sign("daq.run.state", DOWN, 4 * HOUR),
                new Sign("daq.trigger.random-rate", UNCHANGED, 4 * HOUR),
                new Sign("comp.transfer.link", UNCHANGED, 4 * HOUR),
                new Sign("daq.dead-time", UNCHANGED, 4 * HOUR)),
            List.of("clean the disks, have the cleaner restarted"),
            List.of("start the run again and again", "change to the backup link"),
            false));
  }

  private static Fault linkDown(Arguments arguments) {
    double lost = arguments.severity(1.0);
    return new Fault(
        "C2",
        "",
        List.of(new Effect.OnKnob("comp.transfer.lost", arguments.growing(lost, 0.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "primary transfer link down",
            "comp",
            List.of(
                new Sign("comp.transfer.rate", DOWN, 120),
                new Sign("comp.transfer.backlog", UP, 600),
                new Sign("comp.reco.lag", UP, HOUR),
                new Sign("comp.reco.running", DOWN, HOUR),
                new Sign("daq.writer.rate", UNCHANGED, HOUR),
                new Sign("daq.trigger.rate", UNCHANGED, HOUR),
                new Sign("daq.dead-time", UNCHANGED, HOUR)),
            List.of("send over the backup link, call the network expert"),
            List.of("clean the disks: what was not sent stays", "stop the run"),
            false));
  }

  private static Fault storm(Arguments arguments) {
    double hertz = STORM_HERTZ * arguments.severity(0.5);
    int input = arguments.whole("input", 3, 1, 8);
    return new Fault(
        "C3",
        "",
        List.of(
            new Effect.OnKnob("daq.trigger.storm", arguments.growing(hertz, 0.0)),
            new Effect.OnKnob("daq.trigger.storm-input", new Profile.Step(input - 1.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "trigger storm: input %d of the light trigger is noisy".formatted(input),
            "daq",
            List.of(
                new Sign("daq.trigger.rate", UP, 30),
                new Sign("daq.trigger.light-rate", UP, 30),
                new Sign("daq.trigger.hot-input", UP, 30),
                new Sign("daq.dead-time", UP, 60),
                new Sign("daq.buffer.occupancy", UP, 120),
                new Sign("daq.builder.rate", UP, 60),
                new Sign("daq.trigger.random-rate", UNCHANGED, HOUR),
                new Sign("mon.light.yield", UNCHANGED, HOUR),
                new Sign("mon.enc.x", UNCHANGED, HOUR)),
            List.of("mask the input that stands out, raise the prescale until it is found"),
            List.of("restart the run", "lower the high voltage"),
            false));
  }
}
