package org.orrery.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.orrery.simulator.fault.Truth.Direction;
import org.orrery.simulator.yaml.BadYamlException;
import org.orrery.simulator.yaml.StrictMap;

/**
 * Reads a fault that somebody brings as a YAML text; the guide {@code docs/guides/fault-files.md}
 * describes the format. Stateless.
 */
public final class FaultFile {
  /** How such a text begins, which tells it from a line of the simulator's own control. */
  public static final String BEGINS = "fault:";

  private static final String[] COURSES = {
    "step", "ramp", "slope", "approach", "pulses", "wave", "points", "episodes"
  };

  private FaultFile() {}

  /** Returns whether a text is meant to be a fault file. */
  public static boolean isOne(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .findFirst()
        .filter(line -> line.startsWith(BEGINS))
        .isPresent();
  }

  /**
   * Reads a text. Whether its knobs and channels exist is seen when it is started.
   *
   * @throws BadYamlException if something is wrong with it, with all problems at once
   */
  public static Fault read(String text) {
    StrictMap file = StrictMap.of(text);
    String code = file.text("fault");
    if (FaultCatalogue.knows(code.toUpperCase(Locale.ROOT))) {
      file.problem("fault", "is a code of the catalogue; choose another word");
    }
    if (!code.isEmpty() && !code.matches("[A-Za-z][A-Za-z0-9_-]*")) {
      file.problem("fault", "must be one word of letters, digits, - and _");
    }
    List<Effect> effects = new ArrayList<>();
    for (StrictMap effect : file.maps("effects")) {
      effects.add(effect(effect));
    }
    if (effects.isEmpty()) {
      file.problem("effects", "must name at least one effect");
    }
    Fault.Ending ends = file.has("ends") ? ending(file.map("ends")) : new Fault.Ending.Lasts();
    Truth truth = truth(file);
    file.finish();
    return new Fault(code.toUpperCase(Locale.ROOT), "", effects, ends, truth);
  }

  private static Effect effect(StrictMap effect) {
    Profile course = course(effect.map("course"));
    if (effect.has("knob")) {
      return new Effect.OnKnob(effect.text("knob"), course);
    }
    if (effect.has("sensor")) {
      String lie = effect.choice("lie", "bias", "scale", "noise", "stuck-at", "frozen", "dead");
      return new Effect.OnSensor(effect.text("sensor"), constant(Effect.Lie.class, lie), course);
    }
    if (effect.has("actuator")) {
      String trouble = effect.choice("trouble", "refuses", "ignores", "foreign");
      return new Effect.OnActuator(
          effect.text("actuator"), constant(Effect.Trouble.class, trouble), course);
    }
    effect.problem("knob", "is missing; give one of knob, sensor, actuator");
    return new Effect.OnKnob("", course);
  }

  /** The constant of that word; the first one where the word was a problem that is told. */
  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return type.getEnumConstants()[0];
  }

  private static Profile course(StrictMap map) {
    Profile course = shape(map);
    return map.has("after") ? new Profile.Delayed(course, map.seconds("after")) : course;
  }

  private static Profile shape(StrictMap map) {
    List<String> given = java.util.Arrays.stream(COURSES).filter(map::has).toList();
    if (given.size() != 1) {
      map.problem("step", "is one of " + String.join(", ", COURSES) + ": give exactly one of them");
      given.forEach(map::textIfAny);
      return new Profile.Step(0.0);
    }
    return switch (given.getFirst()) {
      case "step" -> new Profile.Step(map.number("step"));
      case "ramp" -> new Profile.Ramp(map.number("ramp"), map.seconds("over"));
      case "slope" -> new Profile.Slope(map.number("slope"));
      case "approach" ->
          new Profile.Approach(map.number("approach"), positive(map, "time-constant"));
      case "pulses" ->
          new Profile.Pulses(
              map.number("pulses"),
              positive(map, "length"),
              map.has("every") ? positive(map, "every") : 0.0);
      case "wave" -> new Profile.Wave(map.number("wave"), positive(map, "period"));
      case "episodes" ->
          new Profile.Episodes(
              map.number("episodes"), positive(map, "length"), positive(map, "every"), seed(map));
      default -> points(map);
    };
  }

  private static double positive(StrictMap map, String key) {
    double seconds = map.seconds(key);
    if (map.has(key) && seconds <= 0.0) {
      map.problem(key, "must be longer than 0");
    }
    return seconds <= 0.0 ? 1.0 : seconds;
  }

  private static long seed(StrictMap map) {
    return map.has("seed") ? (long) map.number("seed") : 1L;
  }

  private static Profile points(StrictMap map) {
    List<Profile.Points.Point> points = new ArrayList<>();
    for (double[] pair : map.pairs("points")) {
      points.add(new Profile.Points.Point(pair[0], pair[1]));
    }
    try {
      return new Profile.Points(points);
    } catch (IllegalArgumentException e) {
      map.problem("points", "cannot be used: " + e.getMessage());
      return new Profile.Step(0.0);
    }
  }

  private static Fault.Ending ending(StrictMap map) {
    if (map.has("after")) {
      return new Fault.Ending.After(map.seconds("after"));
    }
    StrictMap repaired = map.map("repaired");
    return new Fault.Ending.Repaired(
        repaired.text("channel"), repaired.number("value"), repaired.seconds("takes"));
  }

  private static Truth truth(StrictMap file) {
    StrictMap truth = file.map("truth");
    List<Truth.Sign> signs = new ArrayList<>();
    for (StrictMap sign : truth.maps("signs")) {
      String moves = sign.choice("moves", "up", "down", "unchanged", "invalid");
      signs.add(
          new Truth.Sign(
              sign.text("channel"), constant(Direction.class, moves), sign.seconds("within")));
    }
    return new Truth(
        truth.text("cause"),
        truth.text("subsystem"),
        signs,
        truth.texts("remedies"),
        truth.texts("mistakes"),
        truth.flag("decoy"));
  }
}
