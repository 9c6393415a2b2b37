package org.orrery.alarms.runtime;

import java.util.List;
import java.util.Optional;
import org.orrery.alarms.core.AlarmEngine;
import org.orrery.alarms.core.AlarmFigures;
import org.orrery.alarms.core.phoebus.OneList;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.alarm.AlarmTransition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, and the memory, what happened to alarms. Belongs to the verticle's context. */
final class AlarmTeller {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmTeller.class);

  private final RoomContext room;
  private final Optional<AlarmMemory> memory;
  private final AlarmEngine engine;
  private final OneList one;
  private boolean flood;

  AlarmTeller(RoomContext room, Optional<AlarmMemory> memory, AlarmEngine engine, OneList one) {
    this.room = room;
    this.memory = memory;
    this.engine = engine;
    this.one = one;
  }

  /** Steps of our own engine, which people see suppressed where Phoebus keeps the alarm. */
  void own(List<AlarmTransition> steps, long nowNs) {
    for (AlarmTransition step : steps) {
      AlarmTransition shown = one.own(step);
      memory.ifPresent(m -> m.remember(shown, step.alarm()));
      room.bus().publish(Topics.ALARM_TRANSITIONS, shown);
    }
    AlarmFigures figures = engine.figures(nowNs);
    if (figures.flood() != flood) {
      flood = figures.flood();
      LOG.info(
          "alarm flood {}: {} alarms in ten minutes",
          flood ? "begins" : "ends",
          figures.raisedLastTenMinutes());
    }
  }

  /** Steps of alarms that Phoebus keeps. */
  void mirrored(List<AlarmTransition> steps) {
    for (AlarmTransition step : steps) {
      memory.ifPresent(m -> m.remember(step, step.alarm()));
      room.bus().publish(Topics.ALARM_TRANSITIONS, step);
    }
  }

  /** Phoebus may keep other alarms than before. */
  void reconsider(long nowNs) {
    for (AlarmTransition step : one.reconsider(nowNs)) {
      room.bus().publish(Topics.ALARM_TRANSITIONS, step);
      memory.ifPresent(m -> m.remember(step, one.kept(step.alarm())));
    }
  }
}
