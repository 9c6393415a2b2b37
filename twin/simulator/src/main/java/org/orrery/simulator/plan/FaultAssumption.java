package org.orrery.simulator.plan;

import java.util.List;
import java.util.Optional;

/**
 * What is assumed about one class of fault. Immutable.
 *
 * @param name plain words
 * @param difficulty how hard it is to recognise
 * @param twinHasHypothesis whether the twin may have a hypothesis for it in the benchmark
 * @param rate how often it starts by itself
 * @param severity as the order of the simulator takes it, 0 to 1
 * @param ramp time over which it grows
 * @param endsByItself how long it lasts if nobody acts; absent if it then stays
 * @param dataLost share of the exposure lost while it acts
 * @param repairs what is done, in order; good data are back after the first
 * @param followers the faults that it may bring
 */
public record FaultAssumption(
    String name,
    Difficulty difficulty,
    boolean twinHasHypothesis,
    @Measured(Measure.RATE) Assumption rate,
    @Measured(Measure.SHARE) Assumption severity,
    @Measured(Measure.TIME) Assumption ramp,
    @Measured(Measure.TIME) Optional<Assumption> endsByItself,
    @Measured(Measure.SHARE) Assumption dataLost,
    List<Repair> repairs,
    List<Follower> followers) {

  public FaultAssumption {
    repairs = List.copyOf(repairs);
    followers = List.copyOf(followers);
  }

  /**
   * A fault that another one may bring. Immutable.
   *
   * @param fault which
   * @param probability that it comes at all
   * @param delay from the onset of the cause
   * @param count how many, one delay apart
   * @param needsCause whether it stays away if the cause has been removed by then
   */
  public record Follower(
      FaultClass fault,
      @Measured(Measure.SHARE) Assumption probability,
      @Measured(Measure.TIME) Assumption delay,
      @Measured(Measure.NUMBER) Assumption count,
      boolean needsCause) {}
}
