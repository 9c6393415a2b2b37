package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.Topics;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.value.Value;
import org.orrery.scenarios.harness.Diagnoses;
import org.orrery.scenarios.harness.House;

/** Nothing but an approved, signed command on an unchanged plant passes the one door, and once. */
class OneDoorTest {
  private static final double FACTOR = 20;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ChannelId PUMP_B = new ChannelId("purif.pump-b.enable");
  private static final Person ANNA = new Person("anna", Set.of(Role.SHIFTER, Role.EXPERT));
  private static final Person BERT = new Person("bert", Set.of(Role.SHIFTER, Role.EXPERT));

  @TempDir private static Path directory;
  private static House house;

  @BeforeAll
  static void start() throws Exception {
    house = House.start(directory.resolve("house"), FACTOR);
  }

  @AfterAll
  static void stop() {
    if (house != null) {
      house.close();
    }
  }

  @Test
  void shouldRefuseForgedAndUnsignedCommandsOnRecord() throws Exception {
    // Given
    KeyPair stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Command forged = startPumpB();
    Command unsigned = startPumpB();

    // When
    CommandOutcome forgery =
        house.ask(Endpoints.GATE_EXECUTE, new SignedCommand(forged, sign(forged, stranger)));
    CommandOutcome missing =
        house.ask(Endpoints.GATE_EXECUTE, new SignedCommand(unsigned, Bytes.of(new byte[0])));

    // Then
    assertThat(List.of(forgery, missing))
        .allSatisfy(outcome -> assertRefused(outcome, Reason.BAD_SIGNATURE));
    assertThat(house.plant().read("LAR:PURIF:PUMP_B:ENABLE").display()).isEqualTo("OFF");
    awaitAudit("gate.refused", forged.id().value(), "BAD_SIGNATURE");
    awaitAudit("gate.refused", unsigned.id().value(), "BAD_SIGNATURE");
    assertAuditIntact();
  }

  @Test
  void shouldRefuseWhenAPreconditionBreaksBetweenApprovalAndExecution() throws Exception {
    // Given
    Proposal proposal = awaitProposalAfterPumpStop();
    approve(proposal, ANNA);

    // When
    house.plant().fault("key purif.pump-b.remote LOCAL");
    Awaitility.await().atMost(SOON).until(() -> house.reads("purif.pump-b.remote").equals("LOCAL"));
    approve(proposal, BERT);

    // Then
    Proposal ended = awaitEnd(proposal.id());
    assertThat(ended.state()).isInstanceOf(ProposalState.Aborted.class);
    assertThat(ended.record()).isEmpty();
    assertThat(house.plant().read("LAR:PURIF:PUMP_A:ENABLE").display()).isEqualTo("ON");
    assertThat(house.plant().read("LAR:PURIF:PUMP_B:ENABLE").display()).isEqualTo("OFF");
    awaitAudit("proposal.aborted", proposal.id().value(), "nobody works at pump B");
    house.plant().fault("key purif.pump-b.remote REMOTE");
    assertAuditIntact();
  }

  @Test
  void shouldReadBackAndNeverRepeatAWriteInWhichTheDeviceServerDied() throws Exception {
    // Given
    Proposal proposal = awaitProposalAfterPumpStop();
    approve(proposal, ANNA);
    long firstLife = house.softIocPid();
    house.hangSoftIocDisk();

    // When
    approve(proposal, BERT);
    Awaitility.await("the device shows the write that it has not confirmed")
        .atMost(SOON)
        .until(() -> house.reads("purif.pump-a.enable").equals("OFF"));
    house.replaceSoftIocDisk();
    house.signalSoftIoc("-KILL");

    // Then
    Awaitility.await("the outcome is unknown at first")
        .atMost(SOON)
        .until(() -> outcomes(proposal.id()), o -> !o.isEmpty());
    assertThat(outcomes(proposal.id()).getFirst()).isInstanceOf(CommandOutcome.Unknown.class);
    Awaitility.await("the device server is started again")
        .atMost(SOON)
        .until(() -> house.softIocPid() > 0 && house.softIocPid() != firstLife);
    Awaitility.await("the outcome is resolved by reading back")
        .atMost(Duration.ofSeconds(120))
        .until(() -> outcomes(proposal.id()).getLast() instanceof CommandOutcome.Refused);
    assertThat(((CommandOutcome.Refused) outcomes(proposal.id()).getLast()).detail())
        .contains("ON");
    assertThat(house.plant().read("LAR:PURIF:PUMP_A:ENABLE").display()).isEqualTo("ON");
    assertThat(attempts(proposal.id())).hasSize(1);
    awaitAudit("gate.unknown", proposal.id().value(), "");
    assertAuditIntact();
    closeOpenProposals();
  }

