package org.orrery.simulator.plant;

/**
 * What acts on the pressure without anybody being asked: the executive actions of the process
 * control, make-up gas, relief and vacuum valves. The order of the actions and the relief at 350 to
 * 380 mbar above the atmosphere are those of the ProtoDUNE-SP design report [V], the thresholds in
 * between are modelling defaults [M]. Advanced by the cryostat; not thread-safe.
 */
public final class PressureSafety {
  /** The farthest action at work, in the order of its channel. */
  public enum Action {
    /** None. */
    NONE,
    /** Argon gas is let in. */
    MAKE_UP,
    /** The vacuum valve has opened. */
    VACUUM_VALVE,
    /** The nitrogen valve is driven open. */
    RAISE_NITROGEN,
    /** Circulation pumps are stopped, to take their heat away. */
    STOP_PUMPS,
    /** Gas is vented. */
    VENT,
    /** The relief valve has opened. */
    RELIEF
  }

  private static final double VENT_OPENS_MILLIBAR = 245.0;
  private static final double VENT_KG_PER_S_MILLIBAR = 0.004;
  private static final double MAKE_UP_OPENS_MILLIBAR = 60.0;
  private static final double PURGE_KG_PER_SECOND = 2e-4;
  private static final double RAISE_NITROGEN_MILLIBAR = 215.0;
  private static final double STOP_PUMPS_MILLIBAR = 230.0;
  private static final double RELEASE_MILLIBAR = 15.0;
  private static final double RELIEF_RESEAT_MILLIBAR = 25.0;
  private static final double RELIEF_KG_PER_S_MILLIBAR = 0.02;
  private static final double VACUUM_OPENS_MILLIBAR = 5.0;
  private static final double VACUUM_KG_PER_S_MILLIBAR = 0.05;

  private final Knob ventBlocked;
  private final double reliefOpensMillibar;
  private boolean raisesNitrogen;
  private boolean stopsPumps;
  private boolean relieves;
  private double gaugeMillibar;
  private double ventKgPerSecond;
  private double reliefKgPerSecond;
  private double makeUpKgPerSecond;

  PressureSafety(double gaugeMillibar, Knobs knobs, SimRandom later) {
    this.gaugeMillibar = gaugeMillibar;
    this.ventBlocked = knobs.share("cryo.vent.blocked", "Share of the vent line that is blocked");
    this.reliefOpensMillibar = later.uniform(352.0, 378.0);
  }

  void advance(double millibar) {
    gaugeMillibar = millibar;
    raisesNitrogen = latch(raisesNitrogen, RAISE_NITROGEN_MILLIBAR, RELEASE_MILLIBAR);
    stopsPumps = latch(stopsPumps, STOP_PUMPS_MILLIBAR, RELEASE_MILLIBAR);
    relieves = latch(relieves, reliefOpensMillibar, RELIEF_RESEAT_MILLIBAR);
    double over = Math.max(0.0, millibar - VENT_OPENS_MILLIBAR) * (1.0 - ventBlocked.value());
    ventKgPerSecond = PURGE_KG_PER_SECOND + over * VENT_KG_PER_S_MILLIBAR;
    double reseat = reliefOpensMillibar - RELIEF_RESEAT_MILLIBAR;
    reliefKgPerSecond =
        relieves ? Math.max(0.0, millibar - reseat) * RELIEF_KG_PER_S_MILLIBAR : 0.0;
    makeUpKgPerSecond =
        PURGE_KG_PER_SECOND
            + Math.max(0.0, MAKE_UP_OPENS_MILLIBAR - millibar) * VENT_KG_PER_S_MILLIBAR
            + Math.max(0.0, VACUUM_OPENS_MILLIBAR - millibar) * VACUUM_KG_PER_S_MILLIBAR;
  }

  private boolean latch(boolean was, double opensMillibar, double releaseMillibar) {
    return gaugeMillibar > (was ? opensMillibar - releaseMillibar : opensMillibar);
  }

  /** Returns whether the nitrogen valve is driven open, whatever the loop says. */
  boolean raisesNitrogen() {
    return raisesNitrogen;
  }

  /** Returns whether the circulation pumps are kept off. */
  public boolean stopsPumps() {
    return stopsPumps;
  }

  /** Gas through the vent, kg/s. */
  public double ventKgPerSecond() {
    return ventKgPerSecond;
  }

  /** Gas through the vent beyond the purge that always flows, kg/s. */
  double ventedKgPerSecond() {
    return ventKgPerSecond - PURGE_KG_PER_SECOND + reliefKgPerSecond;
  }

  /** Gas through the relief valve, kg/s. */
  public double reliefKgPerSecond() {
    return reliefKgPerSecond;
  }

  /** Gas let in, kg/s. */
  double makeUpKgPerSecond() {
    return makeUpKgPerSecond;
  }

  /** Returns the farthest action at work. */
  public Action action() {
    if (relieves) {
      return Action.RELIEF;
    }
    if (gaugeMillibar > VENT_OPENS_MILLIBAR) {
      return Action.VENT;
    }
    if (stopsPumps) {
      return Action.STOP_PUMPS;
    }
    if (raisesNitrogen) {
      return Action.RAISE_NITROGEN;
    }
    if (gaugeMillibar < VACUUM_OPENS_MILLIBAR) {
      return Action.VACUUM_VALVE;
    }
    return gaugeMillibar < MAKE_UP_OPENS_MILLIBAR ? Action.MAKE_UP : Action.NONE;
  }

  void exchange(StateCodec codec) {
    raisesNitrogen = codec.ofBoolean(raisesNitrogen);
    stopsPumps = codec.ofBoolean(stopsPumps);
    relieves = codec.ofBoolean(relieves);
    gaugeMillibar = codec.ofDouble(gaugeMillibar);
    ventKgPerSecond = codec.ofDouble(ventKgPerSecond);
    reliefKgPerSecond = codec.ofDouble(reliefKgPerSecond);
    makeUpKgPerSecond = codec.ofDouble(makeUpKgPerSecond);
  }
}
