package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmMirror;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;

/** How alarms look in JSON. Stateless. */
final class AlarmViews {
  private AlarmViews() {}

  static ObjectNode alarm(Alarm alarm, Facility facility) {
    ObjectNode node = Json.object();
    node.put("channel", alarm.key().channel().value());
    node.put("kind", alarm.key().kind().name());
    node.put("state", alarm.state().name());
    node.put("severity", alarm.severity().name());
    node.put("message", alarm.message());
    node.put("raisedMs", Json.ms(alarm.raisedNs()));
    node.put("changedMs", Json.ms(alarm.changedNs()));
    node.put("acknowledgedBy", alarm.acknowledgedBy().orElse(null));
    node.put("priority", alarm.priority().name());
    node.put("response", alarm.response());
    node.put("firstOut", alarm.firstOut());
    String subsystem = facility.channel(alarm.key().channel()).map(Channel::subsystem).orElse("");
    node.put("subsystem", subsystem);
    node.put("callOut", callOut(facility, subsystem));
    node.set("mirror", alarm.mirror().map(AlarmViews::mirror).orElse(null));
    return node;
  }

  private static ObjectNode mirror(AlarmMirror mirror) {
    ObjectNode node = Json.object();
    node.put("source", mirror.source());
    node.put("stale", mirror.stale());
    node.put("awaiting", mirror.awaiting().orElse(null));
    node.put("detail", mirror.detail());
    return node;
  }

  private static String callOut(Facility facility, String subsystem) {
    return facility.subsystems().stream()
        .filter(s -> s.name().equals(subsystem))
        .findFirst()
        .map(Facility.Subsystem::callOut)
        .orElse("");
  }
}
