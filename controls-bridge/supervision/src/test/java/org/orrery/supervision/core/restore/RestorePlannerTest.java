package org.orrery.supervision.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.core.restore.Bench.FLOW;
import static org.orrery.supervision.core.restore.Bench.LOCAL;
import static org.orrery.supervision.core.restore.Bench.MASK;
import static org.orrery.supervision.core.restore.Bench.MOTOR;
import static org.orrery.supervision.core.restore.Bench.RESET;
import static org.orrery.supervision.core.restore.Bench.SPEED;
import static org.orrery.supervision.core.restore.Bench.VOLTAGE;
import static org.orrery.supervision.core.restore.Bench.choice;
import static org.orrery.supervision.core.restore.Bench.number;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Provenance;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.ChannelGroup;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.Rule;
import org.orrery.contract.access.AccessRules.UserGroup;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.Precondition.Condition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceGroup;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.Trajectory;
import org.orrery.contract.value.Value;

class RestorePlannerTest {
  private final RestorePlanner planner = new RestorePlanner(Bench.facility(), AccessRules.OPEN, 1);
  private final Map<ChannelId, Value> saved = Bench.shown();
  private final Map<ChannelId, Value> now = Bench.shown();
  private Optional<OperationsState> operations = Optional.of(OperationsState.UNKNOWN);

  private Restore think(RestoreRequest request, Snapshot snapshot) {
    return planner.think(request, snapshot, Bench.readings(now), operations);
  }

  private Restore think() {
    return think(Bench.request(), Bench.snapshot(saved));
  }

  private static List<String> about(List<RestoreListing.About> all) {
    return all.stream().map(a -> a.channel() + ": " + a.why()).toList();
  }

  @Test
  void shouldWriteOnlyWhatDiffersInTheOrderOfTheSnapshot() {
    // Given
    now.put(VOLTAGE, number(-170));
    now.put(SPEED, number(50.4));
    now.put(MOTOR, choice(MOTOR, "OFF"));
    now.put(FLOW, number(0));

    // When
    Restore restore = think();

    // Then
    assertThat(restore.objection()).isEmpty();
    assertThat(restore.steps()).extracting(Step::channel).containsExactly(VOLTAGE, MOTOR);
    assertThat(restore.listing().same()).isEqualTo(1);
    assertThat(about(restore.listing().leftOut()))
        .containsExactly(
            "hv.remote: it is read-only",
            "hv.reset: it returns to its idle value by itself",
            "pump.speed: it is read-only",
            "pump.flow: it is read-only");
    assertThat(restore.listing().risk()).isEqualTo(RiskClass.NORMAL);
  }

  @Test
  void shouldWriteAMaskThatDiffersInItsLowestBit() {
    // Given
    long bits = (1L << 53) + 1;
    Snapshot masks = Bench.snapshot(Map.of(MASK, new Value.LongValue(bits)));

    // When
    Restore restore =
        new RestorePlanner(Bench.masked(), AccessRules.OPEN, 1)
            .think(
                Bench.request(),
                masks,
                Bench.readings(Map.of(MASK, new Value.LongValue(bits - 1))),
                operations);

    // Then
    assertThat(restore.objection()).isEmpty();
    assertThat(restore.steps()).extracting(Step::value).containsExactly(new Value.LongValue(bits));
  }

  @Test
  void shouldGoBackToWhatWasThereAtApprovalAndOnlyWhereThatIsStillSo() {
    // Given
    now.put(VOLTAGE, number(-170));

    // When
    Step step = think().steps().getFirst();

    // Then
    assertThat(step.value()).isEqualTo(number(-175));
    assertThat(step.undo())
        .hasValueSatisfying(
            undo -> {
              assertThat(undo.value()).isEqualTo(number(-170));
              assertThat(undo.preconditions()).extracting(Precondition::channel).contains(LOCAL);
            });
    assertThat(step.preconditions().getFirst().channel()).isEqualTo(VOLTAGE);
    assertThat(step.preconditions().getFirst().condition())
        .isInstanceOfSatisfying(
            Condition.Within.class,
            within -> {
              assertThat(within.low()).isBetween(-170.11, -170.09);
              assertThat(within.high()).isBetween(-169.91, -169.89);
            });
    assertThat(step.preconditions())
        .extracting(Precondition::condition)
        .contains(new Condition.Shows("REMOTE"));
  }

