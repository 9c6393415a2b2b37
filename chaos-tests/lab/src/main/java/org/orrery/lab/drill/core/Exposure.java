package org.orrery.lab.drill.core;

/**
 * How long data were bad. Immutable.
 *
 * @param lostNs so far, plant ns
 * @param bad whether they are bad now
 * @param sinceNs up to when this was counted, plant ns
 */
record Exposure(long lostNs, boolean bad, long sinceNs) {
  /** From now on. */
  static Exposure from(long nowNs) {
    return new Exposure(0, false, nowNs);
  }

  /** The same, counted up to now; time never goes back. */
  Exposure until(long nowNs) {
    if (nowNs <= sinceNs) {
      return this;
    }
    return new Exposure(bad ? lostNs + nowNs - sinceNs : lostNs, bad, nowNs);
  }

  /** The same with data bad or good from now on. */
  Exposure being(boolean nowBad) {
    return nowBad == bad ? this : new Exposure(lostNs, nowBad, sinceNs);
  }
}
