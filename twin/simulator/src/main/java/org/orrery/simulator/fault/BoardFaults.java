package org.orrery.simulator.fault;

import static org.orrery.simulator.fault.Truth.Direction.DOWN;
import static org.orrery.simulator.fault.Truth.Direction.INVALID;
import static org.orrery.simulator.fault.Truth.Direction.UNCHANGED;
import static org.orrery.simulator.fault.Truth.Direction.UP;

import java.util.ArrayList;
import java.util.List;
import org.orrery.simulator.fault.Truth.Sign;

/** F13, F17 and F18: a rail of a board lost, open wires, saturation. Stateless. */
final class BoardFaults implements FaultFamily {
  private static final int MOST_BOARDS = 100_000;
  private static final double LATCH_RELEASED_SECONDS = 3.0;
  private static final double HOUR = 3600.0;

  @Override
  public List<String> codes() {
    return List.of("F13", "F17", "F18");
  }

  @Override
  public Fault build(String code, Arguments arguments) {
    return switch (code) {
      case "F13" -> railLost(arguments);
      case "F17" -> openWires(arguments);
      case "F18" -> saturation(arguments);
      default -> throw new IllegalArgumentException(code);
    };
  }

  private static String board(int number) {
    return "fe.femb%02d".formatted(number);
  }

  /** A neighbour that tells one board from all of them. */
  private static String neighbour(int number) {
    return board(number == 1 ? 2 : number - 1);
  }

  private static Fault railLost(Arguments arguments) {
    int number = arguments.whole("board", 1, 1, MOST_BOARDS);
    String rail = arguments.choice("rail", "coldadc", "bias", "larasic", "coldadc", "coldata");
    boolean latched = arguments.choice("kind", "latch", "latch", "dead").equals("latch");
    double lost = arguments.severity(1.0);
    String id = board(number);
    List<Sign> signs = new ArrayList<>();
    signs.add(new Sign(id + "." + rail + "-amps", DOWN, 60));
    signs.add(new Sign(id + "." + rail + "-volts", DOWN, 60));
    signs.add(new Sign(id + ".noise", DOWN, 60));
    signs.add(new Sign(id + ".gain", INVALID, 180));
    if (!rail.equals("larasic")) {
      signs.add(new Sign(id + ".link", DOWN, 60));
    }
    if (rail.equals("coldadc")) {
      signs.add(new Sign(id + ".temperature", DOWN, 600));
    }
    signs.add(new Sign("mon.hits.per-event", DOWN, 300));
    signs.add(new Sign(neighbour(number) + ".noise", UNCHANGED, HOUR));
    signs.add(new Sign(neighbour(number) + ".link", UNCHANGED, HOUR));
    signs.add(new Sign("hv.cathode.current", UNCHANGED, HOUR));
    return new Fault(
        "F13",
        "board-" + number,
        List.of(new Effect.OnKnob(id + "." + rail + "-lost", arguments.growing(lost, 0.0))),
        latched
            ? new Fault.Ending.Repaired(id + ".power", 0.0, LATCH_RELEASED_SECONDS)
            : new Fault.Ending.Lasts(),
        new Truth(
            "%s rail of board %d %s".formatted(rail, number, latched ? "latched" : "dead"),
            "fe",
            signs,
            latched
                ? List.of("switch the board off, wait a few seconds, switch it on")
                : List.of("mask the board, note it for the next opening"),
            List.of("cycle the chips of all boards: that costs all data and leaves the latch"),
            false));
  }

  private static Fault openWires(Arguments arguments) {
    int number = arguments.whole("board", 1, 1, MOST_BOARDS);
    int usual = (int) Math.max(1, Math.rint(24.0 * arguments.severity(1.0)));
    int wires = arguments.whole("wires", usual, 1, 128);
    String id = board(number);
    return new Fault(
        "F17",
        "board-" + number,
        List.of(new Effect.OnKnob(id + ".open-wires", arguments.growing(wires, 0.0))),
        new Fault.Ending.Lasts(),
        new Truth(
            "%d open wires at board %d".formatted(wires, number),
            "fe",
            List.of(
                new Sign(id + ".noise", DOWN, 300),
                new Sign(id + ".dead-channels", UP, 180),
                new Sign(id + ".gain", UNCHANGED, HOUR),
                new Sign(id + ".larasic-amps", UNCHANGED, HOUR),
                new Sign(id + ".link", UNCHANGED, HOUR),
                new Sign(neighbour(number) + ".noise", UNCHANGED, HOUR)),
            List.of("mark the channels as dead for reconstruction; nothing can be repaired cold"),
            List.of("cycle the power of the board"),
            false));
  }

  private static Fault saturation(Arguments arguments) {
    double share = 0.5 * arguments.severity(0.5);
    Profile once = new Profile.Pulses(share, 6.0, 0.0);
    double after = arguments.rampSeconds(0.0);
    return new Fault(
        "F18",
        "",
        List.of(new Effect.OnKnob("fe.saturation", new Profile.Delayed(once, after))),
        new Fault.Ending.After(after + 60.0),
        new Truth(
            "amplifiers saturated by a large charge",
            "fe",
            List.of(
                new Sign("fe.railed-channels", UP, 15),
                new Sign("fe.lv.amps", UNCHANGED, 600),
                new Sign("fe.dead-channels", UNCHANGED, 600),
                new Sign("hv.cathode.current", UNCHANGED, 600),
                new Sign("mon.enc.x", UNCHANGED, 600)),
            List.of("nothing: the channels recover within seconds; look at the toroid"),
            List.of("cycle the chips of all boards"),
            true));
  }
}
