package org.orrery.simulator.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.orrery.simulator.plan.PlannedEvent.Duty;
import org.orrery.simulator.plan.PlannedEvent.Position;
import org.orrery.simulator.plan.PlannedEvent.Shift;
import org.orrery.simulator.plan.PlannedEvent.ShiftKind;

/** Draws who is on shift and on call: three shifts per day, people in blocks of a week. */
final class RotaDraw {
  private static final long SHIFT_NS = 28_800_000_000_000L;
  private static final int SHIFTS_PER_DAY = 3;
  private static final int SHIFTS_PER_WEEK = 21;
  private static final int EXPERTS_PER_SYSTEM = 4;

  private final Draws draws;
  private final PeopleAssumptions.Roster roster;
  private final Map<Integer, Duty> shifters = new HashMap<>();
  private int people;

  RotaDraw(PeopleAssumptions.Roster roster, long seed) {
    this.roster = roster;
    this.draws = new Draws(seed, Stream.ROTA);
  }

  /** Returns the shifts that overlap the plan, cut to it. */
  List<Shift> draw(long startNs, long endNs) {
    int perShift = Math.max(1, (int) Math.round(roster.shifters().nominal()));
    int firstExpert = draws.below(EXPERTS_PER_SYSTEM);
    List<Shift> shifts = new ArrayList<>();
    long first = Math.floorDiv(startNs, SHIFT_NS);
    for (long index = first; index * SHIFT_NS < endNs; index++) {
      int kind = (int) Math.floorMod(index, (long) SHIFTS_PER_DAY);
      long week = (index - first) / SHIFTS_PER_WEEK;
      boolean changes = (index - first) % SHIFTS_PER_WEEK < SHIFTS_PER_DAY;
      List<Duty> duties = new ArrayList<>();
      for (int i = 0; i < perShift; i++) {
        int place = kind * perShift + i;
        if (changes) {
          shifters.put(place, newcomer());
        }
        duties.add(shifters.getOrDefault(place, new Duty(Position.SHIFTER, 0, true)));
      }
      addExperts(duties, (firstExpert + week) % EXPERTS_PER_SYSTEM);
      shifts.add(
          new Shift(
              Math.max(startNs, index * SHIFT_NS),
              Math.min(endNs, (index + 1) * SHIFT_NS),
              ShiftKind.values()[kind],
              duties));
    }
    return shifts;
  }

  private Duty newcomer() {
    boolean experienced = !draws.chance(roster.newShifter());
    people++;
    return new Duty(Position.SHIFTER, people, experienced);
  }

  private static void addExperts(List<Duty> duties, long turn) {
    for (Position position : Position.values()) {
      if (position != Position.SHIFTER) {
        int person = -(position.ordinal() * EXPERTS_PER_SYSTEM + (int) turn);
        duties.add(new Duty(position, person, true));
      }
    }
  }
}
