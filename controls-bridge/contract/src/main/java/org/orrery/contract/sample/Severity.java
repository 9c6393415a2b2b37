package org.orrery.contract.sample;

/** Alarm severity as EPICS reports it, in ascending order of trouble. */
public enum Severity {
  NONE,
  MINOR,
  MAJOR,
  /** The value cannot be trusted. */
  INVALID
}
