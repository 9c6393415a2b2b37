package org.orrery.simulator.plant;

/**
 * The controller that opens the nitrogen valve of the condenser when the gauge pressure rises:
 * proportional-integral, with a stop at both ends (no wind-up) and a manual mode. Advanced by the
 * plant; not thread-safe.
 */
public final class PressureLoop {
  private static final double GAIN_PERCENT_PER_MILLIBAR = 10.0;
  private static final double INTEGRAL_SECONDS = 1_800.0;
  private static final double FILTER_SECONDS = 30.0;

  private double setMillibar;
  private double filteredMillibar;
  private double integralPercent;
  private double commandPercent;
  private boolean manual;
  private double manualPercent;

  PressureLoop(double setMillibar, double startPercent) {
    this.setMillibar = setMillibar;
    this.filteredMillibar = setMillibar;
    this.integralPercent = startPercent;
    this.commandPercent = startPercent;
    this.manualPercent = startPercent;
  }

  void advance(double dtSeconds, double gaugeMillibar, boolean drivenOpen) {
    control(dtSeconds, gaugeMillibar);
    if (drivenOpen) {
      commandPercent = 100.0;
    }
  }

  private void control(double dtSeconds, double gaugeMillibar) {
    filteredMillibar +=
        (gaugeMillibar - filteredMillibar) * Math.min(1.0, dtSeconds / FILTER_SECONDS);
    double error = filteredMillibar - setMillibar;
    if (manual) {
      commandPercent = manualPercent;
      integralPercent = manualPercent - GAIN_PERCENT_PER_MILLIBAR * error;
      return;
    }
    double step = GAIN_PERCENT_PER_MILLIBAR * error * dtSeconds / INTEGRAL_SECONDS;
    double wanted = integralPercent + GAIN_PERCENT_PER_MILLIBAR * error;
    boolean pushesFurtherOut = (wanted > 100.0 && step > 0.0) || (wanted < 0.0 && step < 0.0);
    if (!pushesFurtherOut) {
      integralPercent = Math.clamp(integralPercent + step, -100.0, 200.0);
    }
    commandPercent = Math.clamp(integralPercent + GAIN_PERCENT_PER_MILLIBAR * error, 0.0, 100.0);
  }

  /** Valve command, %. */
  public double commandPercent() {
    return commandPercent;
  }

  /** Set-point above atmosphere, mbar. */
  public double setMillibar() {
    return setMillibar;
  }

  /** Changes the set-point, mbar above atmosphere. */
  public void setMillibar(double value) {
    setMillibar = value;
  }

  /** Returns whether the valve is commanded by hand. */
  public boolean manual() {
    return manual;
  }

  /** Changes between automatic and manual; the command does not jump when going to automatic. */
  public void manual(boolean value) {
    if (value && !manual) {
      manualPercent = commandPercent;
    }
    manual = value;
  }

  /** Valve command in manual mode, %. */
  public double manualPercent() {
    return manualPercent;
  }

  /** Changes the valve command in manual mode, %. */
  public void manualPercent(double value) {
    manualPercent = value;
  }

  void exchange(StateCodec codec) {
    setMillibar = codec.ofDouble(setMillibar);
    filteredMillibar = codec.ofDouble(filteredMillibar);
    integralPercent = codec.ofDouble(integralPercent);
    commandPercent = codec.ofDouble(commandPercent);
    manual = codec.ofBoolean(manual);
    manualPercent = codec.ofDouble(manualPercent);
  }
}
