package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.SECOND;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.value.Value;

class GateRulesTest {
  /**
   * Everything that can be wrong with a write of the pump's speed, in the order in which the rules
   * look.
   */
  enum Fault {
    FORGED(Reason.BAD_SIGNATURE),
    SEEN_BEFORE(Reason.DUPLICATE),
    STOPPED(Reason.WRITING_STOPPED),
    LATE(Reason.EXPIRED),
    FROM_THE_FUTURE(Reason.EXPIRED),
    UNAPPROVED(Reason.PRECONDITION),
    NO_SUCH_CHANNEL(Reason.UNKNOWN_CHANNEL),
    READ_ONLY_CHANNEL(Reason.NOT_WRITABLE),
    WRONG_KIND(Reason.WRONG_UNIT),
    OTHER_UNIT(Reason.WRONG_UNIT),
    TOO_HIGH(Reason.OUT_OF_RANGE),
    NOT_TAKEN_ANY_MORE(Reason.OUT_OF_RANGE),
    NOT_A_NUMBER(Reason.OUT_OF_RANGE),
    AWAY(Reason.DISCONNECTED),
    MISMATCHED(Reason.WRONG_UNIT),
    UNREAD(Reason.STALE_READING),
    LOCAL(Reason.LOCAL_CONTROL),
    SWITCH_UNREAD(Reason.LOCAL_CONTROL),
    TRIPPED(Reason.INTERLOCK),
    INTERLOCK_UNREAD(Reason.INTERLOCK),
    TAGGED(Reason.TAGGED_OUT),
    GROUP_TAGGED(Reason.TAGGED_OUT),
    TAGS_UNKNOWN(Reason.TAGGED_OUT),
    NO_RIGHT(Reason.ACCESS),
    UNDER_WAY(Reason.DEVICE_BUSY),
    RESERVED(Reason.LOCKED),
    HELD(Reason.DEVICE_BUSY),
    TOO_FAR(Reason.OUT_OF_RANGE),
    OTHER_MODE(Reason.NOT_ARMED),
    MODE_UNKNOWN(Reason.NOT_ARMED),
    TOO_SOON(Reason.TOO_FAST),
    PRECONDITION_BROKEN(Reason.PRECONDITION),
    PRECONDITION_OLD(Reason.PRECONDITION);

    final Reason reason;

    Fault(Reason reason) {
      this.reason = reason;
    }
  }

  private static final Facility FACILITY = TestPlant.facility();
  private static final long NOW = 1_000_000 * SECOND;

  @Provide
  Arbitrary<Set<Fault>> faults() {
    return Arbitraries.of(Fault.class).set().ofMinSize(0).ofMaxSize(4);
  }

