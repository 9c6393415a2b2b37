package org.orrery.simulator.plan;

/** What is done about faults. Who does it and how long it takes is said in the assumptions. */
public enum Repair {
  /** Lowers the cathode voltage until a streamer goes out, and ramps back. */
  HV_QUENCH,
  /** Releases the trip latch. */
  HV_RESET,
  /** Ramps the cathode to its nominal voltage. */
  HV_RAMP,
  /** Replaces the cathode supply or its filter. */
  SUPPLY_SWAP,
  /** Starts the standby pump. */
  PUMP_SWAP,
  /** Repairs a pump. */
  PUMP_REPAIR,
  /** Lines up the standby filter. */
  FILTER_SWITCH,
  /** Regenerates a filter. */
  FILTER_REGENERATION,
  /** Valves off a leaking pipe. */
  LEAK_ISOLATION,
  /** Brings liquid nitrogen back to the condenser. */
  NITROGEN_RESTORE,
  /** Unloads a truck of nitrogen. */
  NITROGEN_DELIVERY,
  /** Frees or by-passes a valve. */
  VALVE_RELEASE,
  /** Tops up argon. */
  TOP_UP,
  /** Waits for the purification. */
  PURITY_RECOVERY,
  /** Cycles the power of a board. */
  BOARD_POWER_CYCLE,
  /** Cycles the power of the front-end chips. */
  ASIC_POWER_CYCLE,
  /** Finds and lifts a ground short. */
  GROUND_HUNT,
  /** Rebuilds a regulator. */
  REGULATOR_FIX,
  /** Declares a channel bad. */
  CHANNEL_MASKING,
  /** Disconnects a group of wires. */
  BIAS_ISOLATION,
  /** Parks and restores photon detectors. */
  PHOTON_RESTORE,
  /** Declares a sensor invalid. */
  SENSOR_SET_ASIDE,
  /** Restarts everything after an outage. */
  OUTAGE_RECOVERY,
  /** Maps the drift field anew. */
  FIELD_MAP
}
