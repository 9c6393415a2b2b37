package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.SAM;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Topics;
import org.orrery.contract.Bytes;
import org.orrery.contract.Reply;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.Rig;

/** What comes on record, and what happens while the record does not follow. */
class SupervisionRecordTest extends SupervisionCase {
  @Test
  void shouldPutDeclinedDecisionsOnRecord() {
    // Given
    Proposal proposal = proposed();

    // When
    Reply<Proposal> shifter = rig.approve(proposal, SAM);
    Reply<Proposal> otherPlan =
        rig.ask(
            Endpoints.PROPOSALS_DECIDE,
            new DecisionRequest.Approve(proposal.id(), Bytes.of(new byte[32]), ANNA, ""));

    // Then
    assertThat(shifter).isInstanceOf(Reply.Declined.class);
    assertThat(otherPlan)
        .isInstanceOfSatisfying(
            Reply.Declined.class, d -> assertThat(d.reason()).contains("the plan changed"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(rig.actions()).filteredOn("decision.declined"::equals).hasSize(2));
    assertThat(rig.executed).isEmpty();
  }

  @Test
  void shouldBeDownWhileTheRecordRefusesEveryChangeThoughItCanBeRead() {
    // Given
    Proposal proposal = proposed();
    store.refuses = true;

    // When
    Reply<Proposal> refused = rig.approve(proposal, ANNA);
    assertThat(rig.audit()).isNotEmpty();

    // Then
    assertThat(refused)
        .isInstanceOfSatisfying(
            Reply.Declined.class, d -> assertThat(d.reason()).contains("does not count"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rig.health)
                    .last()
                    .extracting(RoomHealth::status)
                    .isEqualTo(RoomHealth.Status.DOWN));

    // When
    store.refuses = false;
    rig.approve(proposal, ANNA);

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rig.health.getLast().status() != RoomHealth.Status.DOWN);
    rig.awaitState(ProposalState.Verified.class);
  }

  @Test
  void shouldDeclineDecisionsWhileTheRecordIsDownAndGoOnAfterwards() {
    // Given
    Proposal proposal = proposed();
    store.down = true;

    // When
    Reply<Proposal> whileDown = rig.approve(proposal, ANNA);
    List<Proposal> readable = rig.proposals();
    store.down = false;
    Reply<Proposal> afterwards = rig.approve(proposal, ANNA);
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(whileDown)
        .isInstanceOfSatisfying(
            Reply.Declined.class, d -> assertThat(d.reason()).contains("cannot be put on record"));
    assertThat(readable).hasSize(1);
    assertThat(afterwards).isInstanceOf(Reply.Done.class);
  }

  @Test
  void shouldGoOnFromTheRecordWhereTheAnswerToACommitWasLost() {
    // Given
    Proposal proposal = proposed();
    store.losesAnswers = true;

    // When
    Reply<Proposal> reply = rig.approve(proposal, ANNA);
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(reply).isInstanceOf(Reply.Declined.class);
    assertThat(rig.executed).hasSize(2);
    assertIntact();
  }

