package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.bus.Topics;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;

/** What a restart of Orrery leaves of plans under way. */
class SupervisionRestartTest extends SupervisionCase {
  @Test
  void shouldRememberOverARestartWhatThePlanBeganOn() {
    // Given: the first write of a plan is never answered, and pump B is off
    Proposal proposal = proposed();
    rig.gate = signed -> Promise.<CommandOutcome>promise().future();
    rig.outcomes = id -> Promise.<Optional<CommandOutcome>>promise().future();
    rig.approve(proposal, ANNA);
    rig.awaitState(ProposalState.Executing.class);
    rig.stop();

    // When: somebody switches it on while Orrery is down
    rig.show("purif.pump-b.enable", "ON");
    rig.start();
    Proposal held = rig.awaitState(ProposalState.Held.class);

    // Then
    assertThat(why(held))
        .startsWith("purif.pump-b.enable changed")
        .contains("it showed OFF when the plan began");
  }

  @Test
  void shouldGoOnAfterARestartInTheMiddleOfAWriteThatWasMade() {
    // Given
    Proposal proposal = proposed();
    rig.gate =
        signed -> {
          rig.carryOut(signed);
          return Promise.<CommandOutcome>promise().future();
        };
    rig.approve(proposal, ANNA);
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.executed.size() == 1);

    // When
    rig.stop();
    rig.gate = rig::carryOut;
    rig.start();
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(writes()).containsExactly("purif.pump-a.enable=OFF", "purif.pump-b.enable=ON");
    assertIntact();
  }

  @Test
  void shouldBeginAfterARestartOnceTheChannelsWereRead() {
    // Given
    Proposal proposal = proposed();
    store.lastState = ProposalState.Approved.class;
    rig.approve(proposal, ANNA);
    await().atMost(Duration.ofSeconds(60)).until(() -> store.down);
    rig.stop();
    rig.silent = true;
    store.lastState = ProposalState.Failed.class;
    store.down = false;

    // When
    rig.start();
    Proposal waiting = rig.awaitState(ProposalState.Approved.class);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ofMillis(300))
        .until(() -> rig.executed.isEmpty());
    rig.silent = false;
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(waiting.id()).isEqualTo(proposal.id());
    assertThat(rig.executed).hasSize(2);
  }

  @Test
  void shouldLeaveWhatComesBackAfterItsEndToItsNextLife() {
    // Given
    Proposal proposal = proposed();
    Promise<CommandOutcome> late = Promise.promise();
    rig.gate =
        signed -> {
          rig.carryOut(signed);
          return late.future();
        };
    rig.approve(proposal, ANNA);
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.executed.size() == 1);

    // When
    rig.stop();
    rig.gate = rig::carryOut;
    late.complete(rig.journal.get(rig.executed.getFirst().id()));
    rig.start();
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(writes()).containsExactly("purif.pump-a.enable=OFF", "purif.pump-b.enable=ON");
    assertIntact();
  }

  @Test
  void shouldHoldAfterARestartWhereTheGateNeverSawTheCommand() {
    // Given
    Proposal proposal = proposed();
    rig.gate = signed -> Promise.<CommandOutcome>promise().future();
    rig.approve(proposal, ANNA);
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.executed.size() == 1);

    // When
    rig.stop();
    rig.gate = rig::carryOut;
    rig.start();
    Proposal held = rig.awaitState(ProposalState.Held.class);

    // Then
    assertThat(why(held)).contains("never saw");
    assertThat(rig.executed).hasSize(1);
  }

  @Test
  void shouldTellAGatewayThatHasJustStartedWhichProposalsAreOpen() {
    // Given
    rig.pumpBWorks = false;
    rig.approve(proposed(), ANNA);
    Proposal held = rig.awaitState(ProposalState.Held.class);
    rig.stop();
    rig.start();
    rig.awaitState(ProposalState.Held.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.published.contains(held));
    rig.published.clear();

    // When: it says so, twice
    rig.bus().publish(Topics.WRITING_STATE, rig.writing);
    rig.bus().publish(Topics.WRITING_STATE, rig.writing);

    // Then
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.published.size() == 2);
    assertThat(rig.published).containsOnly(held);
    assertThat(rig.proposals()).containsExactly(held);
  }

  @Test
  void shouldAnnounceAfterARestartWhatIsOnRecord() {
    // Given
    rig.pumpBWorks = false;
    rig.approve(proposed(), ANNA);
    Proposal held = rig.awaitState(ProposalState.Held.class);
    rig.stop();
    rig.published.clear();

    // When
    rig.start();

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(rig.published).containsExactly(held));
  }

  @Test
  void shouldBringTheLateTruthToAHeldProposalAlsoAfterARestart() {
    // Given
    Proposal proposal = proposed();
    rig.gate =
        signed -> {
          rig.carryOut(signed);
          return Future.succeededFuture(
              new CommandOutcome.Unknown(signed.command().id(), 1, "no answer"));
        };
    rig.outcomes =
        id -> Future.succeededFuture(Optional.of(new CommandOutcome.Unknown(id, 1, "dark")));
    rig.approve(proposal, ANNA);
    rig.awaitState(ProposalState.Held.class);
    rig.stop();
    rig.start();
    rig.awaitState(ProposalState.Held.class);

    // When
    rig.outcomes = id -> Future.succeededFuture(Optional.ofNullable(rig.journal.get(id)));

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(rig.awaitState(ProposalState.Held.class).record().getLast())
                    .extracting(r -> r.lastOutcome().orElseThrow())
                    .isInstanceOf(CommandOutcome.Confirmed.class));
    assertThat(rig.executed).hasSize(1);
  }
}