  @Example
  void shouldAllowACommandThatNothingObjectsTo() {
    // Given
    GateCase sound = caseWith(EnumSet.noneOf(Fault.class), 50);

    // When
    GateVerdict verdict = GateRules.judge(sound);

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            GateVerdict.Allowed.class,
            allowed -> {
              assertThat(allowed.towardsSafety()).isFalse();
              assertThat(allowed.before()).isEqualTo(Value.of(40.0));
            });
  }

  @Example
  void shouldRefuseEverySingleFaultForItsOwnReasonAndNameAThing() {
    for (Fault fault : Fault.values()) {
      // Given
      GateCase faulty = caseWith(EnumSet.of(fault), 50);

      // When
      GateVerdict verdict = GateRules.judge(faulty);

      // Then
      assertThat(verdict)
          .as(fault.name())
          .isInstanceOfSatisfying(
              GateVerdict.Refused.class,
              refused -> {
                assertThat(refused.reason()).isEqualTo(fault.reason);
                assertThat(refused.detail()).isNotBlank();
              });
    }
  }

  @Property(tries = 500)
  void shouldAllowExactlyWhenNothingIsWrong(@ForAll("faults") Set<Fault> faults) {
    // Given
    GateCase given = caseWith(faults, 50);

    // When
    GateVerdict verdict = GateRules.judge(given);

    // Then
    if (faults.isEmpty()) {
      assertThat(verdict).isInstanceOf(GateVerdict.Allowed.class);
    } else {
      assertThat(verdict)
          .isInstanceOfSatisfying(
              GateVerdict.Refused.class,
              refused ->
                  assertThat(faults.stream().map(fault -> fault.reason))
                      .contains(refused.reason()));
    }
  }

  @Property(tries = 300)
  void shouldExcuseAMoveTowardsSafetyOnlyFromStepPaceModeAndOthersClaims(
      @ForAll("faults") Set<Fault> faults) {
    // Given
    Set<Fault> excused =
        EnumSet.of(
            Fault.TOO_SOON,
            Fault.HELD,
            Fault.TOO_FAR,
            Fault.RESERVED,
            Fault.OTHER_MODE,
            Fault.MODE_UNKNOWN);
    GateCase given = caseWith(faults, 0);
    boolean writesElsewhere =
        faults.contains(Fault.TOO_HIGH) || faults.contains(Fault.NOT_A_NUMBER);

    // When
    GateVerdict verdict = GateRules.judge(given);

    // Then
    boolean allowed = !writesElsewhere && excused.containsAll(faults);
    assertThat(verdict instanceof GateVerdict.Allowed).isEqualTo(allowed);
  }

  @Example
  void shouldRefuseAChoiceWhoseIndexAndLabelDisagree() {
    // Given
    Command command =
        TestPlant.command(
            "c-1", TestPlant.ENABLE, new Value.ChoiceValue(0, "ON"), "", NOW, List.of());

    // When
    GateVerdict verdict = GateRules.judge(sound(command));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            GateVerdict.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.OUT_OF_RANGE));
  }

  @Example
  void shouldRefuseAnIntegerBeyondItsRangeThatIsWithinItAsADouble() {
    // Given
    double high = 0x1p53;
    Writable writable =
        new Writable(
            0,
            high,
            OptionalDouble.empty(),
            0,
            Optional.empty(),
            0,
            Writable.SafeDirection.NONE,
            List.of(),
            Optional.empty(),
            false);
    Channel channel = FACILITY.channel(TestPlant.SPEED).orElseThrow();

    // Then
    assertThat(ValueRules.range(sound(mask((1L << 53) + 1)), channel, writable))
        .hasValueSatisfying(
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.OUT_OF_RANGE);
              assertThat(refused.detail()).startsWith("9007199254740993 ");
            });
    assertThat(ValueRules.range(sound(mask(1L << 53)), channel, writable)).isEmpty();
  }

  private static Command mask(long bits) {
    return TestPlant.command(
        "c-1", TestPlant.SPEED, new Value.LongValue(bits), "Hz", NOW, List.of());
  }

  private static GateCase sound(Command command) {
    return new GateCase(
        TestPlant.sign(command),
        true,
        Optional.empty(),
        WritingSwitch.released(0),
        Optional.of(TestPlant.inPhysics()),
        List.of(TestPlant.INTERLOCK),
        Optional.empty(),
        Optional.empty(),
        WriteHistory.NONE,
        DetectorMode.of("PHYSICS"),
        Map.of("expert-1", NOW),
        AccessRules.OPEN,
        FACILITY,
        new StillPlant(NOW),
        NOW,
        NOW);
  }

  @Example
  void shouldNameTheInterlockThatCannotBeReadAndSayThatItBars() {
    // When
    GateVerdict verdict = GateRules.judge(caseWith(Set.of(Fault.INTERLOCK_UNREAD), 30));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            GateVerdict.Refused.class,
            no -> {
              assertThat(no.reason()).isEqualTo(Reason.INTERLOCK);
              assertThat(no.detail())
                  .startsWith("interlock interlock.purif cannot be read")
                  .contains("nothing is written");
            });
  }

  private static GateCase caseWith(Set<Fault> faults, double hertz) {
    GateCase given = sound(command(faults, hertz));
    StillPlant plant = plant(faults);
    WritingState writing =
        faults.contains(Fault.STOPPED)
            ? WritingSwitch.stopped("shifter", "smoke", 0)
            : given.writing();
    Optional<OperationsState> operations =
        faults.contains(Fault.TAGS_UNKNOWN) ? Optional.empty() : Optional.of(operations(faults));
    return new GateCase(
        given.signed(),
        !faults.contains(Fault.FORGED),
        faults.contains(Fault.SEEN_BEFORE) ? Optional.of("confirmed") : Optional.empty(),
        writing,
        operations,
        given.interlocks(),
        faults.contains(Fault.UNDER_WAY) ? Optional.of("command c-0") : Optional.empty(),
        faults.contains(Fault.HELD) ? Optional.of("proposal p-0") : Optional.empty(),
        faults.contains(Fault.TOO_SOON)
            ? new WriteHistory(List.of(NOW - SECOND), List.of(NOW - SECOND))
            : WriteHistory.NONE,
        faults.contains(Fault.MODE_UNKNOWN)
            ? DetectorMode.unknown("nobody says")
            : DetectorMode.of(faults.contains(Fault.OTHER_MODE) ? "STANDBY" : "PHYSICS"),
        given.approvedNs(),
        faults.contains(Fault.NO_RIGHT) ? NOBODY : AccessRules.OPEN,
        FACILITY,
        plant,
        faults.contains(Fault.LATE) ? NOW + 3600 * SECOND : NOW,
        NOW);
  }

  private static StillPlant plant(Set<Fault> faults) {
    StillPlant plant = new StillPlant(NOW);
    if (faults.contains(Fault.AWAY)) {
      plant.disconnect(TestPlant.SPEED);
    } else if (faults.contains(Fault.MISMATCHED)) {
      plant.mismatch(TestPlant.SPEED);
    } else if (faults.contains(Fault.UNREAD)) {
      plant.forget(TestPlant.SPEED);
    } else if (faults.contains(Fault.TOO_FAR)) {
      plant.show(TestPlant.SPEED, Value.of(1.0));
    }
    if (faults.contains(Fault.NOT_TAKEN_ANY_MORE)) {
      plant.accept(TestPlant.SPEED, 10, 45);
    }
    if (faults.contains(Fault.LOCAL)) {
      plant.show(TestPlant.REMOTE, TestPlant.label(TestPlant.LOCAL_REMOTE, "LOCAL"));
    }
    if (faults.contains(Fault.SWITCH_UNREAD)) {
      plant.disconnect(TestPlant.REMOTE);
    }
    if (faults.contains(Fault.TRIPPED)) {
      plant.show(TestPlant.INTERLOCK, TestPlant.label(TestPlant.OK_TRIPPED, "TRIPPED"));
    }
    if (faults.contains(Fault.INTERLOCK_UNREAD)) {
      plant.disconnect(TestPlant.INTERLOCK);
    }
    if (faults.contains(Fault.PRECONDITION_BROKEN)) {
      plant.show(TestPlant.FLOW, Value.of(99.0));
    }
    if (faults.contains(Fault.PRECONDITION_OLD)) {
      plant.age(TestPlant.FLOW, 100 * SECOND);
    }
    return plant;
  }

  private static Command command(Set<Fault> faults, double hertz) {
    ChannelId channel =
        faults.contains(Fault.NO_SUCH_CHANNEL)
            ? new ChannelId("no.such")
            : faults.contains(Fault.READ_ONLY_CHANNEL) ? TestPlant.FLOW : TestPlant.SPEED;
    double value =
        faults.contains(Fault.NOT_A_NUMBER)
            ? Double.NaN
            : faults.contains(Fault.TOO_HIGH) ? 61 : hertz;
    Precondition flowing =
        new Precondition(
            TestPlant.FLOW,
            new Precondition.Condition.Within(0, 2),
            10 * SECOND,
            "the loop is whole");
    Command sound =
        TestPlant.command(
            "c-1",
            channel,
            faults.contains(Fault.WRONG_KIND) ? Value.of("fast") : Value.of(value),
            faults.contains(Fault.OTHER_UNIT) ? "rpm" : "Hz",
            faults.contains(Fault.FROM_THE_FUTURE) ? NOW + 7200 * SECOND : NOW,
            List.of(flowing));
    return faults.contains(Fault.UNAPPROVED) ? unapproved(sound) : sound;
  }

  private static Command unapproved(Command c) {
    return new Command(
        c.id(),
        c.proposal(),
        c.planHash(),
        c.stepIndex(),
        c.channel(),
        c.value(),
        c.unit(),
        c.preconditions(),
        c.issuedAtNs(),
        c.deadlineNs(),
        c.timeoutNs(),
        c.askedBy(),
        new ArrayList<>());
  }

  private static OperationsState operations(Set<Fault> faults) {
    List<TagOut> tags = new ArrayList<>();
    if (faults.contains(Fault.TAGGED)) {
      tags.add(new TagOut("pump-b", "plumber", "seal", 0));
    }
    if (faults.contains(Fault.GROUP_TAGGED)) {
      tags.add(new TagOut("circulation", "plumber", "pipe is open", 0));
    }
    return new OperationsState(
        "PHYSICS",
        Optional.empty(),
        Optional.empty(),
        tags,
        faults.contains(Fault.RESERVED)
            ? List.of(new DeviceLock("circulation", "vera", "vibration test", 0, NOW + SECOND))
            : List.of());
  }

  @Example
  void shouldBarWhatATagOutMeantWhenItWasSetThoughTheNamesHaveChanged() {
    // Given: a group that has another name by now, a device that has, and one that keeps its own
    TagOut group = new TagOut("old-loop", "plumber", "pipe is open", 0, List.of("pump-b"));
    TagOut device = new TagOut("old-loop", "plumber", "seal", 0, List.of("heater", "pump-x"));
    TagOut fromBefore = new TagOut("pump-x", "plumber", "seal", 0);
    TagOut elsewhere = new TagOut("heater", "plumber", "seal", 0, List.of("heater"));

    // Then
    assertTaggedOut(group, "pump-b, to which old-loop referred then, is tagged out by plumber");
    assertTaggedOut(device, "pump-x is tagged out by plumber", "it may be pump-b");
    assertTaggedOut(fromBefore, "pump-x is tagged out by plumber", "it may be pump-b");
    assertThat(GateRules.judge(during(tagged(elsewhere)))).isInstanceOf(GateVerdict.Allowed.class);
  }

  private static void assertTaggedOut(TagOut tag, String... words) {
    assertThat(GateRules.judge(during(tagged(tag))))
        .isInstanceOfSatisfying(
            GateVerdict.Refused.class,
            no -> {
              assertThat(no.reason()).isEqualTo(Reason.TAGGED_OUT);
              assertThat(no.detail()).contains(words);
            });
  }

  private static OperationsState tagged(TagOut tag) {
    return new OperationsState("PHYSICS", Optional.empty(), Optional.empty(), List.of(tag));
  }

  @Example
  void shouldLetTheOwnerOfAReservationWriteAndForgetOneThatIsOver() {
    // Given
    OperationsState mine =
        reserved(new DeviceLock("pump-b", "expert-1", "vibration test", 0, NOW + SECOND));
    OperationsState over = reserved(new DeviceLock("pump-b", "vera", "vibration test", 0, NOW));
    OperationsState theirs =
        reserved(new DeviceLock("pump-b", "vera", "vibration test", 0, NOW + SECOND));

    // Then
    assertThat(GateRules.judge(during(mine))).isInstanceOf(GateVerdict.Allowed.class);
    assertThat(GateRules.judge(during(over))).isInstanceOf(GateVerdict.Allowed.class);
    assertThat(GateRules.judge(during(theirs)))
        .isInstanceOfSatisfying(
            GateVerdict.Refused.class,
            no -> assertThat(no.detail()).contains("reserved by vera (vibration test)"));
  }

  @Example
  void shouldNotTakeAnApprovalFromBeforeAReservationForItsOwnersConsent() {
    // Given: expert-1 approved at NOW, and reserved the device one second later
    DeviceLock later =
        new DeviceLock("pump-b", "expert-1", "vibration test", NOW + SECOND, NOW + 9 * SECOND);
    GateCase given = during(reserved(later));

    // When
    GateVerdict verdict = GateRules.judge(given);
    GateVerdict supposed = GateRules.judge(given.supposing(given.plant()));
    GateVerdict approvedSince =
        GateRules.judge(approved(given, Map.of("expert-1", NOW + 2 * SECOND)));
    GateVerdict unknownWhen = GateRules.judge(approved(given, Map.of()));

    // Then
    for (GateVerdict barred : List.of(verdict, supposed, unknownWhen)) {
      assertThat(barred)
          .isInstanceOfSatisfying(
              GateVerdict.Refused.class,
              no -> {
                assertThat(no.reason()).isEqualTo(Reason.LOCKED);
                assertThat(no.detail()).contains("approved this before they reserved it");
              });
    }
    assertThat(approvedSince).isInstanceOf(GateVerdict.Allowed.class);
  }

  private static GateCase approved(GateCase given, Map<String, Long> approvedNs) {
    return new GateCase(
        given.signed(),
        true,
        given.earlier(),
        given.writing(),
        given.operations(),
        given.interlocks(),
        given.underWay(),
        given.heldBy(),
        given.history(),
        given.mode(),
        approvedNs,
        given.access(),
        FACILITY,
        given.plant(),
        NOW,
        NOW);
  }

  private static OperationsState reserved(DeviceLock lock) {
    return new OperationsState(
        "PHYSICS", Optional.empty(), Optional.empty(), List.of(), List.of(lock));
  }

  private static GateCase during(OperationsState operations) {
    GateCase given = caseWith(Set.of(), 50);
    return new GateCase(
        given.signed(),
        true,
        given.earlier(),
        given.writing(),
        Optional.of(operations),
        given.interlocks(),
        given.underWay(),
        given.heldBy(),
        given.history(),
        given.mode(),
        given.approvedNs(),
        given.access(),
        FACILITY,
        given.plant(),
        NOW,
        NOW);
  }

  /** Rules that allow nobody anything. */
  private static final AccessRules NOBODY = new AccessRules(false, Map.of(), Map.of(), List.of());
}