  @Test
  void shouldBringTheOutcomeOnRecordThoughTheRecordWasDownWhenItCame() {
    // Given
    Proposal proposal = proposed();
    rig.gate =
        signed -> {
          store.down = rig.executed.size() == 1;
          return rig.carryOut(signed);
        };

    // When
    rig.approve(proposal, ANNA);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rig.health.stream().anyMatch(h -> h.status() == RoomHealth.Status.DOWN));
    store.down = false;
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(writes()).containsExactly("purif.pump-a.enable=OFF", "purif.pump-b.enable=ON");
    assertIntact();
  }

  @Test
  void shouldPutTheWritingSwitchAndControlOnRecord() {
    // Given
    OperationsState free = OperationsState.UNKNOWN;
    OperationsState held =
        new OperationsState(
            "PHYSICS", Optional.empty(), Optional.of(new ControlHolder("sam", 5)), List.of());

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rig.actions())
                    .containsExactlyInAnyOrder("writing.state-seen", "operations.state-seen"));

    // When
    rig.bus().publish(Topics.OPERATIONS, free);
    rig.bus().publish(Topics.OPERATIONS, held);
    rig.bus().publish(Topics.WRITING_STATE, new WritingState(true, "sam", "smoke", 1, List.of()));
    rig.bus()
        .publish(Topics.WRITING_STATE, new WritingState(true, "sam", "smoke", 1, List.of("anna")));
    rig.bus().publish(Topics.WRITING_STATE, new WritingState(false, "", "", 2, List.of()));

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rig.actions().stream().skip(2))
                    .containsExactly(
                        "control.taken",
                        "writing.stopped",
                        "writing.release-agreed",
                        "writing.released"));
    assertIntact();
  }

  @Test
  void shouldRecordHowTheSwitchWasFoundAndNotThatItWasTurned() {
    // Given
    rig.stop();
    rig.writing = new WritingState(true, "sam", "smoke, yesterday", 1, List.of());
    rig.operations =
        new OperationsState(
            "PHYSICS", Optional.empty(), Optional.of(new ControlHolder("sam", 5)), List.of());

    // When
    rig.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rig.audit())
                    .anyMatch(r -> r.content().contains("smoke, yesterday"))
                    .anyMatch(r -> r.action().equals("operations.state-seen")));
    rig.bus()
        .publish(
            Topics.WRITING_STATE,
            new WritingState(true, "sam", "smoke, yesterday", 1, List.of("anna")));

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(rig.actions()).last().isEqualTo("writing.release-agreed"));
    assertThat(rig.actions()).doesNotContain("writing.stopped", "control.taken");
  }

  @Test
  void shouldRecordOnceWhatTheGateSaidBeforeAnybodyListened() {
    // Given
    rig.approve(proposed(), ANNA);
    rig.awaitState(ProposalState.Verified.class);
    rig.stop();
    Command command = rig.executed.getFirst();
    CommandOutcome outcome = new CommandOutcome.Unknown(command.id(), 1, "Orrery ended");
    rig.gateLog.add(new GateRecord(command, Optional.of(outcome)));

    // When
    rig.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(rig.actions()).contains("gate.unknown"));
    rig.stop();
    rig.gateLog.add(
        new GateRecord(
            command,
            Optional.of(
                new CommandOutcome.Refused(command.id(), 2, Reason.DUPLICATE, "scripted"))));
    rig.start();

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(rig.actions()).contains("gate.refused"));
    assertThat(rig.actions())
        .filteredOn(action -> action.startsWith("gate."))
        .containsExactly("gate.confirmed", "gate.confirmed", "gate.unknown", "gate.refused");
    assertIntact();
  }

  @Test
  void shouldLeaveOutADecisionWhoseAnswerNobodyWaitsForAnyMore() {
    // Given
    Proposal proposal = proposed();
    store.slow = true;
    Future<Reply<Proposal>> underWay =
        rig.bus().request(Endpoints.PROPOSALS_DECIDE, approval(proposal));
    Future<Reply<Proposal>> inTheQueue =
        rig.bus().request(Endpoints.PROPOSALS_DECIDE, approval(proposal));

    // When
    await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ofMillis(100)).until(() -> true);
    rig.aheadNs = 19_000_000_000L;
    store.slow = false;

    // Then
    for (Future<Reply<Proposal>> each : List.of(underWay, inTheQueue)) {
      assertThat(Rig.wait(each))
          .isInstanceOfSatisfying(
              Reply.Declined.class, d -> assertThat(d.reason()).contains("too slow"));
    }
    assertThat(rig.awaitState(ProposalState.AwaitingApproval.class)).isEqualTo(proposal);
    assertThat(rig.executed).isEmpty();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(rig.actions()).filteredOn("decision.declined"::equals).hasSize(2));
    assertThat(rig.approve(proposal, ANNA)).isInstanceOf(Reply.Done.class);
    rig.awaitState(ProposalState.Verified.class);
  }

  @Test
  void shouldTakeNoMoreDecisionsThanTheRecordCanFollow() {
    // Given
    Proposal proposal = proposed();
    store.slow = true;

    // When
    List<Future<Reply<Proposal>>> replies =
        Stream.generate(() -> rig.bus().request(Endpoints.PROPOSALS_DECIDE, approval(proposal)))
            .limit(110)
            .toList();
    Reply<Proposal> last = Rig.wait(replies.getLast());
    store.slow = false;

    // Then
    assertThat(last)
        .isInstanceOfSatisfying(
            Reply.Declined.class, d -> assertThat(d.reason()).contains("wait for the record"));
    assertThat(Rig.wait(replies.getFirst())).isInstanceOf(Reply.Done.class);
    rig.awaitState(ProposalState.Verified.class);
  }

  private static DecisionRequest approval(Proposal proposal) {
    return new DecisionRequest.Approve(proposal.id(), proposal.plan().hash(), ANNA, "agreed");
  }
}