  @Test
  void shouldSayAtOnceAllThatSpeaksAgainstIt() {
    // Given
    now.put(LOCAL, choice(LOCAL, "LOCAL"));
    now.put(VOLTAGE, number(-100));
    saved.put(SPEED, number(75));
    now.remove(MOTOR);
    operations =
        Optional.of(
            new OperationsState(
                "PHYSICS",
                Optional.empty(),
                Optional.empty(),
                List.of(new TagOut("pump", "otto", "bearing is out", 1))));

    // When
    Restore restore = think();

    // Then
    assertThat(about(restore.listing().refusals()))
        .anyMatch(r -> r.startsWith("hv.voltage-set: hv.remote shows LOCAL"))
        .anyMatch(r -> r.startsWith("pump.speed-set: 75.0 is outside what may be written"))
        .anyMatch(r -> r.startsWith("pump.speed-set: pump is tagged out by otto"))
        .anyMatch(r -> r.startsWith("pump.enable: pump.enable has no reading"));
    assertThat(restore.objection()).hasValueSatisfying(o -> assertThat(o).contains("otto"));
  }

  @Test
  void shouldRampWhatIsTooFarForOneWriteAndTakeItBackTheSameWay() {
    // Given
    now.put(VOLTAGE, number(-150));
    now.put(MOTOR, choice(MOTOR, "OFF"));

    // When
    Restore restore = think();
    List<Step> ramp = restore.steps().subList(0, 3);

    // Then
    assertThat(restore.objection()).isEmpty();
    assertThat(restore.steps())
        .extracting(Step::channel)
        .containsExactly(VOLTAGE, VOLTAGE, VOLTAGE, MOTOR);
    assertThat(restore.listing().writes()).hasSize(2);
    assertThat(restore.listing().risk()).isEqualTo(RiskClass.NORMAL);
    assertThat(ramp.getLast().value()).isEqualTo(number(-175));
    assertThat(ramp.getFirst().undo().orElseThrow().value()).isEqualTo(number(-150));
    assertThat(ramp.get(1).undo().orElseThrow().value()).isEqualTo(ramp.get(0).value());
    assertThat(ramp.get(2).undo().orElseThrow().value()).isEqualTo(ramp.get(1).value());
    // What the channel showed then is asked for only where the ramp begins.
    assertThat(ramp).extracting(step -> conditions(step, VOLTAGE).size()).containsExactly(2, 1, 1);
    assertThat(ramp).allSatisfy(step -> assertThat(conditions(step, LOCAL)).hasSize(1));
    // The stage is looked at once more at its end.
    assertThat(ramp.getLast().verification()).hasSize(2);
    Plan plan =
        restore.plan(
            Bench.request(), Bench.snapshot(saved), Bench.facility(), new ProposalId("p1"), 1_000);
    assertThat(plan.title()).startsWith("Restore 2 channels");
    assertThat(plan.askedBy()).isEqualTo("anna");
  }

  private static List<Condition> conditions(Step step, ChannelId channel) {
    return step.preconditions().stream()
        .filter(p -> p.channel().equals(channel))
        .map(Precondition::condition)
        .toList();
  }

