package org.orrery.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the simulator's own control, understood. Immutable.
 *
 * <p>Lines: {@code F8 start severity=0.5 ramp=600}; {@code F5 start pump=b}; {@code F6 start
 * filter=b}; {@code F21 start channel=ID bias=X} with {@code stuck=X}, {@code stuck}, {@code
 * drift=X/h}, {@code noise=X} or {@code dead} instead of the bias; {@code F21 clear channel=ID};
 * {@code F8 clear}; {@code clear all}; {@code list}; {@code key CHANNEL LOCAL|REMOTE}; {@code hand
 * CHANNEL VALUE} (somebody at the rack).
 */
sealed interface ControlLine {
  /** Starts a fault. */
  record Start(FaultSpec spec) implements ControlLine {}

  /** Ends faults of one code, of one channel only if present. */
  record Clear(FaultCode code, Optional<String> channelId) implements ControlLine {}

  /** Ends all faults. */
  record ClearAll() implements ControlLine {}

  /** Lists the active faults. */
  record ListFaults() implements ControlLine {}

  /** Turns a key at a rack. */
  record Key(String channelId, boolean local) implements ControlLine {}

  /** Somebody at the rack sets a value, whatever the key says. */
  record Hand(String channelId, double value) implements ControlLine {}

  /** The line makes no sense. */
  record Malformed(String reason) implements ControlLine {}

  /** Understands a line; never fails. */
  static ControlLine parse(String line) {
    List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+")));
    String first = words.removeFirst().toUpperCase(Locale.ROOT);
    try {
      return switch (first) {
        case "" -> new Malformed("empty line");
        case "LIST" -> new ListFaults();
        case "CLEAR" -> new ClearAll();
        case "KEY" -> key(words);
        case "HAND" -> hand(words);
        default -> fault(first, words);
      };
    } catch (IllegalArgumentException e) {
      return new Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static ControlLine key(List<String> words) {
    if (words.size() != 2) {
      return new Malformed("key CHANNEL LOCAL|REMOTE");
    }
    String position = words.get(1).toUpperCase(Locale.ROOT);
    if (!position.equals("LOCAL") && !position.equals("REMOTE")) {
      return new Malformed("a key has the positions LOCAL and REMOTE");
    }
    return new Key(words.get(0), position.equals("LOCAL"));
  }

  private static ControlLine hand(List<String> words) {
    return words.size() == 2
        ? new Hand(words.get(0), number(words.get(1)))
        : new Malformed("hand CHANNEL VALUE");
  }

  private static ControlLine fault(String name, List<String> words) {
    FaultCode code;
    try {
      code = FaultCode.valueOf(name);
    } catch (IllegalArgumentException e) {
      return new Malformed("unknown fault " + name);
    }
    if (words.isEmpty()) {
      return new Malformed(name + " start|clear");
    }
    String verb = words.removeFirst().toLowerCase(Locale.ROOT);
    Map<String, String> arguments = arguments(words);
    return switch (verb) {
      case "clear", "stop" -> new Clear(code, Optional.ofNullable(arguments.remove("channel")));
      case "start" -> start(code, arguments);
      default -> new Malformed(name + " start|clear, not " + verb);
    };
  }

  private static Map<String, String> arguments(List<String> words) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      if (arguments.put(name.toLowerCase(Locale.ROOT), value) != null) {
        throw new IllegalArgumentException("twice: " + name);
      }
    }
    return arguments;
  }

  private static ControlLine start(FaultCode code, Map<String, String> arguments) {
    String severity = arguments.remove("severity");
    String ramp = arguments.remove("ramp");
    Train train = train(code, arguments);
    FaultSpec spec;
    if (code == FaultCode.F21) {
      String channel = arguments.remove("channel");
      if (channel == null || channel.isEmpty()) {
        return new Malformed("F21 needs channel=");
      }
      spec = sensorFault(channel, arguments);
    } else {
      spec = FaultSpec.of(code);
    }
    if (!arguments.isEmpty()) {
      return new Malformed("not understood: " + String.join(", ", arguments.keySet()));
    }
    return new Start(
        new FaultSpec(
            code,
            severity == null ? spec.severity() : number(severity),
            ramp == null ? spec.rampSeconds() : number(ramp),
            spec.sensor(),
            train));
  }

  private static Train train(FaultCode code, Map<String, String> arguments) {
    String name = code == FaultCode.F5 ? "pump" : code == FaultCode.F6 ? "filter" : "";
    String text = arguments.remove(name);
    if (text == null) {
      return Train.A;
    }
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "A" -> Train.A;
      case "B" -> Train.B;
      default -> throw new IllegalArgumentException(name + "=a or " + name + "=b");
    };
  }

  private static FaultSpec sensorFault(String channel, Map<String, String> arguments) {
    List<SensorFault.Mode> modes = new ArrayList<>();
    double amount = 0.0;
    for (SensorFault.Mode mode : SensorFault.Mode.values()) {
      String text = arguments.remove(mode.name().toLowerCase(Locale.ROOT));
      if (text == null) {
        continue;
      }
      modes.add(mode);
      boolean bare = text.isEmpty();
      amount =
          switch (mode) {
            case DEAD -> 0.0;
            case STUCK -> bare ? Double.NaN : number(text);
            case DRIFT -> number(text.endsWith("/h") ? text.substring(0, text.length() - 2) : text);
            case BIAS, NOISE -> number(text);
          };
    }
    if (modes.size() != 1) {
      throw new IllegalArgumentException("F21 needs one of bias=, stuck=, drift=, noise=, dead");
    }
    return FaultSpec.sensor(channel, modes.getFirst(), amount);
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below, as for an infinite number.
    }
    throw new IllegalArgumentException("not a number: " + text);
  }
}
