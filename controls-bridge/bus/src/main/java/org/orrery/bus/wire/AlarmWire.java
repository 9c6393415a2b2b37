package org.orrery.bus.wire;

import java.util.Optional;
import org.orrery.bus.wire.proto.AlarmProto;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmMirror;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;

/** Alarm transitions on the wire. */
final class AlarmWire {
  private static final EnumBridge<AlarmKey.Kind, AlarmProto.AlarmKind> KIND =
      new EnumBridge<>("ALARM_KIND_", AlarmKey.Kind.class, AlarmProto.AlarmKind.class);
  private static final EnumBridge<AlarmState, AlarmProto.AlarmState> STATE =
      new EnumBridge<>("ALARM_STATE_", AlarmState.class, AlarmProto.AlarmState.class);
  private static final EnumBridge<AlarmSettings.Priority, AlarmProto.AlarmPriority> PRIORITY =
      new EnumBridge<>(
          "ALARM_PRIORITY_", AlarmSettings.Priority.class, AlarmProto.AlarmPriority.class);

  private AlarmWire() {}

  static AlarmProto.AlarmTransition toWire(AlarmTransition transition) {
    Alarm alarm = transition.alarm();
    AlarmProto.AlarmTransition.Builder builder =
        AlarmProto.AlarmTransition.newBuilder()
            .setSchemaVersion(Wire.VERSION)
            .setChannel(alarm.key().channel().value())
            .setKind(KIND.toWire(alarm.key().kind()))
            .setFrom(STATE.toWire(transition.from()))
            .setTo(STATE.toWire(alarm.state()))
            .setSeverity(SampleWire.SEVERITY.toWire(alarm.severity()))
            .setMessage(alarm.message())
            .setRaisedNs(alarm.raisedNs())
            .setChangedNs(alarm.changedNs())
            .setPriority(PRIORITY.toWire(alarm.priority()))
            .setResponse(alarm.response())
            .setFirstOut(alarm.firstOut())
            .setAtNs(transition.atNs())
            .setBy(transition.by());
    alarm.acknowledgedBy().ifPresent(builder::setAcknowledgedBy);
    alarm.mirror().ifPresent(mirror -> builder.setMirror(toWire(mirror)));
    return builder.build();
  }

  private static AlarmProto.AlarmMirror toWire(AlarmMirror mirror) {
    AlarmProto.AlarmMirror.Builder builder =
        AlarmProto.AlarmMirror.newBuilder()
            .setSource(mirror.source())
            .setStale(mirror.stale())
            .setDetail(mirror.detail());
    mirror.awaiting().ifPresent(builder::setAwaiting);
    return builder.build();
  }

  private static AlarmMirror fromWire(AlarmProto.AlarmMirror mirror) {
    return new AlarmMirror(
        mirror.getSource(),
        mirror.getStale(),
        mirror.hasAwaiting() ? Optional.of(mirror.getAwaiting()) : Optional.empty(),
        mirror.getDetail());
  }

  static AlarmTransition fromWire(AlarmProto.AlarmTransition record) {
    Alarm alarm =
        new Alarm(
            new AlarmKey(new ChannelId(record.getChannel()), KIND.fromWire(record.getKind())),
            STATE.fromWire(record.getTo()),
            SampleWire.SEVERITY.fromWire(record.getSeverity()),
            record.getMessage(),
            record.getRaisedNs(),
            record.getChangedNs(),
            record.hasAcknowledgedBy() ? Optional.of(record.getAcknowledgedBy()) : Optional.empty(),
            PRIORITY.fromWire(record.getPriority()),
            record.getResponse(),
            record.getFirstOut(),
            record.hasMirror() ? Optional.of(fromWire(record.getMirror())) : Optional.empty());
    return new AlarmTransition(
        STATE.fromWire(record.getFrom()), alarm, record.getAtNs(), record.getBy());
  }
}
