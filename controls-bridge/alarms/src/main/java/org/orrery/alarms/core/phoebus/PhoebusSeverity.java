package org.orrery.alarms.core.phoebus;

import org.orrery.contract.sample.Severity;

/** Severities as Phoebus names them; with {@code _ACK} somebody has acknowledged them. */
public enum PhoebusSeverity {
  OK(Severity.NONE, false),
  MINOR_ACK(Severity.MINOR, true),
  MAJOR_ACK(Severity.MAJOR, true),
  INVALID_ACK(Severity.INVALID, true),
  UNDEFINED_ACK(Severity.INVALID, true),
  MINOR(Severity.MINOR, false),
  MAJOR(Severity.MAJOR, false),
  INVALID(Severity.INVALID, false),
  /** No value at all: the alarm server is not connected to the PV. */
  UNDEFINED(Severity.INVALID, false);

  private final Severity severity;
  private final boolean acknowledged;

  PhoebusSeverity(Severity severity, boolean acknowledged) {
    this.severity = severity;
    this.acknowledged = acknowledged;
  }

  /** How bad in our words. */
  Severity severity() {
    return severity;
  }

  boolean isAcknowledged() {
    return acknowledged;
  }

  /** True while somebody is still to acknowledge it. */
  boolean isActive() {
    return this != OK && !acknowledged;
  }

  /** The severity without the acknowledgement, for people. */
  String word() {
    return name().replace("_ACK", "");
  }
}
