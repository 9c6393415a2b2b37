package org.orrery.simulator;

import java.util.Optional;

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
      case ControlLine.Start(FaultSpec spec) -> start(spec);
      case ControlLine.Clear(FaultCode code, Optional<String> channelId) ->
          simulator.clear(code, channelId)
              ? new CommandReply(true, code + " cleared")
              : new CommandReply(false, code + " was not active");
      case ControlLine.ClearAll() -> {
        for (FaultCode code : FaultCode.values()) {
          simulator.clearFault(code);
        }
        yield new CommandReply(true, "all faults cleared");
      }
      case ControlLine.ListFaults() -> new CommandReply(true, list());
      case ControlLine.Key(String channelId, boolean local) -> key(channelId, local);
      case ControlLine.Hand(String channelId, double value) -> hand(channelId, value);
      case ControlLine.Malformed(String reason) -> new CommandReply(false, reason);
    };
  }

  private CommandReply start(FaultSpec spec) {
    String channelId = spec.sensor().map(SensorFault::channelId).orElse("");
    if (!channelId.isEmpty() && simulator.channel(channelId).isEmpty()) {
      return new CommandReply(false, "no such channel: " + channelId);
    }
    simulator.injectFault(spec);
    return new CommandReply(true, spec.code() + " started: " + spec.cause());
  }

  private CommandReply key(String channelId, boolean local) {
    if (!switches.knows(channelId)) {
      return new CommandReply(false, "no key at " + channelId);
    }
    switches.turn(channelId, local);
    return new CommandReply(true, channelId + (local ? " LOCAL" : " REMOTE"));
  }

  private CommandReply hand(String channelId, double value) {
    boolean[] was = switches.remember();
    switches.allRemote();
    PutResult result = simulator.put(channelId, SimValue.of(value), simulator.timeNs());
    switches.recall(was);
    return switch (result) {
      case PutResult.Accepted() -> new CommandReply(true, channelId + " set by hand");
      case PutResult.Refused(String reason) -> new CommandReply(false, reason);
    };
  }

  private String list() {
    StringBuilder text = new StringBuilder();
    for (ActiveFault fault : simulator.truth()) {
      text.append(fault.spec().code()).append(' ').append(fault.cause()).append('\n');
    }
    return text.isEmpty() ? "no faults" : text.toString().strip();
  }
}
