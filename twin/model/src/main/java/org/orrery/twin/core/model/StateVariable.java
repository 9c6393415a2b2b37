package org.orrery.twin.core.model;

/**
 * What each ensemble member carries: dynamic states, slow parameters that are estimated with them,
 * and the marks of faults, which stand still unless a hypothesis sets them.
 *
 * <p>Logarithmic parameters ({@code LOG_…}) are relative to a nominal value and unitless.
 */
public enum StateVariable {
  /** Magnitude of the cathode voltage, kV. */
  CATHODE_KILOVOLTS("kV", 180.0, 0.5, 0.03, Kind.DYNAMIC, 0.0, 250.0),
  /** Temperature of the bulk liquid, K. */
  BULK_KELVIN("K", 88.3, 0.03, 0.004, Kind.DYNAMIC, 83.9, 120.0),
  /** Temperature of the surface layer, with which the vapour is saturated, K. */
  SURFACE_KELVIN("K", 88.1, 0.01, 0.01, Kind.DYNAMIC, 83.9, 120.0),
  /** Integral part of the pressure loop, as valve opening 0 to 1. */
  LOOP_INTEGRAL("1", 0.5, 0.02, 0.03, Kind.DYNAMIC, -0.2, 1.2),
  /** Opening of the LN2 valve, 0 to 1. */
  VALVE_OPENING("1", 0.5, 0.02, 0.01, Kind.DYNAMIC, 0.0, 1.0),
  /** Speed of pump A, Hz. */
  PUMP_A_HERTZ("Hz", 0.0, 1.0, 0.5, Kind.DYNAMIC, 0.0, 80.0),
  /** Speed of pump B, Hz. */
  PUMP_B_HERTZ("Hz", 0.0, 1.0, 0.5, Kind.DYNAMIC, 0.0, 80.0),
  /** Share of the nitrogen that reaches the condenser; what it holds boils off with a lag. */
  NITROGEN_SHARE("1", 1.0, 0.0, 0.0, Kind.DYNAMIC, 0.0, 1.0),
  /** Logarithm of the resistor chains' conductance over the nominal one. */
  LOG_CHAIN("1", 0.0, 0.002, 0.0003, Kind.DYNAMIC, -6.0, 6.0),
  /** Logarithm of the oxygen-equivalent impurity over the nominal one. */
  LOG_IMPURITY("1", 0.0, 0.35, 0.004, Kind.DYNAMIC, -6.0, 8.0),

  /** Logarithm of the impurity source over the nominal one. */
  LOG_SOURCE("1", 0.0, 0.5, 0.0, Kind.PARAMETER, -4.0, 6.0),
  /** Heat that enters the liquid without the pumps, kW. */
  HEAT_KILOWATTS("kW", 6.3, 1.5, 0.0, Kind.PARAMETER, 0.0, 40.0),
  /** Heat that a pump at nominal speed gives to the liquid, kW. */
  PUMP_KILOWATTS("kW", 1.4, 0.5, 0.0, Kind.PARAMETER, 0.0, 5.0),
  /** Share of the mixing of the liquid that the pumps are behind. */
  STIRRED_SHARE("1", 0.4, 0.2, 0.0, Kind.PARAMETER, 0.0, 0.95),
  /** Logarithm of the condenser's heat-transfer coefficient over the nominal one. */
  LOG_CONDENSER("1", 0.0, 0.4, 0.0, Kind.PARAMETER, -3.0, 3.0),
  /** Logarithm of the mixing time over the nominal one. */
  LOG_MIXING("1", 0.0, 0.4, 0.0, Kind.PARAMETER, -3.0, 3.0),
  /** Logarithm of the heat capacity of surface layer and vapour over the nominal one. */
  LOG_SURFACE_CAPACITY("1", 0.0, 0.4, 0.0, Kind.PARAMETER, -3.0, 3.0),
  /** Logarithm of the loop's proportional gain over the nominal one. */
  LOG_LOOP_GAIN("1", 0.0, 0.4, 0.0, Kind.PARAMETER, -2.0, 2.0),
  /** Logarithm of the loop's integral time over the nominal one. */
  LOG_LOOP_TIME("1", 0.0, 0.7, 0.0, Kind.PARAMETER, -2.0, 2.0),
  /** How far the pressure that the loop acts on lies above the model's, mbar. */
  LOOP_OFFSET_MILLIBARS("mbar", 0.0, 1.5, 0.0, Kind.PARAMETER, -10.0, 10.0),
  /** Logarithm of the flow of pump A at nominal speed over the nominal flow. */
  LOG_CAPACITY_A("1", 0.0, 0.03, 0.0, Kind.PARAMETER, -1.0, 1.0),
  /** Logarithm of the flow of pump B at nominal speed over the nominal flow. */
  LOG_CAPACITY_B("1", 0.0, 0.03, 0.0, Kind.PARAMETER, -1.0, 1.0),

