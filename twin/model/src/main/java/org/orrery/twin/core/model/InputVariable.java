package org.orrery.twin.core.model;

/** What the twin takes as known: commands, and the weather. The same for all members. */
public enum InputVariable {
  /** Length of the step, s. */
  STEP_SECONDS("", 10.0),
  /** Magnitude of the cathode set point, kV. */
  CATHODE_SET_KILOVOLTS("hv.cathode.voltage-set", 180.0),
  /** Ramp rate, V/s. */
  CATHODE_RAMP_VOLTS_PER_SECOND("hv.cathode.ramp-set", 60.0),
  /** 1 when the supply is switched on. */
  CATHODE_ENABLED("hv.cathode.enable", 1.0),
  /** 1 while a reset of the supply is asked for. */
  CATHODE_RESET("hv.cathode.reset", 0.0),
  /** Gauge pressure that the loop holds, mbar. */
  PRESSURE_SET_MILLIBARS("cryo.pressure.set", 87.0),
  /** 1 when the valve is set by hand. */
  CONDENSER_MANUAL("cryo.condenser.mode", 0.0),
  /** Valve opening asked for by hand, 0 to 1. */
  VALVE_MANUAL("cryo.condenser.valve-manual", 0.5),
  /** Atmospheric pressure as read, mbar. */
  BAROMETER_MILLIBARS("env.barometer", 1013.0),
  /** 1 when pump A is switched on. */
  PUMP_A_ENABLED("purif.pump-a.enable", 1.0),
  /** Speed asked of pump A, Hz. */
  PUMP_A_SET_HERTZ("purif.pump-a.speed-set", 50.0),
  /** 1 when pump B is switched on. */
  PUMP_B_ENABLED("purif.pump-b.enable", 0.0),
  /** Speed asked of pump B, Hz. */
  PUMP_B_SET_HERTZ("purif.pump-b.speed-set", 50.0),
  /** 1 when filter B is in the flow, 0 for filter A. */
  FILTER_B_SELECTED("purif.filter.select", 0.0);

  private final String channel;
  private final double usual;

  InputVariable(String channel, double usual) {
    this.channel = channel;
    this.usual = usual;
  }

  /** The channel that carries it; empty for the step length. */
  public String channel() {
    return channel;
  }

  /** What to assume until the channel has spoken. */
  public double usual() {
    return usual;
  }

  /** From what the channel carries (a choice by its index) to what the equations want. */
  public double fromReading(double reading) {
    return switch (this) {
      case CATHODE_SET_KILOVOLTS -> Math.abs(reading);
      case VALVE_MANUAL -> Math.clamp(reading / 100.0, 0.0, 1.0);
      case STEP_SECONDS,
          CATHODE_RAMP_VOLTS_PER_SECOND,
          CATHODE_ENABLED,
          CATHODE_RESET,
          PRESSURE_SET_MILLIBARS,
          CONDENSER_MANUAL,
          BAROMETER_MILLIBARS,
          PUMP_A_ENABLED,
          PUMP_A_SET_HERTZ,
          PUMP_B_ENABLED,
          PUMP_B_SET_HERTZ,
          FILTER_B_SELECTED ->
          reading;
    };
  }
}
