package org.orrery.epics.channelaccess;

import java.util.List;
import org.orrery.contract.sample.Severity;

/**
 * Alarm statuses of the protocol, which carries their numbers only, and the status classes of
 * {@link org.orrery.epics.PvUpdate}. Stateless.
 */
final class CaAlarms {
  static final int DEVICE = 1;
  static final int DRIVER = 2;
  static final int RECORD = 3;
  static final int DATABASE = 4;
  static final int UNDEFINED = 6;

  private record Status(String word, int statusClass) {}

  /** By number. */
  private static final List<Status> STATUSES =
      List.of(
          new Status("", 0),
          new Status("READ", DEVICE),
          new Status("WRITE", DEVICE),
          new Status("HIHI", DEVICE),
          new Status("HIGH", DEVICE),
          new Status("LOLO", DEVICE),
          new Status("LOW", DEVICE),
          new Status("STATE", DEVICE),
          new Status("COS", DEVICE),
          new Status("COMM", DRIVER),
          new Status("TIMEOUT", DRIVER),
          new Status("HWLIMIT", DEVICE),
          new Status("CALC", RECORD),
          new Status("SCAN", DATABASE),
          new Status("LINK", DATABASE),
          new Status("SOFT", RECORD),
          new Status("BAD_SUB", RECORD),
          new Status("UDF", UNDEFINED),
          new Status("DISABLE", DATABASE),
          new Status("SIMM", DATABASE),
          new Status("READ_ACCESS", DRIVER),
          new Status("WRITE_ACCESS", DRIVER));

  private static final int STATE = 7;
  private static final int COMM = 9;
  private static final int SOFT = 15;
  private static final int LINK = 14;
  private static final int UDF = 17;

  private CaAlarms() {}

  private static Status status(int code) {
    return code >= 0 && code < STATUSES.size() ? STATUSES.get(code) : STATUSES.get(UDF);
  }

  /** The word for a status number; empty for no alarm. */
  static String word(int code) {
    return status(code).word();
  }

  /** The status class of a status number. */
  static int statusClass(int code) {
    return status(code).statusClass();
  }

  /** The severity of a number; one that is not known counts as the worst. */
  static Severity severity(int code) {
    Severity[] all = Severity.values();
    return code >= 0 && code < all.length ? all[code] : Severity.INVALID;
  }

  /**
   * The status number that says most of an alarm: that of its message where it is one of the
   * protocol's words, else one of its class.
   */
  static int code(int statusClass, String message) {
    for (int code = 1; code < STATUSES.size(); code++) {
      if (STATUSES.get(code).word().equals(message)) {
        return code;
      }
    }
    return switch (statusClass) {
      case 0 -> 0;
      case DEVICE -> STATE;
      case DRIVER -> COMM;
      case RECORD -> SOFT;
      case DATABASE -> LINK;
      default -> UDF;
    };
  }
}