  /** 1 once the high-voltage supply has tripped, until it is reset. */
  FAULT_HV_TRIPPED("1", 0.0, Kind.FAULT, 0.0, 1.0),
  /** Current of a streamer from the field cage to the ground planes, uA. */
  FAULT_STREAMER_MICROAMPS("uA", 0.0, Kind.FAULT, 0.0, 500.0),
  /** Current that leaks on the warm side of the supply, uA. */
  FAULT_WARM_LEAK_MICROAMPS("uA", 0.0, Kind.FAULT, 0.0, 500.0),
  /** Share of its set speed that pump A can reach. */
  FAULT_PUMP_A_HEALTH("1", 1.0, Kind.FAULT, 0.0, 1.0),
  /** Share of its set speed that pump B can reach. */
  FAULT_PUMP_B_HEALTH("1", 1.0, Kind.FAULT, 0.0, 1.0),
  /** Share of the liquid nitrogen that is there when the valve asks for it. */
  FAULT_LN2_SUPPLY("1", 1.0, Kind.FAULT, 0.0, 1.0),
  /** 1 while the LN2 valve does not move. */
  FAULT_VALVE_STUCK("1", 0.0, Kind.FAULT, 0.0, 1.0),
  /** Share of the impurity that the filter takes out in one pass. */
  FAULT_FILTER_EFFICIENCY("1", 1.0, Kind.FAULT, 0.0, 1.0),
  /**
   * Atmospheric pressure to use in place of the barometer's reading, mbar; 0 to use the reading.
   */
  FAULT_BAROMETER_HOLD("mbar", 0.0, Kind.FAULT, 0.0, 1200.0);

  /** How a variable moves. */
  public enum Kind {
    /** Moved by the equations and by process noise. */
    DYNAMIC,
    /** Constant to the equations; wanders slowly about its prior. */
    PARAMETER,
    /** Constant, equal in all members unless a hypothesis says otherwise. */
    FAULT
  }

  /** Nominal current of the resistor chains per kV of cathode voltage, uA; default. */
  public static final double CHAIN_MICROAMPS_PER_KILOVOLT = 0.55;

  private static final StateVariable[] ALL = values();

  private final String unit;
  private final double priorMean;
  private final double priorDeviation;
  private final double noisePerRootHour;
  private final Kind kind;
  private final double minimum;
  private final double maximum;

  StateVariable(
      String unit,
      double priorMean,
      double priorDeviation,
      double noisePerRootHour,
      Kind kind,
      double minimum,
      double maximum) {
    this.unit = unit;
    this.priorMean = priorMean;
    this.priorDeviation = priorDeviation;
    this.noisePerRootHour = noisePerRootHour;
    this.kind = kind;
    this.minimum = minimum;
    this.maximum = maximum;
  }

  StateVariable(String unit, double healthy, Kind kind, double minimum, double maximum) {
    this(unit, healthy, 0.0, 0.0, kind, minimum, maximum);
  }

  /** Number of variables, which is the number of state rows. */
  public static int count() {
    return ALL.length;
  }

  /** The variable of a state row. */
  public static StateVariable at(int row) {
    return ALL[row];
  }

  /** UCUM code of the unit. */
  public String unit() {
    return unit;
  }

  /** Expected value before any data; for a fault mark, its healthy value. */
  public double priorMean() {
    return priorMean;
  }

  /** Standard deviation before any data. */
  public double priorDeviation() {
    return priorDeviation;
  }

  /** Random walk that stands for what the equations leave out, per square root of an hour. */
  public double noisePerRootHour() {
    return noisePerRootHour;
  }

  /** How the variable moves. */
  public Kind kind() {
    return kind;
  }

  /** The value held within its physical bounds. */
  public double clamp(double value) {
    return Math.clamp(value, minimum, maximum);
  }
}
