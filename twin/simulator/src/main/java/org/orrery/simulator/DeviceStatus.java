package org.orrery.simulator;

/** Why a reading carries its severity, in EPICS terms. Immutable. */
public enum DeviceStatus {
  /** No alarm. */
  NONE,
  /** Below the lowest limit. */
  LOLO,
  /** Below the low limit. */
  LOW,
  /** Above the high limit. */
  HIGH,
  /** Above the highest limit. */
  HIHI,
  /** A choice in an alarm state, such as TRIPPED. */
  STATE,
  /** The sensor or its read-out gives nothing usable. */
  READ
}
