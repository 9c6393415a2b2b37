package org.orrery.simulator.plant;

/**
 * The supply of the cathode: ramp, latched trip, automatic quench ramp, and a second unit to swap
 * it for. Voltages are magnitudes. Advanced by the high voltage; not thread-safe.
 */
public final class CathodeSupply {
  /** States of the supply, in the order of its status channel. */
  public enum State {
    /** No voltage. */
    OFF,
    /** At its set value. */
    ON,
    /** On its way. */
    RAMPING,
    /** Tripped; needs a reset. */
    TRIPPED
  }

  private static final double COLLAPSE_SECONDS = 1.5;
  private static final double OFF_VOLTS = 100.0;

  private final QuenchRamp quenchRamp = new QuenchRamp();
  private double setVolts;
  private double rampVoltsPerSecond = 60.0;
  private boolean enabled = true;
  private boolean tripped;
  private double volts;
  private int unit;

  CathodeSupply(double nominalVolts) {
    this.setVolts = nominalVolts;
    this.volts = nominalVolts;
  }

  void advance(double dtSeconds, double groundNanoamps) {
    quenchRamp.advance(dtSeconds, enabled && !tripped, groundNanoamps, Math.abs(setVolts - volts));
    if (tripped) {
      volts *= Math.exp(-dtSeconds / COLLAPSE_SECONDS);
      volts = volts < 1.0 ? 0.0 : volts;
    } else {
      double rate = quenchRamp.active() ? QuenchRamp.VOLTS_PER_SECOND : rampVoltsPerSecond;
      double most = rate * dtSeconds;
      volts += Math.clamp(targetVolts() - volts, -most, most);
    }
  }

  private double targetVolts() {
    if (!enabled || tripped) {
      return 0.0;
    }
    return quenchRamp.lowers() ? QuenchRamp.DEPTH * setVolts : setVolts;
  }

  /** Puts the supply into its latched trip. */
  public void trip() {
    tripped = true;
    enabled = false;
  }

  /** Releases the latch. */
  public void reset() {
    tripped = false;
  }

  /** Returns the state of the supply. */
  public State state() {
    if (tripped) {
      return State.TRIPPED;
    }
    if (Math.abs(targetVolts() - volts) > 50.0) {
      return State.RAMPING;
    }
    return volts < OFF_VOLTS ? State.OFF : State.ON;
  }

  /** Voltage at its terminals, V. */
  public double volts() {
    return volts;
  }

  /** Asked voltage, V. */
  public double setVolts() {
    return setVolts;
  }

  /** Changes the asked voltage, V. */
  public void setVolts(double value) {
    setVolts = value;
  }

  /** Ramp rate, V/s. */
  public double rampVoltsPerSecond() {
    return rampVoltsPerSecond;
  }

  /** Changes the ramp rate, V/s. */
  public void rampVoltsPerSecond(double value) {
    rampVoltsPerSecond = value;
  }

  /** Returns whether the supply is switched on. */
  public boolean enabled() {
    return enabled;
  }

  /** Switches the supply on or off. */
  public void enabled(boolean value) {
    enabled = value;
  }

  /** Returns whether the trip is latched. */
  public boolean tripped() {
    return tripped;
  }

  /** Returns whether it answers a streamer by itself. */
  public boolean autoQuench() {
    return quenchRamp.on();
  }

  /** Lets it answer a streamer by itself, or not. */
  public void autoQuench(boolean value) {
    quenchRamp.on(value);
  }

  /** Quench ramps that it has made by itself. */
  public long quenchRamps() {
    return quenchRamp.count();
  }

  /** Unit in use, 0 or 1. */
  public int unit() {
    return unit;
  }

  /** Returns whether it can be swapped: switched off and without voltage. */
  public boolean canBeSwapped() {
    return !enabled && volts < OFF_VOLTS;
  }

  /** Puts another unit in its place. */
  public void unit(int value) {
    unit = value;
  }

  void exchange(StateCodec codec) {
    setVolts = codec.ofDouble(setVolts);
    rampVoltsPerSecond = codec.ofDouble(rampVoltsPerSecond);
    enabled = codec.ofBoolean(enabled);
    tripped = codec.ofBoolean(tripped);
    volts = codec.ofDouble(volts);
    unit = codec.ofInt(unit);
    quenchRamp.exchange(codec);
  }
}
