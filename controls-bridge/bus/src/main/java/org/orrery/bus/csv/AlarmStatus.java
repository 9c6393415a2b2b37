package org.orrery.bus.csv;

import java.util.List;

/** Alarm status of EPICS records: text and number, as EPICS base has them. Stateless. */
public final class AlarmStatus {
  private static final List<String> NAMES =
      List.of(
          "NO_ALARM",
          "READ",
          "WRITE",
          "HIHI",
          "HIGH",
          "LOLO",
          "LOW",
          "STATE",
          "COS",
          "COMM",
          "TIMEOUT",
          "HWLIMIT",
          "CALC",
          "SCAN",
          "LINK",
          "SOFT",
          "BAD_SUB",
          "UDF",
          "DISABLE",
          "SIMM",
          "READ_ACCESS",
          "WRITE_ACCESS");

  private AlarmStatus() {}

  /** The number of a status text; 0, no alarm, for one that EPICS does not know. */
  public static int number(String text) {
    return Math.max(0, NAMES.indexOf(text));
  }

  /** The text of a number; empty for no alarm and for numbers that EPICS does not know. */
  public static String text(int number) {
    return number > 0 && number < NAMES.size() ? NAMES.get(number) : "";
  }
}
