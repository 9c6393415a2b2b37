package org.orrery.simulator.plant;

/**
 * The automatic answer of the supply to a streamer: lower the voltage until it is out, and come
 * back, within four minutes [V, ProtoDUNE-SP]. It watches the ground planes, so that a leak before
 * the filter does not set it off. Depth, rate and thresholds are defaults [M]. Not thread-safe.
 */
final class QuenchRamp {
  /** Share of the asked voltage to which it goes. */
  static final double DEPTH = 0.88;

  /** Its ramp rate, V/s. */
  static final double VOLTS_PER_SECOND = 400.0;

  private static final double NANOAMPS = 300.0;
  private static final double NOTICE_SECONDS = 60.0;
  private static final double LOWERED_SECONDS = 115.0;
  private static final double PAUSE_SECONDS = 600.0;

  private enum Phase {
    WATCHING,
    LOWERED,
    RETURNING
  }

  private boolean on;
  private Phase phase = Phase.WATCHING;
  private double excessSeconds;
  private double phaseSeconds;
  private double pauseSeconds;
  private long count;

  /**
   * Watches for {@code dtSeconds}.
   *
   * @param standing whether the supply is on and not tripped
   * @param groundNanoamps current of all ground planes
   * @param missingVolts how far the supply is below its asked voltage
   */
  void advance(double dtSeconds, boolean standing, double groundNanoamps, double missingVolts) {
    pauseSeconds = Math.max(0.0, pauseSeconds - dtSeconds);
    phaseSeconds += dtSeconds;
    if (!on || !standing) {
      enter(Phase.WATCHING);
      return;
    }
    switch (phase) {
      case WATCHING -> {
        excessSeconds = groundNanoamps > NANOAMPS ? excessSeconds + dtSeconds : 0.0;
        if (excessSeconds >= NOTICE_SECONDS && pauseSeconds == 0.0 && missingVolts < 1.0) {
          count++;
          enter(Phase.LOWERED);
        }
      }
      case LOWERED -> {
        if (phaseSeconds >= LOWERED_SECONDS) {
          enter(Phase.RETURNING);
        }
      }
      case RETURNING -> {
        if (missingVolts < 1.0) {
          pauseSeconds = PAUSE_SECONDS;
          enter(Phase.WATCHING);
        }
      }
    }
  }

  private void enter(Phase next) {
    phase = next;
    phaseSeconds = 0.0;
    excessSeconds = 0.0;
  }

  /** Returns whether the voltage is to be lowered. */
  boolean lowers() {
    return phase == Phase.LOWERED;
  }

  /** Returns whether it moves the voltage, down or back. */
  boolean active() {
    return phase != Phase.WATCHING;
  }

  boolean on() {
    return on;
  }

  void on(boolean value) {
    on = value;
  }

  /** Ramps that it has made. */
  long count() {
    return count;
  }

  void exchange(StateCodec codec) {
    on = codec.ofBoolean(on);
    phase = Phase.values()[codec.ofInt(phase.ordinal())];
    excessSeconds = codec.ofDouble(excessSeconds);
    phaseSeconds = codec.ofDouble(phaseSeconds);
    pauseSeconds = codec.ofDouble(pauseSeconds);
    count = codec.ofLong(count);
  }
}
