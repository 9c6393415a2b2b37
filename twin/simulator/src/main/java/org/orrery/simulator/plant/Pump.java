package org.orrery.simulator.plant;

/**
 * A centrifugal pump on a frequency drive behind a check valve. Its speed follows the drive at a
 * limited rate; a motor whose contactor is open coasts down. Advanced by the circulation; not
 * thread-safe.
 */
public final class Pump {
  /** Nominal speed, Hz. */
  public static final double NOMINAL_HZ = 50.0;

  private static final double DRIVE_HZ_PER_SECOND = 3.5;
  private static final double COAST_SECONDS = 4.0;

  private final Knob slip;
  private final Bearing bearing;
  private final double headFactor;
  private final double vibrationFactor;
  private final double currentFactor;
  private boolean enabled;
  private double setHz = NOMINAL_HZ;
  private double speedHz;
  private double flowKgPerSecond;

  Pump(String letter, boolean running, Knobs knobs, SimRandom random, SimRandom later) {
    this.slip =
        knobs.share(
            "purif.pump-" + letter + ".slip",
            "Slip of the pump: 0 is healthy, 1 is a motor contactor that is open");
    this.bearing = new Bearing(letter, knobs, later);
    this.headFactor = random.uniform(0.98, 1.02);
    this.vibrationFactor = random.uniform(0.9, 1.1);
    this.currentFactor = random.uniform(0.98, 1.02);
    this.enabled = running;
    this.speedHz = running ? NOMINAL_HZ : 0.0;
  }

  /** Advances it; without mains, or where the pressure stops it, it goes off and stays off. */
  void advance(double dtSeconds, boolean mayRun) {
    enabled = enabled && mayRun;
    bearing.advance(dtSeconds, speedHz / NOMINAL_HZ);
    double drive = enabled ? setHz * (1.0 - slip.value()) : 0.0;
    if (contactorOpen() || !enabled) {
      speedHz *= Math.exp(-dtSeconds / COAST_SECONDS);
      if (speedHz < 0.05) {
        speedHz = 0.0;
      }
      return;
    }
    double most = DRIVE_HZ_PER_SECOND * dtSeconds;
    speedHz += Math.clamp(drive - speedHz, -most, most);
  }

  /** Head at no flow, bar. */
  double shutOffBar(double nominalBar) {
    double relative = speedHz / NOMINAL_HZ;
    return headFactor * nominalBar * relative * relative;
  }

  void flow(double kgPerSecond) {
    flowKgPerSecond = kgPerSecond;
  }

  /** Liquid through this pump, kg/s. */
  public double flowKgPerSecond() {
    return flowKgPerSecond;
  }

  /** Returns whether the motor contactor is open because of a fault or of its protection. */
  public boolean contactorOpen() {
    return slip.value() >= 0.999 || bearing.tripped();
  }

  /** Returns the bearings. */
  public Bearing bearing() {
    return bearing;
  }

  /** Returns whether the pump is asked to run. */
  public boolean enabled() {
    return enabled;
  }

  /** Asks the pump to run or to stop. */
  public void enabled(boolean value) {
    enabled = value;
  }

  /** Asked speed, Hz. */
  public double setHz() {
    return setHz;
  }

  /** Changes the asked speed, Hz. */
  public void setHz(double value) {
    setHz = value;
  }

  /** Actual speed, Hz. */
  public double speedHz() {
    return speedHz;
  }

  /** Motor current, A. */
  public double currentAmps() {
    if (!enabled || contactorOpen()) {
      return 0.0;
    }
    double relative = speedHz / NOMINAL_HZ;
    double load = 0.6 + 0.4 * flowKgPerSecond / 1.67;
    double starting = Math.abs(setHz * (1.0 - slip.value()) - speedHz) > 1.0 ? 1.6 : 0.0;
    return currentFactor * (0.8 + 3.4 * relative * relative * load) + starting;
  }

  /** Vibration of the bearing housing, mm/s RMS. */
  public double vibrationMillimetrePerSecond() {
    double relative = speedHz / NOMINAL_HZ;
    double idle = flowKgPerSecond < 0.1 && relative > 0.3 ? 0.5 : 0.0;
    double worn = bearing.broadMillimetrePerSecond() * relative * relative;
    return vibrationFactor * (0.05 + 1.15 * relative * relative + idle) + worn;
  }

  /** Vibration in the band of the defect frequency of the bearings, mm/s RMS. */
  public double bearingBandMillimetrePerSecond() {
    double relative = speedHz / NOMINAL_HZ;
    return bearing.bandMillimetrePerSecond() * relative * relative;
  }

  /** Heat brought into the liquid relative to nominal running. */
  double heatShare() {
    double relative = speedHz / NOMINAL_HZ;
    return relative * relative * relative * (0.5 + 0.5 * flowKgPerSecond / 1.67);
  }

  void exchange(StateCodec codec) {
    bearing.exchange(codec);
    enabled = codec.ofBoolean(enabled);
    setHz = codec.ofDouble(setHz);
    speedHz = codec.ofDouble(speedHz);
    flowKgPerSecond = codec.ofDouble(flowKgPerSecond);
  }
}
