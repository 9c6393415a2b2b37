package org.orrery.simulator.plant;

/**
 * Runs and the trigger. A run ends by itself after its nominal length and the next one starts a
 * minute later, unless it was stopped by command. Advanced by the plant; not thread-safe.
 */
public final class DataTaking {
  private static final double PAUSE_SECONDS = 60.0;
  private static final double TRIGGER_HERTZ = 24.0;
  private static final double MODE_STANDBY_SHARE = 0.95;

  /** Detector modes, in the order of their channel. */
  public enum Mode {
    /** Everything off. */
    SHUTDOWN,
    /** Cooling down. */
    COOLDOWN,
    /** Cold, no data. */
    STANDBY,
    /** Taking physics data. */
    PHYSICS,
    /** Taking calibration data. */
    CALIBRATION
  }

  private final double runSeconds;
  private long runNumber = 5_001;
  private boolean running = true;
  private boolean stoppedByCommand;
  private double stateSeconds;
  private double voltageShare = 1.0;

  DataTaking(double runHours, SimRandom random) {
    this.runSeconds = runHours * 3600.0;
    this.stateSeconds = random.uniform(0.0, 0.5 * runSeconds);
  }

  void advance(double dtSeconds, double newVoltageShare) {
    voltageShare = newVoltageShare;
    stateSeconds += dtSeconds;
    if (running && stateSeconds >= runSeconds) {
      change(false);
    } else if (!running && !stoppedByCommand && stateSeconds >= PAUSE_SECONDS) {
      start();
    }
  }

  private void change(boolean toRunning) {
    running = toRunning;
    stateSeconds = 0.0;
  }

  /** Starts the next run; does nothing while one is going on. */
  public void start() {
    stoppedByCommand = false;
    if (!running) {
      runNumber++;
      change(true);
    }
  }

  /** Ends the run; the next one starts by command only. */
  public void stop() {
    stoppedByCommand = true;
    if (running) {
      change(false);
    }
  }

  /** Number of the present or last run. */
  public long runNumber() {
    return runNumber;
  }

  /** Returns whether a run is going on. */
  public boolean running() {
    return running;
  }

  /** Mode of the detector. */
  public Mode mode() {
    return voltageShare < MODE_STANDBY_SHARE ? Mode.STANDBY : Mode.PHYSICS;
  }

  /** Triggers per second for the given light relative to nominal, Hz. */
  public double triggerHertz(double lightRelative) {
    return TRIGGER_HERTZ * Math.pow(lightRelative, 0.6);
  }

  void exchange(StateCodec codec) {
    runNumber = codec.ofLong(runNumber);
    running = codec.ofBoolean(running);
    stoppedByCommand = codec.ofBoolean(stoppedByCommand);
    stateSeconds = codec.ofDouble(stateSeconds);
    voltageShare = codec.ofDouble(voltageShare);
  }
}
