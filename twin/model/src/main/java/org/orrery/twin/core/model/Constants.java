package org.orrery.twin.core.model;

/**
 * Numbers of the reference detector that the twin holds fixed. Where the detector differs, an
 * estimated parameter or a learnt calibration takes up the difference. Sources: ProtoDUNE-SP design
 * report (mass, flow, heat, voltage, drift); the rest are defaults of this model, marked so.
 */
final class Constants {
  /** Liquid in the cryostat, kg. */
  static final double LIQUID_KILOGRAMS = 720e3;

  /** Flow of one pump at its nominal speed, kg/s. */
  static final double NOMINAL_FLOW = 1.67;

  /** Nominal pump speed, Hz; default. */
  static final double NOMINAL_HERTZ = 50.0;

  /** Time in which a pump follows its set speed, s; default. */
  static final double PUMP_LAG_SECONDS = 8.0;

  /** Drift distance, cm. */
  static final double DRIFT_CENTIMETRES = 360.0;

  /** Full heat that the condenser takes out at nominal conditions with the valve open, kW. */
  static final double CONDENSER_KILOWATTS = 16.0;

  /** Temperature of the boiling nitrogen in the condenser, K; default. */
  static final double NITROGEN_KELVIN = 80.5;

  /** Surface temperature at which the condenser's nominal heat is stated, K. */
  static final double NOMINAL_SURFACE_KELVIN = 88.1;

  /** Heat that a gram of nitrogen takes up in the condenser, J; default. */
  static final double NITROGEN_JOULES_PER_GRAM = 199.0;

  /** Time in which bulk and surface mix while the pumps run, s; default. */
  static final double MIXING_SECONDS = 3600.0;

  /** Share of the heat that is set free near the surface; default. */
  static final double SURFACE_SHARE = 0.4;

  /** Heat capacity of the surface layer and the latent heat of its vapour, J/K; default. */
  static final double SURFACE_JOULES_PER_KELVIN = 1.15e7;

  /** Proportional gain of the pressure loop, valve opening per mbar; default. */
  static final double LOOP_GAIN_PER_MILLIBAR = 0.02;

  /** Integral time of the pressure loop, s; default. */
  static final double LOOP_INTEGRAL_SECONDS = 600.0;

  /** Time in which the LN2 valve follows its command, s; default. */
  static final double VALVE_LAG_SECONDS = 15.0;

  /** Oxygen-equivalent impurity at which the lifetime is 8 ms at 0.5 kV/cm, ppb. */
  static final double NOMINAL_IMPURITY_PPB = 0.0374;

  /** Impurity source that holds the nominal impurity at the nominal flow, relative to it, 1/s. */
  static final double NOMINAL_TURNOVER_PER_SECOND = NOMINAL_FLOW / LIQUID_KILOGRAMS;

  /** Time in which the nitrogen in the condenser and its line is used up, s; default. */
  static final double NITROGEN_LAG_SECONDS = 40.0;

  private Constants() {}
}
