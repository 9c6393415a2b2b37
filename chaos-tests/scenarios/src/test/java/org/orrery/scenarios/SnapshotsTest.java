package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.snapshot.CompareRequest;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.Difference;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSummary;
import org.orrery.scenarios.harness.House;
import org.orrery.scenarios.harness.Logs;

/**
 * Settings are saved, moved past Orrery, compared, and restored through the real gate over real
 * pvAccess.
 */
@ExtendWith(Logs.class)
class SnapshotsTest {
  /** At 60, readings are too old for a plan once the machine stands still for two seconds. */
  private static final double FACTOR = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Person SAM = new Person("sam", Set.of(Role.SHIFTER));
  private static final Person ANNA = new Person("anna", Set.of(Role.EXPERT));
  private static final Person BERT = new Person("bert", Set.of(Role.EXPERT));

  private static final ChannelId BIAS = new ChannelId("pds.ch01.bias-set");
  private static final String BIAS_PV = "LAR:PDS:CH01:BIAS_SET";

  /** In the order of the subsystems, which is the order of the restore. */
  private static final Map<ChannelId, String> MOVED = new LinkedHashMap<>();

  static {
    MOVED.put(new ChannelId("hv.cathode.ramp-set"), "LAR:HV:CATHODE:RAMP_SET");
    MOVED.put(new ChannelId("cryo.condenser.valve-manual"), "LAR:CRYO:CONDENSER:VALVE_MANUAL");
    MOVED.put(new ChannelId("purif.pump-b.speed-set"), "LAR:PURIF:PUMP_B:SPEED_SET");
  }

  private final Map<ChannelId, Double> saved = new LinkedHashMap<>();

  @Test
  void shouldSetBackWhatWasMovedOnceTwoPeopleAgreed(@TempDir Path directory) throws Exception {
    try (House house = House.start(directory.resolve("restore"), FACTOR)) {
      // Given
      SnapshotSummary snapshot = save(house);
      assertThat(compare(house, snapshot)).isEmpty();
      moveAll(house);

      // When
      assertThat(compareUntil(house, snapshot, 3))
          .extracting(Difference::channel)
          .containsExactlyElementsOf(MOVED.keySet());
      Proposal proposal = propose(house, snapshot);
      assertThat(proposal.plan().risk()).isEqualTo(RiskClass.HIGH);
      approve(house, proposal, ANNA);
      assertThat(find(house, proposal).state()).isInstanceOf(ProposalState.AwaitingApproval.class);
      approve(house, proposal, BERT);

      // Then
      Proposal done = until(house, proposal, ProposalState.Verified.class);
      assertThat(done.record())
          .allSatisfy(
              r -> assertThat(r.lastOutcome()).containsInstanceOf(CommandOutcome.Confirmed.class));
      assertThat(done.record().getLast().checks()).isNotEmpty();
      for (ChannelId channel : MOVED.keySet()) {
        assertThat(house.plant().number(MOVED.get(channel))).isEqualTo(saved.get(channel));
      }
      assertThat(compareUntil(house, snapshot, 0)).isEmpty();
      assertThat(ask(house, Endpoints.RESTORE_PROPOSE, wish(snapshot)))
          .isInstanceOfSatisfying(
              Reply.Declined.class,
              d -> assertThat(d.reason()).contains("nothing is to be restored"));
    }
  }

