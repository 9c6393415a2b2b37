package org.orrery.simulator.plan;

/**
 * Decides which of the drawn streamers come about: none while one burns, and none in the quiet time
 * after one that ended by itself. Its state follows what its caller tells it. Not thread-safe.
 */
public final class StreamerRest {
  private final Assumption quiet;
  private final Draws draws;
  private boolean burning;
  private long quietUntilNs = Long.MIN_VALUE;

  /**
   * Starts with a charged surface, on which a streamer may start at once.
   *
   * @param streamers the rule's number
   * @param seed of the plan
   */
  public StreamerRest(OperationsAssumptions.Streamers streamers, long seed) {
    this.quiet = streamers.quietAfterSelfQuench();
    this.draws = new Draws(seed, Stream.STREAMER_REST);
  }

  /** Returns whether a streamer that is drawn at that time comes about. */
  public boolean mayStart(long nowNs) {
    return !burning && nowNs >= quietUntilNs;
  }

  /** A streamer has started. */
  public void started() {
    burning = true;
  }

  /**
   * The streamer is over.
   *
   * @param nowNs when, plant time
   * @param byItself whether nobody lowered the voltage
   */
  public void ended(long nowNs, boolean byItself) {
    burning = false;
    if (byItself) {
      quietUntilNs = nowNs + draws.lengthNs(quiet);
    }
  }
}
