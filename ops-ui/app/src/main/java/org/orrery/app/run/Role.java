package org.orrery.app.run;

import java.util.Locale;

/** A room that can run in a process of its own, or with others in one. */
public enum Role {
  GATEWAY,
  ALARMS,
  OPERATIONS,
  SUPERVISION,
  ARCHIVE,
  TWIN,
  DQM,
  SERVER;

  /** As people write it, and as the room names itself. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
