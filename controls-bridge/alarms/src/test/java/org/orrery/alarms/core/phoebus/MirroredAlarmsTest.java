package org.orrery.alarms.core.phoebus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.ValueKind;

/** What Phoebus says, what people see of it, and what happens when both have the same alarm. */
class MirroredAlarmsTest {
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final ChannelId OXYGEN = new ChannelId("hall.oxygen");
  private static final AlarmKey KEY = new AlarmKey(FLOW, AlarmKey.Kind.MIRRORED);
  private static final AlarmKey OWN = new AlarmKey(FLOW, AlarmKey.Kind.LIMIT);
  private static final PhoebusPath PATH = PhoebusPath.parse("/Detector/Pumps/ca:\\/\\/LAR:FLOW");
  private static final Facility FACILITY = facility();

  private final MirroredAlarms mirrored = new MirroredAlarms(FACILITY);
  private final OneList one = new OneList(FACILITY, mirrored);
  private final PhoebusTree tree = new PhoebusTree();
  private long nowNs = 1_000;

  @Test
  void shouldShowTheStatesOfPhoebusInTheWordsOfTheStandard() {
    // Given
    begin();

    // Then
    assertThat(say(state("MAJOR", "HIHI", "MAJOR", "HIHI"))).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(say(state("MAJOR", "HIHI", "OK", "OK")))
        .isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
    assertThat(say(state("MAJOR_ACK", "HIHI", "MAJOR", "HIHI"))).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(say(state("OK", "OK", "OK", "OK"))).isEqualTo(AlarmState.NORMAL);
    assertThat(say(state("OK", "Disabled", "OK", "OK"))).isEqualTo(AlarmState.SUPPRESSED_BY_DESIGN);
    assertThat(say(config(false, ""))).isEqualTo(AlarmState.OUT_OF_SERVICE);
    assertThat(say(config(false, "2031-01-01T08:00"))).isEqualTo(AlarmState.SHELVED);
    assertThat(say(config(true, ""))).isEqualTo(AlarmState.SUPPRESSED_BY_DESIGN);
    assertThat(say(state("OK", "OK", "MAJOR", "HIHI")))
        .as("Phoebus still waits for its delay")
        .isEqualTo(AlarmState.NORMAL);
  }

  @Test
  void shouldShowTheAlarmBeneathALatchedLostConnectionBeforeAnybodyAcknowledges() {
    // Given
    begin();
    say(state("UNDEFINED", "Disconnected", "UNDEFINED", "Disconnected"));
    assertThat(alarm().message()).isEqualTo("UNDEFINED Disconnected (1.5)");

    // When: the PV is back, in alarm, and Phoebus' latch hides it
    say(state("UNDEFINED", "Disconnected", "MAJOR", "HIHI"));

    // Then
    assertThat(alarm().message()).isEqualTo("UNDEFINED Disconnected (1.5); now MAJOR HIHI");
    assertThat(alarm().severity()).isEqualTo(Severity.INVALID);
  }

  @Test
  void shouldKeepALatchedAlarmWhenItsSettingsAreEdited() {
    // Given
    begin();
    say(state("MAJOR", "HIHI", "OK", "OK"));
    Alarm before = alarm();

    // When
    List<AlarmTransition> told = handle(config(true, ""));

    // Then
    assertThat(told).isEmpty();
    assertThat(alarm()).isEqualTo(before);
  }

