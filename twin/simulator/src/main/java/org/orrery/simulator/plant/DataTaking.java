package org.orrery.simulator.plant;

import org.jspecify.annotations.Nullable;

/**
 * Modes, runs and the trigger. A run ends by itself after its nominal length and the next one
 * starts a minute later, unless it was stopped by command or something forbids it. A mode that
 * needs the high voltage falls to STANDBY without it and comes back with it. Advanced by the plant;
 * not thread-safe.
 */
public final class DataTaking {
  private static final double PAUSE_SECONDS = 60.0;
  private static final double TRIGGER_HERTZ = 24.0;
  private static final double MODE_STANDBY_SHARE = 0.95;
  private static final double OFF_SHARE = 0.01;
  private static final double SUBRUN_SECONDS = 1_800.0;

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

  /** What a run is taken for, in the order of its channel. */
  public enum Configuration {
    /** Physics, all triggers. */
    PHYSICS,
    /** Cosmic muons for calibration. */
    COSMICS,
    /** Pulser and lamps. */
    CALIBRATION,
    /** Random triggers for noise. */
    NOISE
  }

  private final double runSeconds;
  private long runNumber = 5_001;
  private boolean running = true;
  private boolean stoppedByCommand;
  private Mode asked = Mode.PHYSICS;
  private Configuration configuration = Configuration.PHYSICS;
  private double stateSeconds;
  private double voltageShare = 1.0;

  DataTaking(double runHours, SimRandom random) {
    this.runSeconds = runHours * 3600.0;
    this.stateSeconds = random.uniform(0.0, 0.5 * runSeconds);
  }

  /**
   * Lets a run go on.
   *
   * @param newVoltageShare cathode voltage relative to nominal
   * @param refusal why no run can begin, else null
   */
  void advance(double dtSeconds, double newVoltageShare, @Nullable String refusal) {
    voltageShare = newVoltageShare;
    stateSeconds += dtSeconds;
    if (running && stateSeconds >= runSeconds) {
      change(false);
    } else if (!running && !stoppedByCommand && stateSeconds >= PAUSE_SECONDS && refusal == null) {
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

  /** Ends the run because it cannot go on; the next one starts when it can. */
  void abort() {
    if (running) {
      change(false);
    }
  }

  /** Number of the part of the run, from 1; 0 without a run. */
  public long subrun() {
    return running ? 1 + (long) (stateSeconds / SUBRUN_SECONDS) : 0;
  }

  /** What the present or next run is taken for. */
  public Configuration configuration() {
    return configuration;
  }

  /**
   * Chooses what the next run is taken for.
   *
   * @return why that is refused, else null
   */
  public @Nullable String configuration(Configuration value) {
    if (running && value != configuration) {
      return "run control: a run is going on";
    }
    configuration = value;
    return null;
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
    return needsVoltage(asked) && voltageShare < MODE_STANDBY_SHARE ? Mode.STANDBY : asked;
  }

  private static boolean needsVoltage(Mode mode) {
    return mode == Mode.PHYSICS || mode == Mode.CALIBRATION;
  }

  /** Mode that was asked for. */
  public Mode asked() {
    return asked;
  }

  /** Returns whether everything is off. */
  public boolean off() {
    return asked == Mode.SHUTDOWN || asked == Mode.COOLDOWN;
  }

  /**
   * Asks for a mode.
   *
   * @return why that is refused, else null
   */
  public @Nullable String ask(Mode mode) {
    if (needsVoltage(mode) && voltageShare < MODE_STANDBY_SHARE) {
      return "%s: cathode below 95 %% of its nominal voltage".formatted(mode);
    }
    if (!needsVoltage(mode) && running) {
      return "%s: a run is going on".formatted(mode);
    }
    if ((mode == Mode.SHUTDOWN || mode == Mode.COOLDOWN) && voltageShare > OFF_SHARE) {
      return "%s: cathode still at high voltage".formatted(mode);
    }
    asked = mode;
    return null;
  }

  /** Returns why the mode allows no run, else null. */
  @Nullable String modeRefusal() {
    return needsVoltage(asked) ? null : "run control: mode is " + asked;
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
    asked = Mode.values()[codec.ofInt(asked.ordinal())];
    configuration = Configuration.values()[codec.ofInt(configuration.ordinal())];
  }
}
