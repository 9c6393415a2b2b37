package org.orrery.simulator.data;

import java.util.Arrays;
import java.util.Locale;

/** Prints how long the histograms of one interval take on one thread. */
final class HistogramSpeedDemo {
  private HistogramSpeedDemo() {}

  public static void main(String[] arguments) {
    HistogramMaker maker = new HistogramMaker(DataScale.reference(), 3.6, 1);
    Conditions nominal = Conditions.nominal(DataScale.reference());
    Interval interval = Interval.at(1_800_000_000_000_000_000L, 300_000_000_000L);
    double[] milliseconds = new double[100];
    int histograms = 0;
    for (int i = 0; i < milliseconds.length; i++) {
      long begin = System.nanoTime();
      histograms = maker.make(interval, nominal).size();
      milliseconds[i] = (System.nanoTime() - begin) * 1e-6;
      interval = interval.next();
    }
    System.out.printf(Locale.ROOT, "first interval: %.1f ms%n", milliseconds[0]);
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "%d histograms: median %.1f ms, 90 %% within %.1f ms, of %d intervals%n",
        histograms,
        milliseconds[milliseconds.length / 2],
        milliseconds[milliseconds.length * 9 / 10],
        milliseconds.length);
  }
}
