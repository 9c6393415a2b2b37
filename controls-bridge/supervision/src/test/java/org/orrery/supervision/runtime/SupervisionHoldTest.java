package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;
import static org.orrery.supervision.Fixtures.SAM;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.bus.Endpoints;
import org.orrery.contract.Reply;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.Rig;

/** Plans that are held, and what people do with them then. */
class SupervisionHoldTest extends SupervisionCase {
  /** The gate does not answer to the command of the second step. */
  private Proposal underWayAtTheSecondStep() {
    Proposal proposal = proposed();
    rig.gate =
        signed ->
            signed.command().stepIndex() == 0
                ? rig.carryOut(signed)
                : Promise.<CommandOutcome>promise().future();
    rig.approve(proposal, ANNA);
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.executed.size() == 2);
    return proposal;
  }

  @Test
  void shouldHoldWhereSomebodyElseChangesWhatWasWritten() {
    // Given: pump B never gives flow, so that its verification waits
    rig.pumpBWorks = false;
    Proposal proposal = proposed();
    rig.approve(proposal, ANNA);
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.executed.size() == 2);

    // When
    rig.show("purif.pump-a.enable", "ON");
    Proposal held = rig.awaitState(ProposalState.Held.class);

    // Then
    assertThat(why(held)).startsWith("purif.pump-a.enable changed under the plan's hands");
    assertThat(rig.executed).hasSize(2);
    assertThat(rig.actions()).contains("proposal.held", "call.raised");
  }

  @Test
  void shouldHoldTheWayBackWhereSomebodyElseChangesWhatWasTakenBack() {
    // Given: the undo of pump B is followed by somebody's hand, that of pump A is not answered
    rig.pumpBWorks = false;
    Proposal proposal = proposed();
    rig.approve(proposal, ANNA);
    rig.awaitState(ProposalState.Held.class);
    rig.gate =
        signed -> {
          if (signed.command().channel().equals(Fixtures.PUMP_A)) {
            rig.show("purif.pump-b.enable", "ON");
            return Promise.<CommandOutcome>promise().future();
          }
          return rig.carryOut(signed);
        };

    // When
    rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(proposal.id(), BERT, "back"));

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                why(rig.awaitState(ProposalState.Held.class))
                    .startsWith("while the steps were taken back: purif.pump-b.enable changed"));
    assertThat(writes()).endsWith("purif.pump-b.enable=OFF", "purif.pump-a.enable=ON");
  }

  @Test
  void shouldStopOnePlanByAnybodysWordAndTakeItBackOnAnExperts() {
    // Given
    Proposal proposal = underWayAtTheSecondStep();

    // When
    Reply<Proposal> stopped =
        rig.ask(
            Endpoints.PROPOSALS_DECIDE, new DecisionRequest.Stop(proposal.id(), SAM, "it smells"));
    Proposal held = rig.awaitState(ProposalState.Held.class);
    rig.gate = rig::carryOut;
    rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(proposal.id(), BERT, "back"));
    rig.awaitState(ProposalState.RolledBack.class);

    // Then
    assertThat(stopped).isInstanceOf(Reply.Done.class);
    assertThat(why(held)).isEqualTo("stopped by sam (it smells)");
    assertThat(writes()).endsWith("purif.pump-b.enable=OFF", "purif.pump-a.enable=ON");
    assertThat(rig.audit())
        .filteredOn(entry -> entry.action().equals("proposal.held"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("sam");
              assertThat(entry.content()).contains("it smells");
            });
    assertIntact();
  }

  @Test
  void shouldGoOnAskingWhatBecameOfAStepThatIsBeingTakenBack() {
    // Given: the second step is under way, so the gate does not let its undo through
    Proposal proposal = underWayAtTheSecondStep();
    CommandId second = rig.executed.getLast().id();
    rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.Stop(proposal.id(), SAM, "it smells"));
    rig.gate = signed -> rig.refuse(signed, Reason.DEVICE_BUSY);
    rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(proposal.id(), BERT, "back"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> why(rig.awaitState(ProposalState.Held.class)).contains("DEVICE_BUSY"));

    // When
    rig.journal.put(second, new CommandOutcome.Confirmed(second, 1, Rig.choice("ON")));

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                rig.proposals().getFirst().record().stream()
                    .filter(record -> record.command().equals(second))
                    .allMatch(
                        record ->
                            record.lastOutcome().orElse(null) instanceof CommandOutcome.Confirmed));
    assertIntact();
  }

  @Test
  void shouldLetAPersonTryAgainWhereAnUndoIsRefused() {
    // Given
    rig.pumpBWorks = false;
    Proposal proposal = proposed();
    rig.approve(proposal, ANNA);
    rig.awaitState(ProposalState.Held.class);
    rig.gate = signed -> rig.refuse(signed, Reason.LOCKED);
    DecisionRequest back = new DecisionRequest.RollBack(proposal.id(), BERT, "back");

    // When
    rig.ask(Endpoints.PROPOSALS_DECIDE, back);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> why(rig.awaitState(ProposalState.Held.class)).contains("LOCKED"));
    rig.gate = rig::carryOut;
    rig.ask(Endpoints.PROPOSALS_DECIDE, back);
    rig.awaitState(ProposalState.RolledBack.class);

    // Then
    assertThat(writes())
        .endsWith("purif.pump-b.enable=OFF", "purif.pump-b.enable=OFF", "purif.pump-a.enable=ON");
    assertIntact();
  }

  @Test
  void shouldHoldWithAnExplanationWhereAPlanTakesTooLong() {
    // Given
    Proposal proposal = underWayAtTheSecondStep();

    // When
    rig.aheadNs = proposal.plan().timeLimitNs().orElseThrow();
    Proposal held = rig.awaitState(ProposalState.Held.class);

    // Then
    assertThat(why(held)).startsWith("its limit of time is over");
    assertThat(rig.actions()).contains("call.raised");
  }

  @Test
  void shouldHoldAndCallWhereAnOutcomeStaysUnknown() {
    // Given
    Proposal proposal = proposed();
    rig.gate =
        signed ->
            Future.succeededFuture(
                new CommandOutcome.Unknown(signed.command().id(), 1, "no answer"));
    rig.outcomes =
        id -> Future.succeededFuture(Optional.of(new CommandOutcome.Unknown(id, 1, "dark")));

    // When
    rig.approve(proposal, ANNA);
    Proposal held = rig.awaitState(ProposalState.Held.class);

    // Then
    assertThat(why(held)).startsWith("not confirmed, check");
    assertThat(rig.executed).hasSize(1);
    assertThat(rig.actions()).contains("call.raised");
  }

  @Test
  void shouldHoldCallAndTakeBackWhereTheEffectStaysAway() {
    // Given
    rig.pumpBWorks = false;
    Proposal proposal = proposed();
    rig.approve(proposal, ANNA);
    Proposal held = rig.awaitState(ProposalState.Held.class);

    // When
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rig.health)
                    .anySatisfy(
                        h -> {
                          assertThat(h.status()).isEqualTo(RoomHealth.Status.DEGRADED);
                          assertThat(h.detail()).contains("is held, call cryo on call");
                        }));
    Reply<Proposal> reply =
        rig.ask(
            Endpoints.PROPOSALS_DECIDE,
            new DecisionRequest.RollBack(proposal.id(), BERT, "as it was"));
    rig.awaitState(ProposalState.RolledBack.class);

    // Then
    assertThat(why(held)).contains("purif.flow");
    assertThat(reply).isInstanceOf(Reply.Done.class);
    assertThat(writes())
        .containsExactly(
            "purif.pump-a.enable=OFF",
            "purif.pump-b.enable=ON",
            "purif.pump-b.enable=OFF",
            "purif.pump-a.enable=ON");
    assertThat(rig.executed).extracting(Command::stepIndex).containsExactly(0, 1, 2, 3);
  }

  @Test
  void shouldTakeBackThoughTheSamplesComeAfterTheGatesWord() {
    // Given
    rig.pumpBWorks = false;
    Proposal proposal = proposed();
    rig.approve(proposal, ANNA);
    rig.awaitState(ProposalState.Held.class);
    rig.showsAfterMs = 700;

    // When
    rig.ask(
        Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(proposal.id(), BERT, "as it was"));
    rig.awaitState(ProposalState.RolledBack.class);

    // Then
    assertThat(writes()).endsWith("purif.pump-b.enable=OFF", "purif.pump-a.enable=ON");
  }
}
