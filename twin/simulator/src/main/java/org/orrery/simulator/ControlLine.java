package org.orrery.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.orrery.simulator.fault.FaultFile;

/**
 * One line of the simulator's own control, understood. Immutable.
 *
 * <p>Lines: {@code F8 start severity=0.5 ramp=600}; {@code F5 start pump=b for=7200}; {@code F21
 * start channel=ID bias=X} with {@code scale=X}, {@code stuck=X}, {@code stuck}, {@code drift=X/h},
 * {@code noise=X} or {@code dead} instead of the bias; {@code F21 clear channel=ID}; {@code F8
 * clear}; {@code clear all}; {@code list}; {@code knobs}; {@code key CHANNEL LOCAL|REMOTE}; {@code
 * hand CHANNEL VALUE} (somebody at the rack).
 */
sealed interface ControlLine {
  /** Starts a fault. */
  record Start(String code, List<String> arguments) implements ControlLine {
    public Start {
      arguments = List.copyOf(arguments);
    }
  }

  /** Starts the fault that a file describes. */
  record StartFile(String text) implements ControlLine {}

  /** Ends faults of one code, of one target only if present. */
  record Clear(String code, Optional<String> target) implements ControlLine {}

  /** Ends all faults. */
  record ClearAll() implements ControlLine {}

  /** Lists the active faults. */
  record ListFaults() implements ControlLine {}

  /** Lists the knobs that a fault file may move. */
  record ListKnobs() implements ControlLine {}

  /** Turns a key at a rack. */
  record Key(String channelId, boolean local) implements ControlLine {}

  /** Somebody at the rack sets a value, whatever the key says. */
  record Hand(String channelId, double value) implements ControlLine {}

  /** The line makes no sense. */
  record Malformed(String reason) implements ControlLine {}

  /** Understands a line; never fails. */
  static ControlLine parse(String line) {
    if (FaultFile.isOne(line)) {
      return new StartFile(line);
    }
    List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+")));
    String first = words.removeFirst().toUpperCase(Locale.ROOT);
    try {
      return switch (first) {
        case "" -> new Malformed("empty line");
        case "LIST" -> new ListFaults();
        case "KNOBS" -> new ListKnobs();
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

  private static ControlLine fault(String code, List<String> words) {
    if (words.isEmpty()) {
      return new Malformed(code + " start|clear");
    }
    String verb = words.removeFirst().toLowerCase(Locale.ROOT);
    return switch (verb) {
      case "clear", "stop" -> clear(code, words);
      case "start" -> new Start(code, words);
      default -> new Malformed(code + " start|clear, not " + verb);
    };
  }

  /** A target is written as at the start: {@code pump=b} is pump-b, a channel is itself. */
  private static ControlLine clear(String code, List<String> words) {
    if (words.size() > 1) {
      return new Malformed("clear one at a time: " + String.join(" ", words));
    }
    Optional<String> target =
        words.stream()
            .findFirst()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .map(
                word ->
                    word.startsWith("channel=") ? word.substring(8) : word.replaceFirst("=", "-"));
    return new Clear(code, target);
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