  @Test
  void shouldHoldWhereAWriteIsRefusedAndTakeBackInReverseOrderOnAPersonsWord(
      @TempDir Path directory) throws Exception {
    try (House house = House.start(directory.resolve("held"), FACTOR)) {
      // Given a restore that people agreed to while somebody went to the last device
      SnapshotSummary snapshot = save(house);
      moveAll(house);
      compareUntil(house, snapshot, 3);
      Proposal proposal = propose(house, snapshot);
      approve(house, proposal, ANNA);
      assertThat(
              house.ask(
                  Endpoints.OPERATIONS_CONTROL,
                  new ControlRequest.SetTagOut(SAM, "pump-b", "bearing is out")))
          .isInstanceOf(Reply.Done.class);

      // When
      approve(house, proposal, BERT);

      // Then it holds there, and nothing is taken back by itself
      Proposal held = until(house, proposal, ProposalState.Held.class);
      assertThat(((ProposalState.Held) held.state()).why()).contains("tagged out by sam");
      assertThat(house.plant().number("LAR:HV:CATHODE:RAMP_SET"))
          .isEqualTo(saved.get(new ChannelId("hv.cathode.ramp-set")));
      assertThat(listing(house, snapshot).refusals())
          .extracting(RestoreListing.About::channel)
          .contains("purif.pump-b.speed-set");

      // When Bert, who has approved, reserves the first device, and Anna has it taken back
      Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
      operate(
          house,
          new ControlRequest.LockDevice(
              BERT, "cathode-supply", "a measurement", Duration.ofHours(1).toNanos()));
      DecisionRequest back =
          new DecisionRequest.RollBack(proposal.id(), ANNA, "the bearing comes first");
      done(ask(house, Endpoints.PROPOSALS_DECIDE, back));

      // Then the way back holds at that device, for his approval was before
      Proposal between =
          Awaitility.await("the way back holds")
              .atMost(PATIENCE)
              .until(() -> find(house, proposal), p -> why(p).contains("LOCKED"));
      assertThat(why(between))
          .contains("approved this before they reserved it", "it can be tried again");

      // When he gives it back, and it is tried again
      operate(house, new ControlRequest.UnlockDevice(BERT, "cathode-supply"));
      done(ask(house, Endpoints.PROPOSALS_DECIDE, back));

      // Then
      until(house, proposal, ProposalState.RolledBack.class);
      List<ChannelId> channels = List.copyOf(MOVED.keySet());
      assertThat(written(house))
          .containsExactly(
              channels.get(0) + " " + saved.get(channels.get(0)),
              channels.get(1) + " " + saved.get(channels.get(1)),
              channels.get(1) + " " + moved(saved.get(channels.get(1))),
              channels.get(0) + " " + moved(saved.get(channels.get(0))));
      assertThat(house.plant().number("LAR:HV:CATHODE:RAMP_SET"))
          .isEqualTo(moved(saved.get(channels.get(0))));
    }
  }

  @Test
  void shouldRampWhatIsTooFarForOneWriteAndGoTheSameWayBack(@TempDir Path directory)
      throws Exception {
    try (House house = House.start(directory.resolve("ramp"), FACTOR)) {
      // Given a bias six steps below what was saved
      SnapshotSummary snapshot = save(house);
      double from = house.plant().number(BIAS_PV) - 6;
      house.plant().set(BIAS_PV, from);
      RestoreRequest wish =
          new RestoreRequest(ANNA, snapshot.id(), List.of(BIAS), "the scan is over.");
      Proposal first = proposeRamp(house, wish);
      List<String> steps = first.plan().steps().stream().map(s -> s.value().display()).toList();
      assertThat(steps).hasSize(7);
      assertThat(first.plan().askedBy()).isEqualTo("anna");

      // When somebody goes to the supply in the middle, and the way is gone back on Bert's word
      approve(house, first, ANNA);
      approve(house, first, BERT);
      untilWritten(house, first, 1);
      ControlRequest tag = new ControlRequest.SetTagOut(SAM, "pds-supply", "a fan is loud");
      assertThat(house.ask(Endpoints.OPERATIONS_CONTROL, tag)).isInstanceOf(Reply.Done.class);
      until(house, first, ProposalState.Held.class);
      int written = biases(house).size();
      assertThat(
              house.ask(
                  Endpoints.OPERATIONS_CONTROL, new ControlRequest.LiftTagOut(SAM, "pds-supply")))
          .isInstanceOf(Reply.Done.class);
      done(
          ask(
              house,
              Endpoints.PROPOSALS_DECIDE,
              new DecisionRequest.RollBack(first.id(), BERT, "as it was, for now")));
      until(house, first, ProposalState.RolledBack.class);

      // Then
      List<String> expected = new ArrayList<>(steps.subList(0, written));
      expected.addAll(steps.subList(0, written - 1).reversed());
      assertThat(biases(house))
          .extracting(c -> c.value().display())
          .startsWith(expected.toArray(new String[0]))
          .hasSize(2 * written);
      assertThat(house.plant().number(BIAS_PV)).isEqualTo(from);
      assertThat(biases(house).subList(0, written)).allMatch(c -> c.askedBy().equals("anna"));
      assertThat(biases(house).getLast().askedBy()).isEqualTo("bert");

      // When it is asked for again, and a shifter stops just this plan in the middle
      Proposal second = proposeRamp(house, wish);
      approve(house, second, BERT);
      approve(house, second, ANNA);
      untilWritten(house, second, 2 * written + 1);
      done(
          ask(
              house,
              Endpoints.PROPOSALS_DECIDE,
              new DecisionRequest.Stop(second.id(), SAM, "the fan again")));

      // Then it holds, nothing else is stopped, and it can be taken back
      assertThat(why(until(house, second, ProposalState.Held.class)))
          .isEqualTo("stopped by sam (the fan again)");
      assertThat(house.ask(Endpoints.GATE_WRITING_STATE, Nothing.NOTHING).stopped()).isFalse();
      takeBack(house, second);
      assertThat(house.plant().number(BIAS_PV)).isEqualTo(from);

      // When it is asked for once more, and nobody is in the way
      int before = biases(house).size();
      Proposal third = proposeRamp(house, wish);
      assertThat(third.plan().timeLimitNs()).isPresent();
      approve(house, third, BERT);
      approve(house, third, ANNA);

      // Then
      until(house, third, ProposalState.Verified.class);
      assertThat(biases(house).subList(before, biases(house).size()))
          .extracting(c -> c.value().display())
          .containsExactlyElementsOf(steps);
      assertThat(house.plant().number(BIAS_PV)).isEqualTo(from + 6);
    }
  }