  @Test
  void shouldGoTowardsSafetyInOneWriteWhichIsNotTakenBack() {
    // Given
    saved.put(VOLTAGE, number(-100));
    RestorePlanner safe =
        new RestorePlanner(
            Bench.facility(Writable.SafeDirection.TOWARDS_ZERO), AccessRules.OPEN, 1);

    // When
    Restore restore =
        safe.think(Bench.request(), Bench.snapshot(saved), Bench.readings(now), operations);

    // Then
    assertThat(restore.objection()).isEmpty();
    assertThat(restore.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.value()).isEqualTo(number(-100));
              assertThat(step.undo()).isEmpty();
            });
    assertThat(restore.listing().risk()).isEqualTo(RiskClass.HIGH);
  }

  @Test
  void shouldAskTheAccessRulesWhetherThePersonMayAsk() {
    // Given
    now.put(VOLTAGE, number(-170));
    now.put(MOTOR, choice(MOTOR, "OFF"));
    RestorePlanner ruled =
        new RestorePlanner(
            Bench.facility(),
            new AccessRules(
                false,
                Map.of("crew", new UserGroup(Set.of("anna"), Set.of())),
                Map.of("pump", new ChannelGroup(Set.of(), Set.of("pump"), Set.of())),
                List.of(
                    new Rule(
                        Set.of(Right.WRITE), List.of("crew"), List.of("pump"), Set.of("PHYSICS")))),
            1);
    Optional<OperationsState> physics =
        Optional.of(new OperationsState("PHYSICS", Optional.empty(), Optional.empty(), List.of()));

    // When
    List<String> known =
        about(
            ruled
                .think(Bench.request(), Bench.snapshot(saved), Bench.readings(now), physics)
                .listing()
                .refusals());
    List<String> unknown =
        about(
            ruled
                .think(Bench.request(MOTOR), Bench.snapshot(saved), Bench.readings(now), operations)
                .listing()
                .refusals());

    // Then what is as it was is not asked about
    assertThat(known)
        .singleElement()
        .asString()
        .startsWith(
            "hv.voltage-set: the access rules do not let anna have it written in PHYSICS; ");
    assertThat(unknown).singleElement().asString().contains("mode is not known");
  }

  @Test
  void shouldRefuseWhatWasSavedBadlyOrInAnotherUnit() {
    // Given
    Snapshot snapshot =
        Bench.of(
            List.of("all"),
            List.of(
                Bench.entry(VOLTAGE, 0, number(-170), "V", Quality.STALE),
                Bench.entry(SPEED, 0, number(40), "kV", Quality.GOOD),
                Bench.entry(MOTOR, 0, number(1), "", Quality.GOOD),
                Bench.entry(new ChannelId("gone.set"), 0, number(1), "V", Quality.GOOD)));

    // When
    Restore restore = think(Bench.request(), snapshot);

    // Then
    assertThat(about(restore.listing().refusals()))
        .anyMatch(r -> r.startsWith("hv.voltage-set: its saved value was STALE"))
        .anyMatch(r -> r.startsWith("pump.speed-set: it was saved in 'kV'"))
        .anyMatch(r -> r.startsWith("pump.enable: it was saved as DOUBLE and takes CHOICE"))
        .anyMatch(r -> r.startsWith("gone.set: the facility does not describe it"));
    assertThat(restore.steps()).isEmpty();
  }

  @Test
  void shouldRestoreOnlyWhatWasAskedForAndRefuseWhatCannotBeSet() {
    // Given
    now.put(VOLTAGE, number(-170));
    now.put(MOTOR, choice(MOTOR, "OFF"));

    // Then
    assertThat(think(Bench.request(MOTOR), Bench.snapshot(saved)).steps())
        .extracting(Step::channel)
        .containsExactly(MOTOR);
    assertThat(
            about(
                think(Bench.request(FLOW, RESET, new ChannelId("no.where")), Bench.snapshot(saved))
                    .listing()
                    .refusals()))
        .containsExactly(
            "hv.reset: it returns to its idle value by itself",
            "pump.flow: it is read-only",
            "no.where: the snapshot has no value for it; leave it out");
  }

  @Test
  void shouldNotProposeWithoutAnythingToDoOrWithoutKnowingTheTagOuts() {
    assertThat(think().objection())
        .hasValueSatisfying(o -> assertThat(o).contains("nothing is to be restored"));
    now.put(MOTOR, choice(MOTOR, "OFF"));
    operations = Optional.empty();
    assertThat(think().objection())
        .hasValueSatisfying(o -> assertThat(o).contains("tag-outs: they are not known"));
  }

  @Test
  void shouldHaveNoWayBackToWhatMayNotBeWritten() {
    // Given
    now.put(SPEED, number(61));

    // When
    Restore restore = think();

    // Then
    assertThat(restore.steps().getFirst().undo()).isEmpty();
    assertThat(restore.listing().risk()).isEqualTo(RiskClass.HIGH);
  }

  @Test
  void shouldLookAtAllWritesOfAStageOnceMoreBeforeTheNextStage() {
    // Given
    now.put(VOLTAGE, number(-170));
    now.put(SPEED, number(40));
    now.put(MOTOR, choice(MOTOR, "OFF"));

    // When
    List<Step> steps = think().steps();

    // Then
    assertThat(steps).extracting(Step::channel).containsExactly(VOLTAGE, SPEED, MOTOR);
    assertThat(steps.get(0).verification())
        .extracting(VerificationLimit::channel)
        .containsExactly(VOLTAGE);
    assertThat(steps.get(1).verification()).isEmpty();
    assertThat(steps.get(2).verification())
        .extracting(VerificationLimit::channel)
        .containsExactly(new ChannelId("pump.speed"), MOTOR);
    assertThat(steps.get(2).verification().getFirst().low()).isBetween(49.49, 49.51);
  }

  @Test
  void shouldNeedTwoPeopleForManyWritesAndKeepTheHashOfWhatTheySaw() {
    // Given
    Map<ChannelId, Value> many = new LinkedHashMap<>();
    Map<ChannelId, Value> zero = new LinkedHashMap<>();
    for (int i = 0; i < 5_001; i++) {
      many.put(new ChannelId("big.c" + i), number(i + 1));
      zero.put(new ChannelId("big.c" + i), number(0));
    }
    RestorePlanner big = new RestorePlanner(Bench.big(5_001), AccessRules.OPEN, 1);
    Snapshot snapshot = Bench.snapshot(many);

    // When
    long t0 = System.nanoTime();
    Restore tooMany = big.think(Bench.request(), snapshot, Bench.readings(zero), operations);
    long t1 = System.nanoTime();
    List<ChannelId> some = new ArrayList<>(many.keySet()).subList(0, 5_000);
    Restore fits =
        big.think(
            Bench.request(some.toArray(new ChannelId[0])),
            snapshot,
            Bench.readings(zero),
            operations);
    Plan plan = fits.plan(Bench.request(), snapshot, Bench.big(1), new ProposalId("p1"), 1_000);
    plan.hash();
    long t2 = System.nanoTime();
    plan.hash();
    long t3 = System.nanoTime();

    // Then
    System.out.printf(
        "5,000 writes: thought through in %d ms, the hash once more in %.1f ms%n",
        (t1 - t0) / 1_000_000, (t3 - t2) / 1e6);
    assertThat(tooMany.objection()).hasValueSatisfying(o -> assertThat(o).contains("at most 5000"));
    assertThat(fits.objection()).isEmpty();
    assertThat(plan.steps()).hasSize(5_000);
    assertThat(plan.risk()).isEqualTo(RiskClass.HIGH);
    assertThat(fits.steps().stream().filter(s -> !s.verification().isEmpty())).hasSize(100);
    assertThat(fits.steps().stream().mapToInt(s -> s.verification().size()).max()).hasValue(50);
  }

  @Test
  void shouldRefuseWhatTheGateWouldForReservationsModesAndPace() {
    // Given
    Facility bench = Bench.facility();
    WriteBudget budget = new WriteBudget(1, 60_000_000_000L);
    RestorePlanner strict =
        new RestorePlanner(
            new Facility(
                bench.name(),
                bench.title(),
                bench.zone(),
                true,
                bench.modes(),
                bench.subsystems(),
                bench.channels(),
                Map.of("pump", new DeviceLimits("pump", 0, Optional.of(budget))),
                Map.of(
                    "all",
                    new DeviceGroup("all", "All", List.of("hv", "pump"), Set.of("STANDBY")))),
            AccessRules.OPEN,
            1);
    now.put(SPEED, number(40));
    now.put(MOTOR, choice(MOTOR, "OFF"));
    OperationsState standby =
        new OperationsState("STANDBY", Optional.empty(), Optional.empty(), List.of());
    OperationsState busy =
        new OperationsState(
            "PHYSICS",
            Optional.empty(),
            Optional.empty(),
            List.of(new TagOut("all", "otto", "work", 1)),
            List.of(new DeviceLock("pump", "olga", "test", 1, 2)));
    Snapshot snapshot = Bench.snapshot(saved);

    // Then
    assertThat(
            about(
                strict
                    .think(Bench.request(), snapshot, Bench.readings(now), Optional.of(standby))
                    .listing()
                    .refusals()))
        .singleElement()
        .asString()
        .startsWith(
            "device pump: it lets 1 writes through within 60 s, this would be 4 with the way back");
    assertThat(
            about(
                strict
                    .think(Bench.request(SPEED), snapshot, Bench.readings(now), Optional.of(busy))
                    .listing()
                    .refusals()))
        .anyMatch(r -> r.contains("all is tagged out by otto"))
        .anyMatch(r -> r.contains("pump is reserved by olga"))
        .anyMatch(r -> r.contains("armed in STANDBY only, and the detector is in PHYSICS"));
  }

  @Test
  void shouldNeedTwoPeopleWhereTheTwinDoesNotKnowWhatIsWritten() {
    // Given
    now.put(SPEED, number(40));
    now.put(MOTOR, choice(MOTOR, "OFF"));
    Snapshot snapshot = Bench.snapshot(saved);
    Plan plan =
        think().plan(Bench.request(), snapshot, Bench.facility(), new ProposalId("p1"), 1_000);
    assertThat(plan.risk()).isEqualTo(RiskClass.NORMAL);

    // Then
    assertThat(RestoreRehearsal.watched(plan, Bench.facility())).contains(SPEED, MOTOR, FLOW);
    assertThat(RestoreRehearsal.judged(plan, rehearsed(SPEED, MOTOR))).isEqualTo(plan);
    Plan judged = RestoreRehearsal.judged(plan, rehearsed(SPEED));
    assertThat(judged.risk()).isEqualTo(RiskClass.HIGH);
    assertThat(judged.reason()).contains("knows nothing of 1 of the 2 channels");
    assertThat(judged.steps()).isEqualTo(plan.steps());
  }

  private static Rehearsal rehearsed(ChannelId... known) {
    return new Rehearsal.Rehearsed(
        0,
        Stream.of(known).map(id -> new Trajectory(id, "V", List.of())).toList(),
        List.of(),
        List.of(),
        Agreement.AGREES,
        Optional.empty(),
        "1",
        Provenance.live(0, 0, "twin", "1", 0, ""));
  }
}
