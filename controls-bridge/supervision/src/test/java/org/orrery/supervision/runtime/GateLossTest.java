package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Topics;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.health.ProcessAway;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.Rig;
import org.orrery.supervision.runtime.audit.SigningKey;

/**
 * The gateway's process dies while supervision waits for its answer, which it would for a minute.
 */
class GateLossTest {
  @TempDir private Path data;

  @Test
  void shouldHoldAtOnceAndPutTheOutcomeOnRecordOnceTheGateIsBack() {
    try (Rig rig =
        new Rig(
            data,
            room -> {
              try {
                return new SupervisionVerticle(
                    room,
                    Rig.CONFIG,
                    AccessRules.OPEN,
                    new FlakyStore(),
                    SigningKey.loadOrCreate(data));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })) {
      // Given
      rig.gate = signed -> Promise.<CommandOutcome>promise().future();
      rig.outcomes = id -> Future.failedFuture("away");
      rig.diagnosePumpStop();
      rig.approve(rig.awaitState(ProposalState.AwaitingApproval.class), ANNA);
      await().atMost(Duration.ofSeconds(60)).until(() -> !rig.executed.isEmpty());

      // When another process is away, and then the gateway's
      rig.bus().publish(Topics.PROCESS_AWAY, new ProcessAway(Set.of("twin", "dqm"), "twin", 1));
      rig.bus()
          .publish(
              Topics.PROCESS_AWAY,
              new ProcessAway(
                  Set.of("gateway", "alarms", "operations"),
                  "its process is away; start it again with --roles alarms,gateway,operations",
                  2));

      // Then
      Proposal held = rig.awaitState(ProposalState.Held.class);
      assertThat(((ProposalState.Held) held.state()).why())
          .startsWith("the gateway cannot be reached: its process is away; start it again")
          .contains("asked for when it is back")
          .doesNotContain("twin");

      // When it is back and knows the outcome
      Command command = rig.executed.getFirst();
      CommandOutcome outcome =
          new CommandOutcome.Confirmed(command.id(), rig.plantNowNs(), command.value());
      rig.outcomes = id -> Future.succeededFuture(Optional.of(outcome));

      // Then
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  rig.awaitState(ProposalState.Held.class)
                      .record()
                      .getLast()
                      .lastOutcome()
                      .filter(outcome::equals)
                      .isPresent());
      assertThat(rig.executed).as("nothing is sent again").hasSize(1);
    }
  }
}
