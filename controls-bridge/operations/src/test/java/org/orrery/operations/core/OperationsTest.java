package org.orrery.operations.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.EndedLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.Run;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.value.Value;

class OperationsTest {
  private static final Person VERA = new Person("vera", Set.of(Person.Role.SHIFTER));
  private static final Person OTTO = new Person("otto", Set.of(Person.Role.EXPERT));
  private static final Person GUEST = new Person("guest", Set.of());
  private static final Facility FACILITY = Plants.of(Map.of("loop", List.of("pump-a")), "pump-a");
  private static final Value RUNNING = new Value.ChoiceValue(1, "RUNNING");
  private static final Value STOPPED = new Value.ChoiceValue(0, "STOPPED");

  private Operations operations = Operations.of(OperationsState.UNKNOWN);

  @Test
  void shouldFollowARunWhicheverOfNumberAndStateComesFirst() {
    // Given: run 7 has ended
    operations =
        operations
            .onMode(new Value.ChoiceValue(3, "PHYSICS"))
            .onRunNumber(new Value.LongValue(7), 10)
            .onRunState(RUNNING, 11)
            .onRunState(STOPPED, 20);
    assertThat(operations.state().run()).contains(new Run(7, "physics", 11, OptionalLong.of(20)));

    // When: the state comes before the new number
    Operations early = operations.onRunState(RUNNING, 30);
    Operations late = early.onRunNumber(new Value.LongValue(8), 31);

    // Then: run 7 is not started again
    assertThat(early.state().run()).contains(new Run(7, "physics", 11, OptionalLong.of(20)));
    assertThat(late.state().run()).contains(new Run(8, "physics", 31, OptionalLong.empty()));
  }

  @Test
  void shouldNotBeginARunBeforeTheDaqTold() {
    assertThat(operations.onRunNumber(new Value.LongValue(7), 10).state().run()).isEmpty();
  }

  @Test
  void shouldGoOnWithTheRunThatWasOnBeforeARestart() {
    // Given
    Operations before = operations.onRunNumber(new Value.LongValue(7), 10).onRunState(RUNNING, 11);

    // When
    Operations after =
        Operations.of(before.state())
            .onRunState(RUNNING, 99)
            .onRunNumber(new Value.LongValue(7), 99);

    // Then
    assertThat(after.state().run()).isEqualTo(before.state().run());
  }

  @Test
  void shouldGiveControlToOnePersonAtATime() {
    done(new ControlRequest.TakeControl(VERA, false));
    assertThat(declined(new ControlRequest.TakeControl(OTTO, false)))
        .contains("vera holds control");
    assertThat(declined(new ControlRequest.ReleaseControl(OTTO))).contains("vera holds control");
    Operations.Decision forced = done(new ControlRequest.TakeControl(OTTO, true));
    assertThat(forced.entry())
        .hasValueSatisfying(entry -> assertThat(entry.detail()).isEqualTo("from vera by force"));
    done(new ControlRequest.ReleaseControl(OTTO));
    assertThat(operations.state().control()).isEmpty();
  }

  @Test
  void shouldLetOnlyTheOwnerLiftATagOut() {
    assertThat(declined(new ControlRequest.SetTagOut(VERA, "pump-z", "x"))).contains("no device");
    assertThat(declined(new ControlRequest.SetTagOut(VERA, "pump-a", " "))).contains("reason");
    done(new ControlRequest.SetTagOut(VERA, "pump-a", "bearing is out"));
    assertThat(declined(new ControlRequest.SetTagOut(OTTO, "pump-a", "me too")))
        .contains("bearing is out");
    assertThat(declined(new ControlRequest.LiftTagOut(OTTO, "pump-a"))).contains("only vera");
    done(new ControlRequest.LiftTagOut(VERA, "pump-a"));
    assertThat(operations.state().tagOuts()).isEmpty();
  }

  @Test
  void shouldKeepWithATagOutTheDevicesThatItMeans() {
    // When
    done(new ControlRequest.SetTagOut(VERA, "loop", "pipe is open"));

    // Then
    assertThat(operations.state().tagOuts())
        .containsExactly(new TagOut("loop", "vera", "pipe is open", 5, List.of("pump-a")));
  }

  @Test
  void shouldListenToPeopleWithARoleOnly() {
    assertThat(declined(new ControlRequest.TakeControl(GUEST, true))).contains("neither");
  }

