package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;
import static org.orrery.supervision.Fixtures.PUMP_A;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.command.Command;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.Rig;
import org.orrery.supervision.SupervisionConfig;
import org.orrery.supervision.runtime.audit.SigningKey;

/** The way back keeps to the budgets, though they last longer than a command is valid. */
class UndoTurnTest {
  private static final long PER_NS = 8 * Fixtures.SECOND_NS;

  @TempDir private Path data;

  @Test
  void shouldMakeTheNextUndoOnlyWhenTheBudgetLetsItThrough() {
    // Given: pump A may be written to once in eight seconds, and a command is valid for one
    Facility small = Fixtures.facility();
    DeviceLimits once =
        new DeviceLimits("purif.pump-a", 0, Optional.of(new WriteBudget(1, PER_NS)));
    Facility facility =
        new Facility(
            small.name(),
            small.title(),
            small.zone(),
            true,
            small.modes(),
            small.subsystems(),
            small.channels(),
            Map.of("purif.pump-a", once),
            Map.of());
    try (Rig rig = new Rig(data, facility, this::supervision)) {
      rig.pumpBWorks = false;
      rig.diagnosePumpStop();
      Proposal proposal = rig.awaitState(ProposalState.AwaitingApproval.class);
      rig.approve(proposal, ANNA);
      rig.awaitState(ProposalState.Held.class);

      // When
      rig.ask(
          Endpoints.PROPOSALS_DECIDE, new DecisionRequest.RollBack(proposal.id(), BERT, "back"));
      rig.awaitState(ProposalState.RolledBack.class);

      // Then
      List<Command> ofPumpA =
          rig.executed.stream().filter(c -> c.channel().equals(PUMP_A)).toList();
      assertThat(ofPumpA).hasSize(2);
      assertThat(ofPumpA.getLast().issuedAtNs() - ofPumpA.getFirst().issuedAtNs())
          .isGreaterThanOrEqualTo(PER_NS);
    }
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
          room, shortLived, AccessRules.OPEN, new FlakyStore(), SigningKey.loadOrCreate(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