  @Test
  void shouldShowAnAcknowledgementOnlyWhenPhoebusSaysSo() {
    // Given
    begin();
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));

    // When
    assertThat(mirrored.acknowledge(KEY)).isEqualTo(new MirroredAlarms.Ask.Send(List.of(PATH)));
    mirrored.sent(KEY, "vera", nowNs);

    // Then
    assertThat(alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(alarm().mirror().orElseThrow().awaiting()).contains("vera");

    // When
    handle(new PhoebusMessage.Commanded(PhoebusPath.parse("/Detector"), "vera", true));
    say(state("MAJOR_ACK", "HIHI", "MAJOR", "HIHI"));

    // Then
    assertThat(alarm().state()).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(alarm().acknowledgedBy()).contains("vera");
    assertThat(alarm().mirror().orElseThrow().awaiting()).isEmpty();
  }

  @Test
  void shouldSayThatAnAcknowledgementWasNeverConfirmed() {
    // Given
    begin();
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));
    mirrored.sent(KEY, "vera", nowNs);

    // When
    List<AlarmTransition> early = mirrored.tick(nowNs + MirroredAlarms.CONFIRM_NS - 1);
    List<AlarmTransition> late = mirrored.tick(nowNs + MirroredAlarms.CONFIRM_NS);

    // Then
    assertThat(early).isEmpty();
    assertThat(late).hasSize(1);
    assertThat(alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(alarm().mirror().orElseThrow().awaiting()).isEmpty();
    assertThat(alarm().mirror().orElseThrow().detail())
        .contains("did not confirm", "vera", "acknowledge again");
  }

  @Test
  void shouldTakeAnAcknowledgementOfAWholeBranchMadeInPhoebus() {
    // Given
    begin();
    say(state("MINOR", "HIGH", "MINOR", "HIGH"));

    // When: the state comes before the command on the other topic
    say(state("MINOR_ACK", "HIGH", "MINOR", "HIGH"));
    assertThat(alarm().acknowledgedBy()).contains("Phoebus");
    handle(new PhoebusMessage.Commanded(PhoebusPath.parse("/Detector/Pumps"), "ada", true));

    // Then
    assertThat(alarm().acknowledgedBy()).contains("ada");

    // When: it gets worse, and is acknowledged by somebody whose command was not heard
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));
    say(state("MAJOR_ACK", "HIHI", "MAJOR", "HIHI"));

    // Then
    assertThat(alarm().acknowledgedBy()).contains("Phoebus");
  }

  @Test
  void shouldMarkWhatIsShownAsStaleWhilePhoebusIsSilentAndSendNothing() {
    // Given
    begin();
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));

    // When
    List<AlarmTransition> told = mirrored.life(false, nowNs);

    // Then
    assertThat(told).hasSize(1);
    assertThat(alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(alarm().mirror().orElseThrow().stale()).isTrue();
    assertThat(mirrored.acknowledge(KEY))
        .isInstanceOfSatisfying(
            MirroredAlarms.Ask.Declined.class,
            declined -> assertThat(declined.reason()).contains("silent", "nothing was sent"));
    mirrored.life(true, nowNs);
    assertThat(alarm().mirror().orElseThrow().stale()).isFalse();
  }

  @Test
  void shouldForgetWhatIsTakenOutOfTheTreeWhateverStateStillComes() {
    // Given
    begin();
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));

    // When
    handle(new PhoebusMessage.ConfigRemoved(PhoebusPath.parse("/Detector/Pumps")));
    handle(new PhoebusMessage.ConfigRemoved(PATH));
    handle(state("MAJOR", "HIHI", "MAJOR", "HIHI"));

    // Then
    assertThat(mirrored.list()).isEmpty();

    // When: it is configured again
    handle(config(true, ""));
    handle(state("MAJOR", "HIHI", "MAJOR", "HIHI"));

    // Then
    assertThat(mirrored.list()).hasSize(1);
  }

  @Test
  void shouldKeepOneAlarmForAPvThatMovesInTheTree() {
    // Given
    begin();
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));
    PhoebusPath elsewhere = PhoebusPath.parse("/Detector/Elsewhere/LAR:FLOW");

    // When: the new place first, as Phoebus does, then the tombstones of the old one
    List<AlarmTransition> told = new ArrayList<>();
    told.addAll(
        handle(
            new PhoebusMessage.LeafConfigured(
                elsewhere, new PhoebusMessage.LeafConfig("", true, "", List.of("New guidance")))));
    told.addAll(
        handle(
            new PhoebusMessage.StateTold(
                elsewhere, leafState("MAJOR", "HIHI", "MAJOR", "HIHI"), false)));
    told.addAll(handle(new PhoebusMessage.ConfigRemoved(PATH)));
    told.addAll(handle(new PhoebusMessage.StateRemoved(PATH)));

    // Then
    assertThat(told).extracting(t -> t.alarm().state()).containsOnly(AlarmState.UNACKNOWLEDGED);
    assertThat(mirrored.list()).hasSize(1);
    assertThat(alarm().mirror().orElseThrow().detail()).isEqualTo("/Detector/Elsewhere/LAR:FLOW");
    assertThat(mirrored.acknowledge(KEY))
        .isEqualTo(new MirroredAlarms.Ask.Send(List.of(elsewhere)));
  }

  @Test
  void shouldNameAPvOfNobodyForGoodAndKeepSuchNamesApart() {
    // Given
    begin();
    for (String pv : List.of("HALL:Door_1", "HALL:DOOR_1", "sim://sine", "HALL:DOOR-1")) {
      PhoebusPath path = new PhoebusPath(List.of("Detector", pv));
      handle(
          new PhoebusMessage.LeafConfigured(
              path, new PhoebusMessage.LeafConfig("Door", true, "", List.of())));
      handle(new PhoebusMessage.StateTold(path, leafState("MINOR", "X", "MINOR", "X"), false));
    }

    // Then
    assertThat(mirrored.list()).hasSize(4);
    assertThat(mirrored.list())
        .extracting(alarm -> alarm.key().channel().value())
        .contains("phoebus.hall.door-1")
        .allMatch(id -> id.startsWith("phoebus."));
    assertThat(mirrored.list())
        .anySatisfy(
            alarm -> assertThat(alarm.message()).isEqualTo("HALL:Door_1, Door: MINOR X (1.5)"));
  }

  @Test
  void shouldShowWhatWasRememberedAsStaleAndDropWhatIsGoneOnceTheTreeWasRead() {
    // Given: one life of the process
    begin();
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));
    Alarm kept = alarm();
    AlarmKey gone = new AlarmKey(new ChannelId("phoebus.gone"), AlarmKey.Kind.MIRRORED);
    MirroredAlarms next = new MirroredAlarms(FACILITY);

    // When
    next.remembered(kept, nowNs);
    next.remembered(
        new Alarm(
            gone,
            AlarmState.ACKNOWLEDGED,
            Severity.MINOR,
            "x",
            1,
            1,
            Optional.of("ada"),
            AlarmSettings.Priority.LOW,
            "",
            false),
        nowNs);

    // Then
    assertThat(next.list()).allMatch(alarm -> alarm.mirror().orElseThrow().stale());
    assertThat(next.acknowledge(KEY)).isInstanceOf(MirroredAlarms.Ask.Declined.class);

    // When
    List<AlarmTransition> told = next.replayed(tree, nowNs);
    told.addAll(next.life(true, nowNs));

    // Then
    assertThat(next.list()).containsExactly(kept);
    assertThat(told)
        .anySatisfy(
            step -> {
              assertThat(step.alarm().key()).isEqualTo(gone);
              assertThat(step.alarm().state()).isEqualTo(AlarmState.NORMAL);
            });
  }

  @Test
  void shouldSuppressOurOwnAlarmWherePhoebusKeepsItAndBringItBackWhenPhoebusIsSilent() {
    // Given
    AlarmTransition raised = own(OWN, AlarmState.NORMAL, AlarmState.UNACKNOWLEDGED);
    assertThat(one.own(raised)).isEqualTo(raised);

    // When
    begin();
    say(state("MAJOR", "HIHI", "MAJOR", "HIHI"));
    List<AlarmTransition> told = one.reconsider(nowNs);

    // Then: one row calls
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().from()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(told.getFirst().alarm().message()).contains("Phoebus keeps this alarm");
    assertThat(one.list()).filteredOn(alarm -> alarm.state().annunciates()).hasSize(1);
    assertThat(one.behind(FLOW)).containsExactly(OWN);
    assertThat(one.refusal(OWN)).hasValueSatisfying(why -> assertThat(why).contains("MIRRORED"));
    assertThat(one.own(own(OWN, AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED)))
        .extracting(AlarmTransition::from, t -> t.alarm().state())
        .containsExactly(AlarmState.SUPPRESSED_BY_DESIGN, AlarmState.SUPPRESSED_BY_DESIGN);

    // When
    mirrored.life(false, nowNs);
    List<AlarmTransition> back = one.reconsider(nowNs);

    // Then
    assertThat(back)
        .singleElement()
        .extracting(AlarmTransition::from, t -> t.alarm().state())
        .containsExactly(AlarmState.SUPPRESSED_BY_DESIGN, AlarmState.ACKNOWLEDGED);
    assertThat(one.refusal(OWN)).isEmpty();
  }

  @Test
  void shouldNeverSuppressLifeSafetyNorWhatTellsThatOrreryIsBlind() {
    // Given
    begin();
    PhoebusPath oxygen = PhoebusPath.parse("/Detector/HALL:OXYGEN");
    handle(state("OK", "OK", "OK", "OK"));
    handle(
        new PhoebusMessage.StateTold(oxygen, leafState("MAJOR", "LOLO", "MAJOR", "LOLO"), false));

    // Then
    for (AlarmKey key :
        List.of(
            new AlarmKey(OXYGEN, AlarmKey.Kind.LIMIT),
            new AlarmKey(FLOW, AlarmKey.Kind.DISCONNECTED),
            new AlarmKey(FLOW, AlarmKey.Kind.STALE),
            new AlarmKey(FLOW, AlarmKey.Kind.STATE),
            new AlarmKey(FLOW, AlarmKey.Kind.FINDING))) {
      AlarmTransition raised = own(key, AlarmState.NORMAL, AlarmState.UNACKNOWLEDGED);
      assertThat(one.own(raised)).isEqualTo(raised);
    }
    AlarmTransition covered = own(OWN, AlarmState.NORMAL, AlarmState.UNACKNOWLEDGED);
    assertThat(one.own(covered).alarm().state()).isEqualTo(AlarmState.SUPPRESSED_BY_DESIGN);
  }

  private void begin() {
    tree.apply(
        new PhoebusMessage.BranchConfigured(
            PhoebusPath.parse("/Detector/Pumps"), List.of("Look at the flow.")));
    tree.apply(config(true, ""));
    mirrored.replayed(tree, nowNs);
    mirrored.life(true, nowNs);
  }

  private AlarmState say(PhoebusMessage message) {
    handle(message);
    return mirrored.alarm(KEY).map(Alarm::state).orElse(AlarmState.NORMAL);
  }

  private List<AlarmTransition> handle(PhoebusMessage message) {
    nowNs++;
    return mirrored.handle(message, nowNs);
  }

  private Alarm alarm() {
    return mirrored.alarm(KEY).orElseThrow();
  }

  private static PhoebusMessage config(boolean enabled, String again) {
    return new PhoebusMessage.LeafConfigured(
        PATH, new PhoebusMessage.LeafConfig("Flow", enabled, again, List.of()));
  }

  private static PhoebusMessage state(
      String severity, String message, String current, String currentMessage) {
    return new PhoebusMessage.StateTold(
        PATH, leafState(severity, message, current, currentMessage), false);
  }

  private static PhoebusMessage.LeafState leafState(
      String severity, String message, String current, String currentMessage) {
    return new PhoebusMessage.LeafState(
        PhoebusSeverity.valueOf(severity),
        message,
        "1.5",
        500,
        PhoebusSeverity.valueOf(current),
        currentMessage);
  }

  private AlarmTransition own(AlarmKey key, AlarmState from, AlarmState to) {
    Alarm alarm =
        new Alarm(
            key,
            to,
            Severity.MAJOR,
            "too much",
            400,
            nowNs,
            Optional.empty(),
            AlarmSettings.Priority.HIGH,
            "Do.",
            false);
    return new AlarmTransition(from, alarm, nowNs, "process");
  }

  private static Facility facility() {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    channels.put(FLOW, channel(FLOW, "pva://LAR:FLOW.VAL", false));
    channels.put(OXYGEN, channel(OXYGEN, "HALL:OXYGEN", true));
    return new Facility("t", "t", "UTC", false, List.of(), List.of(), channels);
  }

  private static Channel channel(ChannelId id, String pv, boolean lifeSafety) {
    AlarmSettings settings =
        new AlarmSettings(
            Map.of(), 0, 0, 0, Set.of(), AlarmSettings.Priority.CRITICAL, "Leave.", lifeSafety);
    return new Channel(
        id,
        pv,
        ValueKind.DOUBLE,
        "",
        "",
        "s",
        "d",
        "x",
        List.of(),
        0,
        0,
        settings,
        Optional.empty(),
        List.of());
  }
}
