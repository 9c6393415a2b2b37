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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.Rig;
import org.orrery.supervision.runtime.audit.SigningKey;

/**
 * First everything goes wrong at random: the gate answers late, never, unknown or no; the record is
 * down or loses answers; the room is stopped and started. No step may be written twice. Then
 * everything is healed, and the proposal must come to an end or to a person. A seed that failed
 * once stays in the list.
 */
class CrashCampaignTest {
  private static final int TROUBLES = 12;

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldNeverWriteAStepTwiceAndComeToRestOnceHealed(long seed) throws Exception {
    // Given
    Random random = new Random(seed);
    FlakyStore store = new FlakyStore();
    try (Rig rig = rig(store)) {
      rig.diagnosePumpStop();
      rig.awaitState(ProposalState.AwaitingApproval.class);
      rig.gate = signed -> trouble(rig, signed, random.nextInt(8));

      // When
      for (int i = 0; i < TROUBLES; i++) {
        trouble(rig, store, random.nextInt(7));
        Thread.sleep(random.nextInt(60));
      }
      heal(rig, store);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> rig.proposals().stream().allMatch(p -> atRest(p.state())));

      // Then
      assertThat(rig.executed).extracting(Command::id).doesNotHaveDuplicates();
      for (Proposal proposal : rig.proposals()) {
        assertThat(rig.executed.stream().filter(c -> c.proposal().equals(proposal.id())))
            .filteredOn(command -> mayHaveBeenWritten(rig, command))
            .extracting(Command::stepIndex)
            .doesNotHaveDuplicates();
      }
      assertThat(rig.ask(Endpoints.AUDIT_VERIFY, Nothing.NOTHING))
          .isInstanceOf(AuditVerdict.Intact.class);
    }
  }

  private static boolean mayHaveBeenWritten(Rig rig, Command command) {
    return !(rig.journal.get(command.id()) instanceof CommandOutcome.Refused refused)
        || refused.reason().mayHaveBeenWritten();
  }

  private Rig rig(FlakyStore store) {
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

  private static Future<CommandOutcome> trouble(Rig rig, SignedCommand signed, int kind) {
    return switch (kind) {
      case 0 -> Promise.<CommandOutcome>promise().future();
      case 1 -> {
        rig.carryOut(signed);
        yield Promise.<CommandOutcome>promise().future();
      }
      case 2 -> {
        rig.carryOut(signed);
        yield Future.succeededFuture(
            new CommandOutcome.Unknown(signed.command().id(), 1, "scripted"));
      }
      case 3 -> rig.refuse(signed, Reason.LOCAL_CONTROL);
      case 4 -> Future.failedFuture("scripted: gate broke");
      default -> rig.carryOut(signed);
    };
  }

  private static void trouble(Rig rig, FlakyStore store, int kind) {
    switch (kind) {
      case 0 -> store.down = true;
      case 1, 2 -> store.down = false;
      case 3 -> store.losesAnswers = true;
      case 4 -> {
        rig.stop();
        rig.start();
      }
      default -> {
        for (Proposal proposal : rig.proposals()) {
          DecisionRequest roll = new DecisionRequest.RollBack(proposal.id(), ANNA, "");
          if (proposal.state() instanceof ProposalState.Held) {
            rig.ask(Endpoints.PROPOSALS_DECIDE, roll);
          } else {
            rig.approve(proposal, ANNA);
          }
        }
      }
    }
  }

  private static void heal(Rig rig, FlakyStore store) {
    store.down = false;
    store.losesAnswers = false;
    rig.gate = rig::carryOut;
    rig.outcomes = id -> Future.succeededFuture(Optional.ofNullable(rig.journal.get(id)));
    // The deadlines of all commands that the gate never saw are over.
    rig.aheadNs = TimeUnit.SECONDS.toNanos(90);
    rig.stop();
    rig.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> !rig.proposals().isEmpty());
  }

  private static boolean atRest(ProposalState state) {
    return state.terminal()
        || List.of(ProposalState.Held.class, ProposalState.AwaitingApproval.class)
            .contains(state.getClass());
  }
}
