package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.orrery.bus.Endpoints;
import org.orrery.contract.Reply;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.supervision.Fixtures;

/** A proposal from its diagnosis to its end, as people decide about it. */
class SupervisionVerticleTest extends SupervisionCase {
  @Test
  void shouldCarryAProposalFromDiagnosisToVerifiedEffect() {
    // Given
    Proposal proposal = proposed();

    // When
    Reply<Proposal> reply = rig.approve(proposal, ANNA);
    Proposal verified = rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(reply).isInstanceOf(Reply.Done.class);
    assertThat(writes()).containsExactly("purif.pump-a.enable=OFF", "purif.pump-b.enable=ON");
    assertThat(verified.record()).allMatch(r -> r.checks().stream().allMatch(c -> c.passed()));
    assertThat(proposal.plan().steps().getLast().verification().getFirst().low())
        .as("limits from the rehearsal")
        .isBetween(1.21, 1.45);
    assertThat(rig.published).extracting(Proposal::version).containsSequence(1L, 2L, 3L, 4L, 5L);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rig.actions())
                    .containsSubsequence(
                        "proposal.draft",
                        "proposal.rehearsed",
                        "proposal.awaiting-approval",
                        "proposal.approval",
                        "step.writing",
                        "command.issued",
                        "step.verifying",
                        "step.verified",
                        "step.writing",
                        "command.issued",
                        "step.verifying",
                        "step.verified",
                        "proposal.verified")
                    .contains("gate.confirmed"));
    assertIntact();
  }

  @Test
  void shouldWriteNothingWithoutApproval() throws InterruptedException {
    // Given
    Proposal proposal = proposed();

    // When
    Thread.sleep(300);
    Reply<Proposal> reply =
        rig.ask(
            Endpoints.PROPOSALS_DECIDE,
            new DecisionRequest.Reject(proposal.id(), ANNA, "I look first"));

    // Then
    assertThat(reply).isInstanceOf(Reply.Done.class);
    assertThat(rig.executed).isEmpty();
    assertThat(rig.awaitState(ProposalState.Rejected.class).record()).isEmpty();
  }

  @Test
  void shouldHaveTheGateJudgeAProposalWithoutBeginningIt() {
    // Given
    Proposal proposal = proposed();
    List<Command> judged = new java.util.concurrent.CopyOnWriteArrayList<>();
    rig.bus()
        .serve(
            Endpoints.GATE_DRY_RUN,
            request -> {
              judged.addAll(request.commands());
              return Future.succeededFuture(
                  new DryRun(
                      List.of(
                          new DryRun.Step(0, Optional.of(Reason.TAGGED_OUT), "somebody works"))));
            });

    // When
    Optional<DryRun> run =
        rig.ask(Endpoints.PROPOSALS_DRY_RUN, new DryRun.Query(proposal.id(), ANNA));

    // Then
    assertThat(run.orElseThrow().steps().getFirst().reason()).contains(Reason.TAGGED_OUT);
    assertThat(judged).hasSize(2).allMatch(c -> c.approvedBy().equals(List.of("anna")));
    assertThat(rig.executed).isEmpty();
    assertThat(rig.proposals().getFirst().state())
        .isInstanceOf(ProposalState.AwaitingApproval.class);
  }

  @Test
  void shouldEndWhereWritingIsStopped() {
    // Given
    Proposal proposal = proposed();
    rig.gate = signed -> rig.refuse(signed, Reason.WRITING_STOPPED);

    // When
    rig.approve(proposal, ANNA);
    Proposal aborted = rig.awaitState(ProposalState.Aborted.class);

    // Then
    assertThat(why(aborted)).contains("WRITING_STOPPED");
    assertThat(rig.executed).hasSize(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(rig.actions()).contains("gate.refused"));
  }

  @Test
  void shouldEndWhereAPreconditionBreaksBetweenApprovalAndExecution() {
    // Given
    Proposal proposal = proposed();
    rig.show("purif.flow", "1.67");
    await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ofMillis(200)).until(() -> true);

    // When
    rig.approve(proposal, ANNA);
    Proposal aborted = rig.awaitState(ProposalState.Aborted.class);

    // Then
    assertThat(why(aborted)).contains("purif.flow shows 1.67");
    assertThat(rig.executed).isEmpty();
    assertThat(rig.actions()).contains("proposal.aborted");
  }

  @Test
  void shouldWorkOffAnUnknownOutcomeAndWriteOnce() {
    // Given
    Proposal proposal = proposed();
    AtomicInteger asked = new AtomicInteger();
    rig.gate =
        signed -> {
          rig.carryOut(signed);
          return Future.succeededFuture(
              new CommandOutcome.Unknown(signed.command().id(), 1, "no answer"));
        };
    rig.outcomes =
        id ->
            Future.succeededFuture(
                asked.incrementAndGet() % 3 != 0
                    ? Optional.of(new CommandOutcome.Unknown(id, 1, "still reading"))
                    : Optional.ofNullable(rig.journal.get(id)));

    // When
    rig.approve(proposal, ANNA);
    Proposal verified = rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(writes()).containsExactly("purif.pump-a.enable=OFF", "purif.pump-b.enable=ON");
    assertThat(verified.record())
        .allSatisfy(
            r ->
                assertThat(r.outcomes())
                    .hasSize(2)
                    .last()
                    .isInstanceOf(CommandOutcome.Confirmed.class));
  }

  @Test
  void shouldAskTwoPeopleWhereTheTwinDeclined() {
    // Given
    rig.twin = q -> new Rehearsal.NotRehearsed("no model of this");
    Proposal proposal = proposed();

    // When
    rig.approve(proposal, ANNA);
    Reply<Proposal> again = rig.approve(proposal, ANNA);
    rig.approve(proposal, BERT);
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(proposal.plan().risk()).isEqualTo(RiskClass.HIGH);
    assertThat(again).isInstanceOf(Reply.Declined.class);
    assertThat(rig.executed.getFirst().approvedBy()).containsExactly("anna", "bert");
  }

  @Test
  void shouldLeaveTheDetectorAloneForWeatherAndLyingSensors() throws InterruptedException {
    // Given
    List<Hypothesis> decoys =
        List.of(
            new Hypothesis.LyingSensor(Fixtures.FLOW),
            new Hypothesis.External("F10", "weather"),
            new Hypothesis.NoneOfThese());

    // When
    decoys.forEach(d -> rig.diagnose(Fixtures.diagnosis(d, 0.99, rig.plantNowNs())));
    Thread.sleep(300);

    // Then
    assertThat(rig.proposals()).isEmpty();
  }

  @Test
  void shouldProposeOnceTheReadingsFit() {
    // Given
    rig.show("purif.flow", "0.9");
    await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ofMillis(200)).until(() -> true);
    rig.diagnosePumpStop();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ofMillis(200))
        .until(() -> rig.proposals().isEmpty());

    // When
    rig.show("purif.flow", "0.0");

    // Then
    rig.awaitState(ProposalState.AwaitingApproval.class);
    rig.diagnosePumpStop();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ofMillis(200))
        .until(() -> rig.proposals().size() == 1);
  }
}
