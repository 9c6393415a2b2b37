package org.orrery.simulator.data;

/**
 * Which configuration each run has: most take physics with beam, some only cosmic rays, some
 * another trigger mix with more pulser and random triggers. The total rate of triggers is the
 * plant's: without beam the prescale of the cosmic trigger makes up for it. So a change of run
 * changes the data lawfully. Stateless.
 */
public final class RunPlan {
  private static final int PERIOD = 8;
  private static final int COSMIC_RUN = 5;
  private static final int MIXED_RUN = 7;

  private RunPlan() {}

  /**
   * How a run takes data.
   *
   * @param number the run
   * @param triggerHertz all its triggers, Hz
   * @param liveShare share of the interval during which it goes on, 0 to 1
   */
  public static RunConditions of(long number, double triggerHertz, double liveShare) {
    RunConditions nominal = RunConditions.physics(number).withLiveShare(liveShare);
    int kind = (int) Math.floorMod(number, (long) PERIOD);
    double unit = triggerHertz / nominal.triggerHertz();
    return switch (kind) {
      case COSMIC_RUN ->
          nominal
              .withTriggers(number, "cosmics", 0.0, 23.0 * unit, 0.5 * unit, 0.5 * unit)
              .withBeam(false);
      case MIXED_RUN ->
          nominal.withTriggers(
              number, "physics-mixed", 5.0 * unit, 13.0 * unit, 3.0 * unit, 3.0 * unit);
      default ->
          nominal.withTriggers(
              number, "physics-beam", 5.0 * unit, 18.0 * unit, 0.5 * unit, 0.5 * unit);
    };
  }
}
