package org.orrery.gateway.runtime;

import java.util.List;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.gateway.runtime.own.OwnPvs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells our own PVs what the other rooms say. Stateless. */
final class OwnPvsFeed {
  private static final Logger LOG = LoggerFactory.getLogger(OwnPvsFeed.class);

  private OwnPvsFeed() {}

  /** Listens on the calling context; the caller ends it. */
  static List<Bus.Subscription> open(RoomContext room, OwnPvs own) {
    LOG.info("our own PVs are served over PVA and CA, to be searched at {}", own.searchAddresses());
    Bus bus = room.bus();
    bus.request(Endpoints.ALARMS_LIST, Nothing.NOTHING)
        .onSuccess(own::onAlarmsAsked)
        .onFailure(away -> LOG.debug("alarms do not answer yet: {}", away.getMessage()));
    bus.request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING)
        .onSuccess(own::onOperations)
        .onFailure(away -> LOG.debug("operations does not answer yet: {}", away.getMessage()));
    return List.of(
        bus.subscribe(Topics.ALARM_TRANSITIONS, own::onAlarm),
        bus.subscribe(Topics.OPERATIONS, own::onOperations),
        bus.subscribe(Topics.TWIN_STATE, state -> own.onTwin(state, room.wallClock().nowNs())),
        bus.subscribe(Topics.FINDINGS, own::onFinding),
        bus.subscribe(Topics.DIAGNOSES, own::onDiagnosis),
        bus.subscribe(Topics.ROOM_HEALTH, health -> own.onRoom(health, room.wallClock().nowNs())),
        bus.subscribe(Topics.LOSS, own::onLoss));
  }
}
