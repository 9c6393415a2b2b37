package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.PUMP_B;
import static org.orrery.supervision.Fixtures.SPEED_B;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.Reply;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.sample.Quality;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.Rig;
import org.orrery.supervision.SupervisionConfig;
import org.orrery.supervision.core.restore.Bench;
import org.orrery.supervision.runtime.audit.SigningKey;

/** Plans keep to the pace of a device there and back, though that lasts longer than a command. */
class WriteTurnTest {
  private static final long PACE_NS = 3 * Fixtures.SECOND_NS;

  /** Not yet over when the plan is held, because pump B gives no flow. */
  private static final long LONG_NS = 8 * Fixtures.SECOND_NS;

  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final FlakyStore store = new FlakyStore();
  @TempDir private Path data;

  private static Facility facility(DeviceLimits limits) {
    return facility(limits, Fixtures.facility().channels());
  }

  private static Facility facility(DeviceLimits limits, Map<ChannelId, Channel> channels) {
    Facility small = Fixtures.facility();
    return new Facility(
        small.name(),
        small.title(),
        small.zone(),
        true,
        small.modes(),
        small.subsystems(),
        channels,
        Map.of(limits.device(), limits),
        Map.of());
  }

  private static DeviceLimits apart(String device, long intervalNs) {
    return new DeviceLimits(device, intervalNs, Optional.empty());
  }

  /** As the real gate would, as far as the pace of pump B goes. */
  private static Future<CommandOutcome> paced(Rig rig, SignedCommand signed) {
    List<Command> written =
        rig.executed.stream()
            .filter(c -> rig.journal.get(c.id()) instanceof CommandOutcome.Confirmed)
            .toList();
    return !written.isEmpty()
            && signed.command().issuedAtNs() - written.getLast().issuedAtNs() < PACE_NS
        ? rig.refuse(signed, Reason.TOO_FAST)
        : rig.carryOut(signed);
  }

  /** Two settings of pump B are to be restored, and people agreed. */
  private static void restoreOfPumpB(Rig rig) {
    rig.gate = signed -> paced(rig, signed);
    rig.bus()
        .serve(
            Endpoints.SNAPSHOTS_GET,
            id ->
                Future.succeededFuture(
                    Optional.of(
                        Bench.of(
                            List.of("all"),
                            List.of(
                                Bench.entry(SPEED_B, 0, Bench.number(40), "Hz", Quality.GOOD),
                                Bench.entry(PUMP_B, 0, Rig.choice("ON"), "", Quality.GOOD))))));
    await()
        .atMost(AT_MOST)
        .until(
            () -> rig.ask(Endpoints.RESTORE_PROPOSE, Bench.request(SPEED_B, PUMP_B)),
            Reply.Done.class::isInstance);
    Proposal proposal = rig.awaitState(ProposalState.AwaitingApproval.class);
    rig.approve(proposal, ANNA);
    rig.approve(proposal, BERT);
  }

  private static long apartNs(List<Command> commands) {
    return commands.getLast().issuedAtNs() - commands.getFirst().issuedAtNs();
  }

  @Test
  void shouldBeginTheNextStepOnlyWhenTheIntervalIsOver() {
    // Given: pump B wants three seconds between two writes, and a command is valid for one
    try (Rig rig = new Rig(data, facility(apart("purif.pump-b", PACE_NS)), this::supervision)) {

      // When
      restoreOfPumpB(rig);
      rig.awaitState(ProposalState.Verified.class);

      // Then
      assertThat(rig.executed).extracting(Command::channel).containsExactly(SPEED_B, PUMP_B);
      assertThat(apartNs(rig.executed)).isGreaterThanOrEqualTo(PACE_NS);
      assertThat(rig.actions()).contains("step.waiting");
    }
  }

  @Test
  void shouldGoOnAfterARestartWhileTheNextStepWaitsForItsInterval() {
    // Given
    try (Rig rig = new Rig(data, facility(apart("purif.pump-b", PACE_NS)), this::supervision)) {
      restoreOfPumpB(rig);
      await().atMost(AT_MOST).until(() -> rig.executed.size() == 1);
      await().atMost(AT_MOST).until(() -> waits(rig.proposals().getFirst()));

      // When
      rig.stop();
      rig.start();
      rig.awaitState(ProposalState.Verified.class);

      // Then
      assertThat(rig.executed).hasSize(2);
      assertThat(apartNs(rig.executed)).isGreaterThanOrEqualTo(PACE_NS);
    }
  }

