package org.orrery.epics.channelaccess;

/** Numbers of the Channel Access protocol, version 4.13. */
final class CaWire {
  static final int MINOR_VERSION = 13;
  static final int HEADER_BYTES = 16;

  static final int VERSION = 0;
  static final int EVENT_ADD = 1;
  static final int EVENT_CANCEL = 2;
  static final int WRITE = 4;
  static final int SEARCH = 6;
  static final int EVENTS_OFF = 8;
  static final int EVENTS_ON = 9;
  static final int ERROR = 11;
  static final int CLEAR_CHANNEL = 12;
  static final int READ_NOTIFY = 15;
  static final int CREATE_CHANNEL = 18;
  static final int WRITE_NOTIFY = 19;
  static final int CLIENT_NAME = 20;
  static final int HOST_NAME = 21;
  static final int ACCESS_RIGHTS = 22;
  static final int ECHO = 23;
  static final int CREATE_CHANNEL_FAILED = 26;
  static final int SERVER_DISCONNECT = 27;

  static final int MAY_READ = 1;
  static final int MAY_WRITE = 2;

  static final int EVENT_ON_VALUE = 1;
  static final int EVENT_ON_ARCHIVE = 2;
  static final int EVENT_ON_ALARM = 4;
  static final int EVENT_ON_PROPERTY = 8;

  /** Statuses, each a number and a severity in the lowest three bits. */
  static final int NORMAL = 1;

  static final int BAD_TYPE = 114;
  static final int PUT_FAILED = 160;
  static final int BAD_COUNT = 176;
  static final int NO_WRITE_ACCESS = 376;
  static final int NO_CONVERSION = 392;
  static final int BAD_CHANNEL = 410;

  /** Base types. */
  static final int STRING = 0;

  static final int SHORT = 1;
  static final int FLOAT = 2;
  static final int ENUM = 3;
  static final int CHAR = 4;
  static final int LONG = 5;
  static final int DOUBLE = 6;

  /** Types come in classes of seven: plain, with status, with time, for display, for control. */
  static final int BASE_TYPES = 7;

  static final int LAST_TYPE = 34;

  /** A string on the wire, with the zero at its end. */
  static final int STRING_BYTES = 40;

  static final int UNITS_BYTES = 8;
  static final int LABEL_BYTES = 26;
  static final int MAX_LABELS = 16;

  /** Seconds from 1970 to 1990, where the protocol begins to count. */
  static final long EPOCH_SECONDS = 631_152_000;

  private CaWire() {}

  /** Bytes of so many elements of a type, without what comes before them. */
  static long bytes(int type, int count) {
    int each =
        switch (type % BASE_TYPES) {
          case STRING -> STRING_BYTES;
          case SHORT, ENUM -> Short.BYTES;
          case CHAR -> Byte.BYTES;
          case FLOAT, LONG -> Integer.BYTES;
          default -> Double.BYTES;
        };
    return (long) each * count;
  }

  static int padded(int bytes) {
    return (bytes + 7) & ~7;
  }
}
