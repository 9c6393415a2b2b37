package org.orrery.simulator.plan;

import java.util.ArrayList;
import java.util.List;
import org.orrery.simulator.plan.PlannedEvent.WeatherFront;

/** Draws weather fronts, one after the other. */
final class WeatherDraw {
  private WeatherDraw() {}

  static List<WeatherFront> draw(FaultAssumption weather, long seed, long startNs, long endNs) {
    Draws draws = new Draws(seed, Stream.WEATHER);
    List<WeatherFront> fronts = new ArrayList<>();
    long at = startNs;
    while (true) {
      double gap = draws.gapSeconds(weather.rate().perSecond());
      if (!Double.isFinite(gap) || at + Draws.ns(gap) >= endNs) {
        return cut(fronts);
      }
      at += Draws.ns(gap);
      double sign = draws.uniform() < 0.5 ? -1.0 : 1.0;
      double severity = sign * draws.triangular(weather.severity().range());
      long ramp = draws.lengthNs(weather.ramp());
      long lasts = Math.max(ramp, weather.endsByItself().map(draws::lengthNs).orElse(ramp));
      fronts.add(
          new WeatherFront(
              at,
              Math.min(endNs, at + lasts),
              Orders.start(
                  FaultClass.F10,
                  OrderForm.PLAIN,
                  "",
                  severity,
                  ramp / Draws.NS_PER_SECOND,
                  lasts / Draws.NS_PER_SECOND)));
    }
  }

  /** A front ends at the latest where the next one starts. */
  private static List<WeatherFront> cut(List<WeatherFront> fronts) {
    List<WeatherFront> cut = new ArrayList<>();
    for (int i = 0; i < fronts.size(); i++) {
      WeatherFront front = fronts.get(i);
      long next = i + 1 < fronts.size() ? fronts.get(i + 1).startNs() : Long.MAX_VALUE;
      cut.add(new WeatherFront(front.startNs(), Math.min(front.endNs(), next), front.order()));
    }
    return cut;
  }
}
