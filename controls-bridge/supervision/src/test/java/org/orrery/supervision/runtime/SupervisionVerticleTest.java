package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;
import static org.orrery.supervision.Fixtures.SAM;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.Topics;
import org.orrery.contract.Bytes;
import org.orrery.contract.Reply;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.Rig;
import org.orrery.supervision.runtime.audit.SigningKey;

class SupervisionVerticleTest {
  @TempDir private Path data;
  private final FlakyStore store = new FlakyStore();
  private Rig rig;

  @BeforeEach
  void start() {
    rig =
        new Rig(
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

  @AfterEach
  void stop() {
    rig.close();
  }

  private Proposal proposed() {
    rig.diagnosePumpStop();
    return rig.awaitState(ProposalState.AwaitingApproval.class);
  }

  private List<String> writes() {
    return rig.executed.stream().map(c -> c.channel() + "=" + c.value().display()).toList();
  }

  private void assertIntact() {
    assertThat(rig.ask(Endpoints.AUDIT_VERIFY, Nothing.NOTHING))
        .isInstanceOf(AuditVerdict.Intact.class);
  }

  private static String why(Proposal proposal) {
    return switch (proposal.state()) {
      case ProposalState.Aborted aborted -> aborted.why();
      case ProposalState.Held held -> held.why();
      default -> "";
    };
  }

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