  /** A write that was under way when the plan was stopped has to end first. */
  private static void takeBack(House house, Proposal proposal) {
    DecisionRequest back = new DecisionRequest.RollBack(proposal.id(), ANNA, "as it was");
    Awaitility.await("it is taken back")
        .atMost(PATIENCE)
        .until(
            () -> {
              Proposal now = find(house, proposal);
              if (now.state() instanceof ProposalState.Held) {
                ask(house, Endpoints.PROPOSALS_DECIDE, back);
              }
              return now.state() instanceof ProposalState.RolledBack;
            });
  }

  private static void operate(House house, ControlRequest request) {
    assertThat(house.ask(Endpoints.OPERATIONS_CONTROL, request)).isInstanceOf(Reply.Done.class);
  }

  private static String why(Proposal proposal) {
    return proposal.state() instanceof ProposalState.Held held ? held.why() : "";
  }

  private static Proposal proposeRamp(House house, RestoreRequest wish) {
    Awaitility.await("nothing speaks against it")
        .atMost(PATIENCE)
        .until(
            () -> {
              RestoreListing listing = done(ask(house, Endpoints.RESTORE_LIST, wish));
              return listing.refusals().isEmpty() && listing.writes().size() == 1;
            });
    return until(
        house,
        done(ask(house, Endpoints.RESTORE_PROPOSE, wish)),
        ProposalState.AwaitingApproval.class);
  }

  /** Waits for so many writes to the bias; a plan that does not go on says why. */
  private static void untilWritten(House house, Proposal proposal, int many) {
    Awaitility.await(many + " writes")
        .atMost(PATIENCE)
        .until(
            () ->
                biases(house).size() >= many
                    || !(find(house, proposal).state() instanceof ProposalState.Approved
                        || find(house, proposal).state() instanceof ProposalState.Executing));
    assertThat(biases(house)).as("%s", find(house, proposal)).hasSizeGreaterThanOrEqualTo(many);
  }

  /** The commands to the bias that the gate confirmed, in order. */
  private static List<Command> biases(House house) {
    return house.gateRecords().stream()
        .filter(r -> r.outcome().orElse(null) instanceof CommandOutcome.Confirmed)
        .map(GateRecord::command)
        .filter(command -> command.channel().equals(BIAS))
        .toList();
  }

