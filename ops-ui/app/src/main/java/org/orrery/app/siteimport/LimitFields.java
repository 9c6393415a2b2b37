package org.orrery.app.siteimport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The alarm limits of an analogue record. EPICS gives each limit a severity of its own, and none
 * where that is not set; here the outer limits are major and the inner ones minor.
 *
 * @param lolo major below
 * @param low minor below
 * @param high minor above
 * @param hihi major above
 * @param remarks what a person must look at
 */
record LimitFields(
    OptionalDouble lolo,
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble hihi,
    List<String> remarks) {
  LimitFields {
    remarks = List.copyOf(remarks);
  }

  static LimitFields of(EpicsRecord record) {
    List<String> remarks = new ArrayList<>();
    Side above = side(record, "HIHI", "HHSV", "HIGH", "HSV", remarks, true);
    Side below = side(record, "LOLO", "LLSV", "LOW", "LSV", remarks, false);
    LimitFields limits =
        new LimitFields(below.major, below.minor, above.minor, above.major, remarks);
    if (limits.ascend()) {
      return limits;
    }
    remarks.add("its limits " + limits.yaml() + " do not ascend, and are left out");
    OptionalDouble none = OptionalDouble.empty();
    return new LimitFields(none, none, none, none, remarks);
  }

  boolean isEmpty() {
    return lolo.isEmpty() && low.isEmpty() && high.isEmpty() && hihi.isEmpty();
  }

  String yaml() {
    List<String> parts = new ArrayList<>();
    add(parts, "lolo", lolo);
    add(parts, "low", low);
    add(parts, "high", high);
    add(parts, "hihi", hihi);
    return "{" + String.join(", ", parts) + "}";
  }

  /** True for a severity that is one. */
  static boolean isAlarm(String severity) {
    return switch (severity.toUpperCase(Locale.ROOT)) {
      case "MINOR", "MAJOR", "INVALID", "1", "2", "3" -> true;
      default -> false;
    };
  }

  private record Side(OptionalDouble major, OptionalDouble minor) {}

  private static Side side(
      EpicsRecord record,
      String outer,
      String outerSeverity,
      String inner,
      String innerSeverity,
      List<String> remarks,
      boolean above) {
    OptionalDouble major = OptionalDouble.empty();
    OptionalDouble minor = OptionalDouble.empty();
    for (String[] field : new String[][] {{outer, outerSeverity}, {inner, innerSeverity}}) {
      OptionalDouble limit = record.number(field[0]);
      String severity = record.field(field[1]).toUpperCase(Locale.ROOT);
      if (limit.isEmpty() && !record.field(field[0]).isEmpty()) {
        remarks.add(field[0] + " '" + record.field(field[0]) + "' is no number");
        continue;
      }
      if (limit.isEmpty() || !isAlarm(severity)) {
        if (limit.isPresent()) {
          remarks.add(
              "%s %s has no severity in EPICS (%s) and is left out"
                  .formatted(field[0], YamlText.number(limit.getAsDouble()), field[1]));
        }
        continue;
      }
      boolean isMinor = severity.equals("MINOR") || severity.equals("1");
      if (isMinor == field[0].equals(outer)) {
        remarks.add(field[0] + " is " + record.field(field[1]) + " in EPICS, and so it is here");
      }
      if (isMinor) {
        minor = nearer(minor, limit, above);
      } else {
        major = nearer(major, limit, above);
      }
    }
    return new Side(major, minor);
  }

  private static OptionalDouble nearer(OptionalDouble a, OptionalDouble b, boolean above) {
    if (a.isEmpty()) {
      return b;
    }
    double nearer =
        above
            ? Math.min(a.getAsDouble(), b.getAsDouble())
            : Math.max(a.getAsDouble(), b.getAsDouble());
    return OptionalDouble.of(nearer);
  }

  private boolean ascend() {
    double last = Double.NEGATIVE_INFINITY;
    for (OptionalDouble limit : List.of(lolo, low, high, hihi)) {
      if (limit.isPresent()) {
        if (!(limit.getAsDouble() >= last)) {
          return false;
        }
        last = limit.getAsDouble();
      }
    }
    return true;
  }

  private static void add(List<String> parts, String name, OptionalDouble limit) {
    limit.ifPresent(value -> parts.add(name + ": " + YamlText.number(value)));
  }
}
