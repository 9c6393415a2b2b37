package org.orrery.simulator.plan;

import java.util.ArrayList;
import java.util.List;
import org.orrery.simulator.plan.PlannedEvent.Work;
import org.orrery.simulator.plan.PlannedEvent.WorkKind;

/** Draws one kind of planned work. */
final class WorkDraw {
  private static final long HOUR_NS = 3_600_000_000_000L;
  private static final long DAY_NS = 24 * HOUR_NS;
  private static final int DAYS_PER_WEEK = 7;

  /** The epoch began on a Thursday, three days after a Monday. */
  private static final int EPOCH_WEEKDAY = 3;

  private static final int WORKING_DAYS = 5;
  private static final int OPENING_HOUR = 8;
  private static final int STARTING_HOURS = 6;

  private WorkDraw() {}

  /** Returns the work of that kind and, for each, whether it goes wrong. */
  static List<Done> draw(
      ScheduleAssumptions schedule, WorkKind kind, long seed, long startNs, long endNs) {
    Draws draws = new Draws(seed, Stream.of(kind));
    Assumption interval = interval(schedule, kind);
    List<Done> works = new ArrayList<>();
    long due = startNs + (long) (draws.uniform() * Draws.ns(interval.seconds()));
    long free = startNs;
    while (due < endNs) {
      long begins = Math.max(free, start(kind, due, draws.below(STARTING_HOURS)));
      long ends = begins + draws.lengthNs(length(schedule, kind));
      boolean wrong = draws.chance(schedule.workStartsFault());
      if (begins < endNs) {
        works.add(new Done(works.size() + 1, new Work(begins, Math.min(ends, endNs), kind), wrong));
      }
      free = ends;
      due += draws.intervalNs(interval);
    }
    return works;
  }

  /**
   * Planned work and its outcome.
   *
   * @param number of the work among its kind, from 1
   * @param work what was planned
   * @param wrong whether it starts a fault at its end
   */
  record Done(int number, Work work, boolean wrong) {}

  private static long start(WorkKind kind, long due, int hour) {
    long day = Math.floorDiv(due, DAY_NS);
    if (kind == WorkKind.ACCESS || kind == WorkKind.DELIVERY) {
      while (Math.floorMod(day + EPOCH_WEEKDAY, (long) DAYS_PER_WEEK) >= WORKING_DAYS) {
        day++;
      }
    }
    return day * DAY_NS + (OPENING_HOUR + hour) * HOUR_NS;
  }

  private static Assumption interval(ScheduleAssumptions schedule, WorkKind kind) {
    return switch (kind) {
      case CALIBRATION -> schedule.calibrationInterval();
      case REGENERATION -> schedule.regenerationInterval();
      case DELIVERY -> schedule.deliveryInterval();
      case ACCESS -> schedule.accessInterval();
      case FRONT_END_TEST -> schedule.frontEndTestInterval();
    };
  }

  private static Assumption length(ScheduleAssumptions schedule, WorkKind kind) {
    return switch (kind) {
      case CALIBRATION -> schedule.calibrationLength();
      case REGENERATION -> schedule.regenerationLength();
      case DELIVERY -> schedule.deliveryLength();
      case ACCESS -> schedule.accessLength();
      case FRONT_END_TEST -> schedule.frontEndTestLength();
    };
  }
}
