package org.orrery.simulator.plant;

/** What the high voltage does by itself, without a fault being started. */
public enum HvActivity {
  /** Nothing, so that a story has only the faults that it starts. */
  OFF,
  /**
   * Insulators charge up and breed streamers, and there are fast discharges, at the rates that
   * ProtoDUNE-SP published for -180 kV.
   */
  PUBLISHED
}