  @Test
  void shouldReserveADeviceForOnePersonUntilItExpires() {
    // Given
    assertThat(declined(new ControlRequest.LockDevice(VERA, "pump-a", " ", 60))).contains("reason");
    assertThat(declined(new ControlRequest.LockDevice(VERA, "pump-z", "x", 60)))
        .contains("no device");
    assertThat(declined(new ControlRequest.LockDevice(VERA, "pump-a", "x", Locks.LONGEST_NS + 1)))
        .contains("12 hours");

    // When
    done(new ControlRequest.LockDevice(VERA, "pump-a", "vibration test", 60));

    // Then
    assertThat(operations.state().locks())
        .containsExactly(new DeviceLock("pump-a", "vera", "vibration test", 5, 65));
    assertThat(declined(new ControlRequest.LockDevice(OTTO, "pump-a", "me too", 60)))
        .contains("reserved by vera");
    done(new ControlRequest.LockDevice(VERA, "pump-a", "longer", 90));
    assertThat(operations.state().locks())
        .containsExactly(new DeviceLock("pump-a", "vera", "longer", 5, 95));
    assertThat(operations.onTime(94).entries()).isEmpty();
    Operations.Lapse lapse = operations.onTime(95);
    assertThat(lapse.next().state().locks()).isEmpty();
    assertThat(lapse.entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.action()).isEqualTo("lock.expired"));
  }

  @Test
  void shouldLetTheOwnerOrAnExpertGiveAReservedDeviceBack() {
    // Given
    Person sam = new Person("sam", Set.of(Person.Role.SHIFTER));
    done(new ControlRequest.LockDevice(VERA, "pump-a", "vibration test", 60));

    // Then
    assertThat(declined(new ControlRequest.UnlockDevice(sam, "pump-a"))).contains("or an expert");
    Operations.Decision byExpert = done(new ControlRequest.UnlockDevice(OTTO, "pump-a"));
    assertThat(byExpert.entry())
        .hasValueSatisfying(e -> assertThat(e.detail()).isEqualTo("reserved by vera"));
    assertThat(declined(new ControlRequest.UnlockDevice(VERA, "pump-a"))).contains("not reserved");
  }

  @Test
  void shouldGoOnSayingWhoEndedAReservationWhateverHappensAfterwards() {
    // Given
    done(new ControlRequest.LockDevice(VERA, "pump-a", "vibration test", 60));
    DeviceLock ofVera = operations.state().locks().getFirst();

    // When an expert gives it back and reserves it, which expires, and others things happen
    done(new ControlRequest.UnlockDevice(OTTO, "pump-a"));
    done(new ControlRequest.LockDevice(OTTO, "pump-a", "my turn", 60));
    DeviceLock ofOtto = operations.state().locks().getFirst();
    operations = operations.onTime(65).next();
    done(new ControlRequest.TakeControl(VERA, false));
    done(new ControlRequest.SetTagOut(VERA, "pump-a", "work"));
    done(new ControlRequest.LiftTagOut(VERA, "pump-a"));
    done(new ControlRequest.ReleaseControl(VERA));
    operations =
        operations
            .onMode(new Value.ChoiceValue(3, "PHYSICS"))
            .onRunNumber(new Value.LongValue(7), 70)
            .onRunState(RUNNING, 71)
            .onRunState(STOPPED, 72);

    // Then
    assertThat(operations.state().locks()).isEmpty();
    assertThat(operations.state().ended())
        .containsExactly(
            new EndedLock(ofVera, Optional.of("otto"), 5),
            new EndedLock(ofOtto, Optional.empty(), 65));
  }

  @Test
  void shouldForgetTheOldestEndOfAReservationAndNoOther() {
    // When
    for (int i = 0; i < 60; i++) {
      done(new ControlRequest.LockDevice(VERA, "pump-a", "test " + i, 60));
      done(new ControlRequest.UnlockDevice(VERA, "pump-a"));
    }

    // Then
    assertThat(operations.state().ended()).hasSize(50);
    assertThat(operations.state().ended().getFirst().lock().reason()).isEqualTo("test 10");
    assertThat(operations.state().ended().getLast().lock().reason()).isEqualTo("test 59");
  }

  private Operations.Decision done(ControlRequest request) {
    Operations.Decision decision = operations.onRequest(request, FACILITY, 5);
    assertThat(decision.reply()).isInstanceOf(Reply.Done.class);
    operations = decision.next();
    return decision;
  }

  private String declined(ControlRequest request) {
    Operations.Decision decision = operations.onRequest(request, FACILITY, 5);
    assertThat(decision.next()).isEqualTo(operations);
    assertThat(decision.entry()).isEmpty();
    return ((Reply.Declined<OperationsState>) decision.reply()).reason();
  }
}
