package org.orrery.simulator;

/** Alarm severity that a device attaches to its own reading, in the order of EPICS. Immutable. */
public enum Severity {
  /** Within the device's own limits. */
  NONE,
  /** Beyond a warning limit. */
  MINOR,
  /** Beyond an alarm limit. */
  MAJOR,
  /** The value says nothing about the detector (no data, dead sensor). */
  INVALID
}