  @Test
  void shouldConfirmByReadingBackAWriteThatASlowDeviceServerTookAfterAll() throws Exception {
    // Given
    Proposal proposal = awaitProposalAfterPumpStop();
    approve(proposal, ANNA);
    house.hangSoftIocDisk();

    // When
    approve(proposal, BERT);
    Awaitility.await("the outcome is unknown at first")
        .atMost(SOON)
        .until(() -> outcomes(proposal.id()), o -> !o.isEmpty());
    house.releaseSoftIocDisk();

    // Then
    assertThat(outcomes(proposal.id()).getFirst()).isInstanceOf(CommandOutcome.Unknown.class);
    Awaitility.await("the outcome is resolved by reading back")
        .atMost(Duration.ofSeconds(120))
        .until(() -> outcomes(proposal.id()).getLast() instanceof CommandOutcome.Confirmed);
    Proposal ended = awaitEnd(proposal.id());
    assertThat(ended.state()).isInstanceOf(ProposalState.Verified.class);
    assertThat(attempts(proposal.id()))
        .hasSize(2)
        .extracting(r -> r.command().stepIndex())
        .containsExactly(0, 1);
    assertAuditIntact();
    house.plant().fault("clear all");
    house.plant().fault("hand purif.pump-b.enable 0");
    house.plant().fault("hand purif.pump-a.enable 1");
  }

  private static Command startPumpB() {
    return new Command(
        new CommandId(house.freshId()),
        new ProposalId(house.freshId()),
        Bytes.of(new byte[32]),
        0,
        PUMP_B,
        new Value.ChoiceValue(1, "ON"),
        "",
        List.of(),
        house.wallNs(),
        house.wallNs() + 60_000_000_000L,
        5_000_000_000L,
        Person.ORRERY.name(),
        List.of("anna"));
  }

  private static Bytes sign(Command command, KeyPair keys) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(command.canonicalBytes().toArray());
    return Bytes.of(signature.sign());
  }

  /** Stops the pump in the plant, and says on the bus what the diagnoser would say. */
  private static Proposal awaitProposalAfterPumpStop() throws Exception {
    house.plant().fault("F5 start");
    Awaitility.await("the pump stands still")
        .atMost(SOON)
        .until(
            () ->
                Double.parseDouble(house.reads("purif.flow")) < 0.3
                    && Double.parseDouble(house.reads("purif.pump-a.speed")) < 1
                    && Double.parseDouble(house.reads("purif.pump-b.current")) < 0.4);
    String id = house.freshId();
    house.bus().publish(Topics.DIAGNOSES, Diagnoses.pumpAStopped(id, house.plantNs()));
    return Awaitility.await("a proposal awaits approval")
        .atMost(SOON)
        .until(
            () ->
                house.ask(Endpoints.PROPOSALS_LIST, Nothing.NOTHING).stream()
                    .filter(p -> p.state() instanceof ProposalState.AwaitingApproval)
                    .filter(p -> p.diagnosis().orElseThrow().id().value().equals(id))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static void approve(Proposal proposal, Person person) {
    Reply<Proposal> reply =
        house.ask(
            Endpoints.PROPOSALS_DECIDE,
            new DecisionRequest.Approve(
                proposal.id(), proposal.plan().hash(), person, "seen and agreed"));
    assertThat(reply).isInstanceOf(Reply.Done.class);
  }

  private static Proposal awaitEnd(ProposalId id) {
    return Awaitility.await("the proposal ends")
        .atMost(Duration.ofSeconds(120))
        .until(
            () -> house.ask(Endpoints.PROPOSALS_GET, id).orElseThrow(),
            p -> p.state().terminal() || p.state() instanceof ProposalState.Held);
  }

  private static void closeOpenProposals() {
    for (Proposal open : house.ask(Endpoints.PROPOSALS_LIST, Nothing.NOTHING)) {
      if (open.state() instanceof ProposalState.Held) {
        house.ask(
            Endpoints.PROPOSALS_DECIDE, new DecisionRequest.Abort(open.id(), ANNA, "test is over"));
      }
    }
  }

  private static List<GateRecord> attempts(ProposalId proposal) {
    return house.gateRecords().stream()
        .filter(r -> r.command().proposal().equals(proposal) && r.outcome().isEmpty())
        .toList();
  }

  private static List<CommandOutcome> outcomes(ProposalId proposal) {
    return house.ask(Endpoints.PROPOSALS_GET, proposal).orElseThrow().record().stream()
        .limit(1)
        .flatMap(step -> step.outcomes().stream())
        .toList();
  }

  private static void awaitAudit(String action, String subjectOrContent, String content) {
    Awaitility.await("audit entry " + action)
        .atMost(SOON)
        .until(
            () -> audit(),
            entries ->
                entries.stream()
                    .anyMatch(
                        e ->
                            e.action().equals(action)
                                && (e.subject() + e.content()).contains(subjectOrContent)
                                && e.content().contains(content)));
  }

  private static List<AuditRecord> audit() {
    return house.ask(Endpoints.AUDIT_LIST, 0L);
  }

  private static void assertAuditIntact() {
    assertThat(house.ask(Endpoints.AUDIT_VERIFY, Nothing.NOTHING))
        .isInstanceOf(AuditVerdict.Intact.class);
  }

  private static void assertRefused(CommandOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            CommandOutcome.Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }
}