  private static boolean waits(Proposal proposal) {
    return proposal.state() instanceof ProposalState.Executing at
        && at.phase() == ProposalState.Phase.WAITING;
  }

  @Test
  void shouldMakeTheFirstUndoOnlyWhenTheIntervalIsOver() {
    // Given: pump B was switched on a moment ago, in vain
    try (Rig rig = new Rig(data, facility(apart("purif.pump-b", LONG_NS)), this::supervision)) {
      Proposal held = heldWithPumpB(rig);

      // When
      rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(held.id(), BERT, "back"));
      rig.awaitState(ProposalState.RolledBack.class);

      // Then
      assertThat(apartNs(of(rig, PUMP_B))).isGreaterThanOrEqualTo(LONG_NS);
    }
  }

  @Test
  void shouldNotWaitWithWhatGoesTowardsSafety() {
    // Given: pump B wants an hour between two writes, and off is always safe
    Facility facility =
        facility(apart("purif.pump-b", 60 * Fixtures.MINUTE_NS), withPumpBSafeWhenOff());
    try (Rig rig = new Rig(data, facility, this::supervision)) {
      rig.aheadNs = 61 * Fixtures.MINUTE_NS;
      Proposal held = heldWithPumpB(rig);

      // When
      rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(held.id(), BERT, "back"));
      rig.awaitState(ProposalState.RolledBack.class);

      // Then
      assertThat(of(rig, PUMP_B)).hasSize(2);
    }
  }

  @Test
  void shouldMakeTheNextUndoOnlyWhenTheBudgetLetsItThrough() {
    // Given: pump A may be written to once in so many seconds
    DeviceLimits once =
        new DeviceLimits("purif.pump-a", 0, Optional.of(new WriteBudget(1, LONG_NS)));
    try (Rig rig = new Rig(data, facility(once), this::supervision)) {
      Proposal held = heldWithPumpB(rig);

      // When
      rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(held.id(), BERT, "back"));
      rig.awaitState(ProposalState.RolledBack.class);

      // Then
      assertThat(of(rig, PUMP_A)).hasSize(2);
      assertThat(apartNs(of(rig, PUMP_A))).isGreaterThanOrEqualTo(LONG_NS);
    }
  }

  private static Proposal heldWithPumpB(Rig rig) {
    rig.pumpBWorks = false;
    rig.diagnosePumpStop();
    rig.approve(rig.awaitState(ProposalState.AwaitingApproval.class), ANNA);
    return rig.awaitState(ProposalState.Held.class);
  }

  private static List<Command> of(Rig rig, ChannelId channel) {
    return rig.executed.stream().filter(c -> c.channel().equals(channel)).toList();
  }

  private static Map<ChannelId, Channel> withPumpBSafeWhenOff() {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>(Fixtures.facility().channels());
    channels.computeIfPresent(
        PUMP_B,
        (id, c) ->
            new Channel(
                id,
                c.pv(),
                c.kind(),
                c.unit(),
                c.egu(),
                c.subsystem(),
                c.device(),
                c.description(),
                c.choices(),
                c.cadenceNs(),
                c.deadBand(),
                c.alarm(),
                Optional.of(
                    new Writable(
                        0,
                        1,
                        OptionalDouble.empty(),
                        0,
                        Optional.empty(),
                        0.1,
                        Writable.SafeDirection.NONE,
                        List.of("OFF"),
                        Optional.empty(),
                        false)),
                c.procedures()));
    return channels;
  }

  private SupervisionVerticle supervision(RoomContext room) {
    SupervisionConfig usual = Rig.CONFIG;
    SupervisionConfig shortLived =
        new SupervisionConfig(
            usual.openForNs(),
            usual.coolDownNs(),
            usual.lookAgainForNs(),
            Fixtures.SECOND_NS,
            usual.resolveWithinNs(),
            usual.pollNs(),
            usual.leastCompleteness());
    try {
      return new SupervisionVerticle(
          room, shortLived, AccessRules.OPEN, store, SigningKey.loadOrCreate(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