  private static double moved(double from) {
    return from > 20 ? from - 10 : from + 10;
  }

  private void moveAll(House house) throws Exception {
    for (Map.Entry<ChannelId, String> each : MOVED.entrySet()) {
      double now = house.plant().number(each.getValue());
      saved.put(each.getKey(), now);
      house.plant().set(each.getValue(), moved(now));
    }
  }

  /** What the gate confirmed, in order. */
  private static List<String> written(House house) {
    return house.gateRecords().stream()
        .filter(r -> r.outcome().orElse(null) instanceof CommandOutcome.Confirmed)
        .map(GateRecord::command)
        .map((Command c) -> c.channel() + " " + c.value().display())
        .toList();
  }

  private static <Q, R> Reply<R> ask(House house, Endpoint<Q, Reply<R>> endpoint, Q request) {
    return house.ask(endpoint, request);
  }

  private static <R> R done(Reply<R> reply) {
    assertThat(reply).isInstanceOf(Reply.Done.class);
    return ((Reply.Done<R>) reply).value();
  }

  /** On a loaded machine a channel may be late for a moment; then the save is declined, rightly. */
  private static SnapshotSummary save(House house) {
    SnapshotRequest wish = new SnapshotRequest.Save(SAM, "settings", "before the test", "", false);
    return done(
        Awaitility.await("a save that is complete")
            .atMost(PATIENCE)
            .until(
                () -> ask(house, Endpoints.SNAPSHOTS_REQUEST, wish), Reply.Done.class::isInstance));
  }

  private static List<Difference> compare(House house, SnapshotSummary snapshot) {
    Comparison comparison =
        done(
            ask(
                house,
                Endpoints.SNAPSHOTS_COMPARE,
                new CompareRequest(snapshot.id(), new CompareRequest.Against.Live())));
    assertThat(comparison.same() + comparison.differences().size()).isEqualTo(snapshot.channels());
    return comparison.differences().stream()
        .filter(d -> d.kind() != Difference.Kind.STALE)
        .toList();
  }

  private static List<Difference> compareUntil(House house, SnapshotSummary snapshot, int many) {
    return Awaitility.await(many + " differences")
        .atMost(PATIENCE)
        .until(() -> compare(house, snapshot), found -> found.size() == many);
  }

  private static RestoreRequest wish(SnapshotSummary snapshot) {
    return new RestoreRequest(ANNA, snapshot.id(), List.of(), "the test is over.");
  }

  private static RestoreListing listing(House house, SnapshotSummary snapshot) {
    return done(ask(house, Endpoints.RESTORE_LIST, wish(snapshot)));
  }

  private static Proposal propose(House house, SnapshotSummary snapshot) {
    Awaitility.await("nothing speaks against it")
        .atMost(PATIENCE)
        .until(
            () -> {
              RestoreListing listing = listing(house, snapshot);
              return listing.refusals().isEmpty() && listing.writes().size() == MOVED.size();
            });
    Proposal made = done(ask(house, Endpoints.RESTORE_PROPOSE, wish(snapshot)));
    assertThat(made.plan().steps())
        .extracting(Step::channel)
        .containsExactlyElementsOf(MOVED.keySet());
    return until(house, made, ProposalState.AwaitingApproval.class);
  }

  private static void approve(House house, Proposal proposal, Person person) {
    done(
        ask(
            house,
            Endpoints.PROPOSALS_DECIDE,
            new DecisionRequest.Approve(
                proposal.id(), proposal.plan().hash(), person, "seen and agreed")));
  }

  private static Proposal find(House house, Proposal proposal) {
    return house.ask(Endpoints.PROPOSALS_GET, proposal.id()).orElseThrow();
  }

  private static Proposal until(
      House house, Proposal proposal, Class<? extends ProposalState> state) {
    Proposal found =
        Awaitility.await("the proposal becomes " + state.getSimpleName())
            .atMost(PATIENCE)
            .until(
                () -> find(house, proposal),
                p -> state.isInstance(p.state()) || p.state().terminal());
    assertThat(found.state()).isInstanceOf(state);
    return found;
  }
}
