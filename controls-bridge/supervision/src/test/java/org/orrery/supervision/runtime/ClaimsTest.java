package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.PUMP_B;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.proposal.Claim;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.Rig;
import org.orrery.supervision.runtime.audit.SigningKey;

/** What supervision tells a gate that has just started. */
class ClaimsTest {
  @TempDir private Path data;
  private final FlakyStore store = new FlakyStore();

  private Rig rig() {
    return new Rig(
        data,
        room -> {
          try {
            return new SupervisionVerticle(
                room, Rig.CONFIG, AccessRules.OPEN, store, SigningKey.loadOrCreate(data));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void shouldSayWhichPlansHoldDevicesAndNothingBeforeTheRecordWasRead() {
    try (Rig rig = rig()) {
      // Given a plan that is held after its first write
      rig.diagnosePumpStop();
      Proposal waiting = rig.awaitState(ProposalState.AwaitingApproval.class);
      assertThat(claims(rig)).contains(List.of());
      rig.gate =
          signed ->
              signed.command().stepIndex() == 0
                  ? rig.carryOut(signed)
                  : rig.refuse(signed, Reason.TAGGED_OUT);
      rig.approve(waiting, ANNA);
      Proposal held = rig.awaitState(ProposalState.Held.class);

      // When supervision starts anew without its record
      rig.stop();
      store.down = true;
      rig.start();

      // Then nobody is told that nothing is open
      assertThat(claims(rig)).isEmpty();

      // When the record is back
      store.down = false;
      await().atMost(Duration.ofSeconds(60)).until(() -> claims(rig).isPresent());

      // Then
      assertThat(claims(rig)).contains(List.of(new Claim(held.id(), Set.of(PUMP_A, PUMP_B))));
      rig.ask(Endpoints.PROPOSALS_DECIDE, new DecisionRequest.Abort(held.id(), ANNA, "by hand"));
      assertThat(claims(rig)).contains(List.of());
    }
  }

  private static Optional<List<Claim>> claims(Rig rig) {
    return rig.ask(Endpoints.PROPOSALS_CLAIMS, Nothing.NOTHING);
  }
}
