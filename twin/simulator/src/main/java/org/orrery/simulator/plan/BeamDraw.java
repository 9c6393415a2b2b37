package org.orrery.simulator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.orrery.simulator.plan.PlannedEvent.BeamPeriod;
import org.orrery.simulator.plan.PlannedEvent.BeamState;

/** Draws what the accelerator does. */
final class BeamDraw {
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final long MORNING_NS = DAY_NS / 3;
  private static final int MEAN_STEPS = 1_000;

  private final ScheduleAssumptions schedule;
  private final long seed;
  private final long startNs;
  private final long endNs;

  /** A state that prevails in a time over the states of lower rank. */
  private record Span(long startNs, long endNs, BeamState state) {}

  BeamDraw(ScheduleAssumptions schedule, long seed, long startNs, long endNs) {
    this.schedule = schedule;
    this.seed = seed;
    this.startNs = startNs;
    this.endNs = endNs;
  }

  /** Returns periods that touch and cover the plan. */
  List<BeamPeriod> draw() {
    List<Span> spans = new ArrayList<>(fills());
    spans.addAll(stops());
    spans.addAll(
        regular(
            Stream.DEVELOPMENT,
            BeamState.DEVELOPMENT,
            schedule.developmentInterval(),
            schedule.developmentLength()));
    spans.addAll(
        regular(
            Stream.TECHNICAL_STOPS,
            BeamState.TECHNICAL_STOP,
            schedule.technicalStopInterval(),
            schedule.technicalStopLength()));
    return overlaid(spans);
  }

  private List<Span> fills() {
    Draws draws = new Draws(seed, Stream.FILLS);
    List<Span> spans = new ArrayList<>();
    long at = startNs - (long) (draws.uniform() * Draws.ns(schedule.fillLength().seconds()));
    while (at < endNs) {
      long down = at + draws.lengthNs(schedule.fillLength());
      long up = down + draws.lengthNs(schedule.betweenFills());
      spans.add(new Span(at, down, BeamState.PHYSICS));
      spans.add(new Span(down, up, BeamState.SETTING_UP));
      at = up;
    }
    return spans;
  }

  private List<Span> stops() {
    Draws draws = new Draws(seed, Stream.BEAM_STOPS);
    double available = schedule.beamAvailability().nominal();
    double meanSeconds = meanSeconds(schedule.beamStopLength());
    double perSecond = (1.0 - available) / Math.max(available, 1e-3) / meanSeconds;
    List<Span> spans = new ArrayList<>();
    double gap = draws.gapSeconds(perSecond);
    long at = startNs;
    while (Double.isFinite(gap) && at + Draws.ns(gap) < endNs) {
      at += Draws.ns(gap);
      long up = at + draws.lengthNs(schedule.beamStopLength());
      spans.add(new Span(at, up, BeamState.STOPPED));
      at = up;
      gap = draws.gapSeconds(perSecond);
    }
    return spans;
  }

  /** Mean of what {@link Draws#lengthNs} gives, by drawing from a stream of no plan. */
  private static double meanSeconds(Assumption length) {
    Draws draws = new Draws(0, Stream.BEAM_STOPS);
    double sum = 0.0;
    for (int i = 0; i < MEAN_STEPS; i++) {
      sum += draws.logTriangular(length.range());
    }
    return sum / MEAN_STEPS * length.secondsPerUnit();
  }

  private List<Span> regular(long stream, BeamState state, Assumption interval, Assumption length) {
    Draws draws = new Draws(seed, stream);
    List<Span> spans = new ArrayList<>();
    long at = startNs + (long) (draws.uniform() * Draws.ns(interval.seconds()));
    while (at < endNs) {
      long morning = Math.floorDiv(at, DAY_NS) * DAY_NS + MORNING_NS;
      spans.add(new Span(morning, morning + draws.lengthNs(length), state));
      at += draws.intervalNs(interval);
    }
    return spans;
  }

  private List<BeamPeriod> overlaid(List<Span> spans) {
    TreeSet<Long> edges = new TreeSet<>(List.of(startNs, endNs));
    for (Span span : spans) {
      edges.add(Math.clamp(span.startNs(), startNs, endNs));
      edges.add(Math.clamp(span.endNs(), startNs, endNs));
    }
    spans.sort(Comparator.comparingLong(Span::startNs));
    List<BeamPeriod> periods = new ArrayList<>();
    List<Span> open = new ArrayList<>();
    int next = 0;
    long from = startNs;
    for (long to : edges.tailSet(startNs, false)) {
      while (next < spans.size() && spans.get(next).startNs() <= from) {
        open.add(spans.get(next++));
      }
      long now = from;
      open.removeIf(span -> span.endNs() <= now);
      BeamState state =
          open.stream()
              .map(Span::state)
              .max(Comparator.naturalOrder())
              .orElse(BeamState.SETTING_UP);
      add(periods, from, to, state);
      from = to;
    }
    return periods;
  }

  private void add(List<BeamPeriod> periods, long from, long to, BeamState state) {
    long since = from;
    if (!periods.isEmpty() && periods.getLast().state() == state) {
      since = periods.removeLast().startNs();
    }
    boolean physics = state == BeamState.PHYSICS;
    double weight =
        switch (state) {
          case PHYSICS -> schedule.physicsWeight().nominal();
          case DEVELOPMENT -> schedule.developmentWeight().nominal();
          case SETTING_UP, STOPPED, TECHNICAL_STOP -> schedule.noBeamWeight().nominal();
        };
    periods.add(
        new BeamPeriod(
            since,
            to,
            state,
            weight,
            physics ? Draws.ns(schedule.spillPeriod().seconds()) : 0,
            physics ? Draws.ns(schedule.spillLength().seconds()) : 0));
  }
}
