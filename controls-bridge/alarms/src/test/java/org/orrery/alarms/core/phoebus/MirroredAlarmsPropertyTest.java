package org.orrery.alarms.core.phoebus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.Facility;

/** Whatever Phoebus says in whatever order, the list is one that people can trust. */
class MirroredAlarmsPropertyTest {
  private static final Facility FACILITY =
      new Facility("t", "t", "UTC", false, List.of(), List.of(), Map.of());
  private static final List<PhoebusPath> LEAVES =
      List.of(
          PhoebusPath.parse("/D/A/P1"),
          PhoebusPath.parse("/D/A/P2"),
          PhoebusPath.parse("/D/B/P1"),
          PhoebusPath.parse("/D/B/C/ca:\\/\\/P3.VAL"));
  private static final List<PhoebusPath> ALL =
      List.of(
          PhoebusPath.parse("/D/A"),
          PhoebusPath.parse("/D/B"),
          LEAVES.get(0),
          LEAVES.get(1),
          LEAVES.get(2),
          LEAVES.get(3));

  @Property(tries = 1_000)
  void shouldTellStepsThatFollowEachOtherAndAddUpToTheList(
      @ForAll("messages") List<PhoebusMessage> messages) {
    // Given
    MirroredAlarms alarms = new MirroredAlarms(FACILITY);
    List<AlarmTransition> told = new ArrayList<>(alarms.replayed(new PhoebusTree(), 0));
    told.addAll(alarms.life(true, 0));

    // When
    long nowNs = 0;
    for (PhoebusMessage message : messages) {
      told.addAll(alarms.handle(message, ++nowNs));
    }

    // Then
    Map<AlarmKey, Alarm> heard = new HashMap<>();
    for (AlarmTransition step : told) {
      Alarm before = heard.get(step.alarm().key());
      assertThat(step.from()).isEqualTo(before == null ? AlarmState.NORMAL : before.state());
      if (step.alarm().state() == AlarmState.NORMAL) {
        heard.remove(step.alarm().key());
      } else {
        heard.put(step.alarm().key(), step.alarm());
      }
    }
    assertThat(alarms.list()).containsExactlyInAnyOrderElementsOf(heard.values());
  }

  @Property(tries = 1_000)
  void shouldShowTheSameAfterARestartAsBefore(@ForAll("messages") List<PhoebusMessage> messages) {
    // Given
    MirroredAlarms listening = new MirroredAlarms(FACILITY);
    listening.replayed(new PhoebusTree(), 0);
    listening.life(true, 0);
    PhoebusTree tree = new PhoebusTree();
    for (PhoebusMessage message : messages) {
      listening.handle(message, 5);
      tree.apply(message);
    }

    // When: another life remembers, and reads the topic from its beginning
    MirroredAlarms restarted = new MirroredAlarms(FACILITY);
    listening.list().forEach(alarm -> restarted.remembered(alarm, 6));
    restarted.replayed(tree, 6);
    restarted.life(true, 6);

    // Then
    Function<MirroredAlarms, Map<AlarmKey, List<Object>>> seen =
        alarms ->
            alarms.list().stream()
                .collect(
                    Collectors.toMap(
                        Alarm::key,
                        a -> List.of(a.state(), a.severity(), a.message(), a.acknowledgedBy())));
    assertThat(seen.apply(restarted)).isEqualTo(seen.apply(listening));
  }

  @Property(tries = 1_000)
  void shouldNeverShowAsAcknowledgedWhatPhoebusDoesNot(
      @ForAll("messages") List<PhoebusMessage> messages) {
    // Given
    MirroredAlarms alarms = new MirroredAlarms(FACILITY);
    alarms.replayed(new PhoebusTree(), 0);
    alarms.life(true, 0);
    Map<PhoebusPath, PhoebusMessage.LeafState> states = new HashMap<>();

    // When
    for (PhoebusMessage message : messages) {
      alarms.handle(message, 1);
      if (message instanceof PhoebusMessage.StateTold told) {
        states.put(told.path(), told.state());
      }
      for (Alarm alarm : alarms.list()) {
        if (alarms.acknowledge(alarm.key()) instanceof MirroredAlarms.Ask.Send) {
          alarms.sent(alarm.key(), "vera", 1);
        }
      }
    }

    // Then
    for (Alarm alarm : alarms.list()) {
      if (alarm.state() == AlarmState.ACKNOWLEDGED) {
        assertThat(states.values()).anyMatch(state -> state.severity().isAcknowledged());
        assertThat(alarm.mirror().orElseThrow().awaiting()).isEqualTo(Optional.empty());
      }
      if (alarm.state() == AlarmState.UNACKNOWLEDGED) {
        assertThat(alarm.mirror().orElseThrow().awaiting()).contains("vera");
      }
    }
  }

  @Provide
  Arbitrary<List<PhoebusMessage>> messages() {
    Arbitrary<PhoebusPath> leaf = Arbitraries.of(LEAVES);
    Arbitrary<PhoebusMessage> states =
        Combinators.combine(
                leaf,
                Arbitraries.of(PhoebusSeverity.class),
                Arbitraries.of(
                    PhoebusSeverity.OK, PhoebusSeverity.MAJOR, PhoebusSeverity.UNDEFINED),
                Arbitraries.of("HIHI", "Disabled", ""))
            .as(
                (path, severity, current, message) ->
                    new PhoebusMessage.StateTold(
                        path,
                        new PhoebusMessage.LeafState(severity, message, "1", 3, current, message),
                        false));
    Arbitrary<PhoebusMessage> configs =
        Combinators.combine(leaf, Arbitraries.of(true, false), Arbitraries.of("", "2031-01-01T08"))
            .as(
                (path, enabled, again) ->
                    new PhoebusMessage.LeafConfigured(
                        path, new PhoebusMessage.LeafConfig("d", enabled, again, List.of())));
    Arbitrary<PhoebusMessage> others =
        Arbitraries.of(ALL)
            .flatMap(
                path ->
                    Arbitraries.of(
                        new PhoebusMessage.ConfigRemoved(path),
                        new PhoebusMessage.StateRemoved(path),
                        new PhoebusMessage.Commanded(path, "ada", true),
                        new PhoebusMessage.BranchState(PhoebusPath.parse("/D"), false)));
    return Arbitraries.frequencyOf(Tuple.of(5, states), Tuple.of(2, configs), Tuple.of(2, others))
        .list()
        .ofMaxSize(30);
  }
}
