package org.orrery.gateway.runtime;

/**
 * How the reading of a monitor's histograms goes.
 *
 * @param known histograms that the monitor lists
 * @param connected of these, connected ones
 * @param lastNs end of the interval that was told last, plant ns; 0 before the first
 * @param intervalNs length of the monitor's intervals, plant ns; 0 while it is not known
 */
record HistogramStanding(int known, int connected, long lastNs, long intervalNs) {
  /** An interval may come late once, and the next be under way. */
  private static final int SILENT_INTERVALS = 3;

  /**
   * What is wrong and what people can do; empty for nothing.
   *
   * @param prefix what the names of the monitor's facts begin with
   * @param nowNs plant ns
   */
  String trouble(String prefix, long nowNs) {
    if (known == 0) {
      return "the monitor's list " + prefix + "CATALOGUE is not heard; see to its server";
    }
    if (connected < known) {
      return (known - connected)
          + " of "
          + known
          + " histograms are not connected; see to the monitor's server";
    }
    if (lastNs > 0 && intervalNs > 0 && nowNs - lastNs > SILENT_INTERVALS * intervalNs) {
      return "no histogram for "
          + (nowNs - lastNs) / 1_000_000_000L
          + " s of plant time, expected every "
          + intervalNs / 1_000_000_000L
          + " s; see to the monitor";
    }
    if (intervalNs > 0 && lastNs - nowNs > SILENT_INTERVALS * intervalNs) {
      return "the last histogram is "
          + (lastNs - nowNs) / 1_000_000_000L
          + " s ahead of plant time; see to the monitor's clock";
    }
    return "";
  }
}
