package org.orrery.simulator;

import java.util.List;
import java.util.Optional;
import org.orrery.simulator.fault.Fault;
import org.orrery.simulator.plant.Knob;

/** Carries out the lines of the simulator's own control. Not thread-safe. */
final class ControlDesk {
  private final DetectorSimulator simulator;
  private final LocalSwitches switches;

  ControlDesk(DetectorSimulator simulator, LocalSwitches switches) {
    this.simulator = simulator;
    this.switches = switches;
  }

  CommandReply carryOut(ControlLine line) {
    return switch (line) {
      case ControlLine.Start(String code, List<String> arguments) ->
          start(code + " start " + String.join(" ", arguments));
      case ControlLine.StartFile(String text) -> start(text);
      case ControlLine.Clear(String code, Optional<String> target) ->
          simulator.clearFault(code, target)
              ? new CommandReply(true, code + " cleared")
              : new CommandReply(false, code + " was not active");
      case ControlLine.ClearAll() -> {
        simulator.clearFaults();
        yield new CommandReply(true, "all faults cleared");
      }
      case ControlLine.ListFaults() -> new CommandReply(true, list());
      case ControlLine.ListKnobs() -> new CommandReply(true, knobs());
      case ControlLine.Key(String channelId, boolean local) -> key(channelId, local);
      case ControlLine.Hand(String channelId, double value) -> hand(channelId, value);
      case ControlLine.Malformed(String reason) -> new CommandReply(false, reason);
    };
  }

  private CommandReply start(String source) {
    try {
      Fault fault = simulator.startFault(source);
      return new CommandReply(true, fault.code() + " started: " + fault.truth().cause());
    } catch (IllegalArgumentException e) {
      return new CommandReply(false, String.valueOf(e.getMessage()));
    }
  }

  private CommandReply key(String channelId, boolean local) {
    if (!switches.knows(channelId)) {
      return new CommandReply(false, "no key at " + channelId);
    }
    switches.turn(channelId, local);
    return new CommandReply(true, channelId + (local ? " LOCAL" : " REMOTE"));
  }

  private CommandReply hand(String channelId, double value) {
    return switch (simulator.byHand(channelId, value)) {
      case PutResult.Accepted() -> new CommandReply(true, channelId + " set by hand");
      case PutResult.Refused(String reason) -> new CommandReply(false, reason);
    };
  }

  private String knobs() {
    StringBuilder text = new StringBuilder();
    for (Knob knob : simulator.knobs()) {
      text.append(
          "%-32s %-6s %s (%s to %s)  %s%n"
              .formatted(
                  knob.id(),
                  knob.unit(),
                  knob.neutral(),
                  knob.least(),
                  knob.most(),
                  knob.description()));
    }
    return text.toString().strip();
  }

  private String list() {
    StringBuilder text = new StringBuilder();
    for (ActiveFault fault : simulator.truth()) {
      text.append(fault.fault().code()).append(' ').append(fault.cause()).append('\n');
    }
    return text.isEmpty() ? "no faults" : text.toString().strip();
  }
}
