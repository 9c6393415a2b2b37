package org.orrery.simulator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.orrery.simulator.plan.PlannedEvent.BeamPeriod;
import org.orrery.simulator.plan.PlannedEvent.PlannedFault;
import org.orrery.simulator.plan.PlannedEvent.Shift;
import org.orrery.simulator.plan.PlannedEvent.WeatherFront;
import org.orrery.simulator.plan.PlannedEvent.Work;
import org.orrery.simulator.plan.PlannedEvent.WorkKind;

/**
 * A planned month or year. The same configuration, seed and start give the same plan, to the byte;
 * each kind of event has its own random stream. Immutable.
 *
 * @param seed what it was drawn from
 * @param startNs start, plant time in ns since the epoch
 * @param endNs end
 * @param beam periods that touch and cover the plan
 * @param shifts three per day, in order of time
 * @param work planned work, in order of time
 * @param weather fronts, in order of time
 * @param faults in order of time, followers included
 */
public record OperationsPlan(
    long seed,
    long startNs,
    long endNs,
    List<BeamPeriod> beam,
    List<Shift> shifts,
    List<Work> work,
    List<WeatherFront> weather,
    List<PlannedFault> faults) {
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final Comparator<PlannedEvent> BY_TIME =
      Comparator.comparingLong(PlannedEvent::startNs).thenComparing(PlannedEvent::line);

  public OperationsPlan {
    beam = List.copyOf(beam);
    shifts = List.copyOf(shifts);
    work = List.copyOf(work);
    weather = List.copyOf(weather);
    faults = List.copyOf(faults);
  }

  /**
   * Draws a plan.
   *
   * @param config what from
   * @param seed decides everything random
   * @param startNs start, plant time in ns since the epoch
   */
  public static OperationsPlan draw(PlanConfig config, long seed, long startNs) {
    long endNs = startNs + config.days() * DAY_NS;
    OperationsAssumptions assumptions = config.assumptions();
    ScheduleAssumptions schedule = assumptions.schedule();
    List<Work> work = new ArrayList<>();
    List<PlannedFault> faults = new ArrayList<>();
    for (FaultClass fault : FaultClass.values()) {
      if (fault != FaultClass.F10) {
        faults.addAll(
            new FaultDraw(config, fault, new Draws(seed, Stream.of(fault)), endNs)
                .spontaneous(startNs));
      }
    }
    for (WorkKind kind : WorkKind.values()) {
      Optional<FaultClass> mishap = kind.mishap();
      Draws draws = new Draws(seed, Stream.mishapsOf(kind));
      for (WorkDraw.Done done : WorkDraw.draw(schedule, kind, seed, startNs, endNs)) {
        work.add(done.work());
        if (done.wrong() && mishap.isPresent()) {
          String id = kind + "-" + done.number();
          faults.addAll(
              new FaultDraw(config, mishap.get(), draws, endNs)
                  .started(done.work().endNs(), id + "/" + mishap.get()));
        }
      }
    }
    work.sort(BY_TIME);
    faults.sort(BY_TIME);
    return new OperationsPlan(
        seed,
        startNs,
        endNs,
        new BeamDraw(schedule, seed, startNs, endNs).draw(),
        new RotaDraw(assumptions.roster(), seed).draw(startNs, endNs),
        work,
        WeatherDraw.draw(assumptions.fault(FaultClass.F10), seed, startNs, endNs),
        faults);
  }

  /** Returns all events in order of time. */
  public List<PlannedEvent> events() {
    List<PlannedEvent> events = new ArrayList<>(beam);
    events.addAll(shifts);
    events.addAll(work);
    events.addAll(weather);
    events.addAll(faults);
    events.sort(BY_TIME);
    return List.copyOf(events);
  }

  /** Returns the plan as text, one event per line: the same bytes for the same plan. */
  public String text() {
    return events().stream().map(event -> event.line() + "\n").collect(Collectors.joining());
  }

  /** Returns the exposure of the plan, s of full beam; planned work that stops data is left out. */
  public double exposureSeconds() {
    double exposure = 0.0;
    for (BeamPeriod period : beam) {
      long ns = period.endNs() - period.startNs() - stopped(period);
      exposure += period.weight() * ns / 1e9;
    }
    return exposure;
  }

  private long stopped(BeamPeriod period) {
    long stopped = 0;
    long free = period.startNs();
    for (Work done : work) {
      long from = Math.max(free, done.startNs());
      long to = Math.min(period.endNs(), done.endNs());
      if (done.kind().stopsData() && to > from) {
        stopped += to - from;
        free = to;
      }
    }
    return stopped;
  }
}
