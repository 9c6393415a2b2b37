package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;
import static org.orrery.supervision.Fixtures.FLOW;
import static org.orrery.supervision.Fixtures.SPEED_B;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.contract.Provenance;
import org.orrery.contract.Reply;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.ChannelGroup;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.Rule;
import org.orrery.contract.access.AccessRules.UserGroup;
import org.orrery.contract.command.Command;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.Trajectory;
import org.orrery.supervision.Rig;
import org.orrery.supervision.core.restore.Bench;
import org.orrery.supervision.runtime.audit.SigningKey;

/** From a person's wish to the commands that reach the gate. */
class RestoresTest {
  private static final ChannelId VOLTAGE = new ChannelId("hv.cathode.voltage-set");

  /** Experts may ask for and approve what belongs to the purification, and nothing else. */
  private static final AccessRules ACCESS =
      new AccessRules(
          false,
          Map.of("crew", new UserGroup(Set.of("anna", "bert"), Set.of())),
          Map.of("purification", new ChannelGroup(Set.of(), Set.of(), Set.of("purif"))),
          List.of(
              new Rule(Set.of(Right.APPROVE), List.of("crew"), List.of("purification"), Set.of())));

  @TempDir private Path data;
  private Rig rig;

  @BeforeEach
  void start() {
    rig =
        new Rig(
            data,
            room -> {
              try {
                return new SupervisionVerticle(
                    room, Rig.CONFIG, ACCESS, new FlakyStore(), SigningKey.loadOrCreate(data));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    rig.twin = request -> knowing(SPEED_B, FLOW);
    rig.bus()
        .serve(
            Endpoints.SNAPSHOTS_GET,
            id ->
                Future.succeededFuture(
                    Optional.of(
                        Bench.of(
                            List.of("all"),
                            List.of(
                                Bench.entry(SPEED_B, 0, Bench.number(40), "Hz", Quality.GOOD),
                                Bench.entry(
                                    VOLTAGE, 0, Bench.number(-170), "kV", Quality.GOOD))))));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Rehearsal knowing(ChannelId... known) {
    return new Rehearsal.Rehearsed(
        0,
        Stream.of(known).map(id -> new Trajectory(id, "Hz", List.of())).toList(),
        List.of(),
        List.of(),
        Agreement.AGREES,
        Optional.empty(),
        "1",
        Provenance.live(0, 0, "twin", "1", 0, ""));
  }

  /** Asked again until the readings are there. */
  private Proposal proposed() {
    Reply<Proposal> reply =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> rig.ask(Endpoints.RESTORE_PROPOSE, Bench.request(SPEED_B)),
                Reply.Done.class::isInstance);
    assertThat(reply).isInstanceOf(Reply.Done.class);
    return rig.awaitState(ProposalState.AwaitingApproval.class);
  }

  @Test
  void shouldCarryWhoAskedToTheGateAndHaveSomebodyElseApprove() {
    // Given
    Proposal proposal = proposed();
    assertThat(proposal.plan().risk()).isEqualTo(RiskClass.NORMAL);

    // When
    Reply<Proposal> own = rig.approve(proposal, ANNA);
    Reply<Proposal> other = rig.approve(proposal, BERT);
    rig.awaitState(ProposalState.Verified.class);

    // Then
    assertThat(own)
        .isInstanceOfSatisfying(
            Reply.Declined.class, no -> assertThat(no.reason()).contains("anna asked for this"));
    assertThat(other).isInstanceOf(Reply.Done.class);
    assertThat(rig.executed).extracting(Command::askedBy).containsExactly("anna");
    assertThat(rig.executed.getFirst().approvedBy()).containsExactly("bert");
    assertThat(rig.audit())
        .filteredOn(entry -> entry.action().equals("proposal.draft"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("anna");
              assertThat(entry.content()).contains("\"asker\":\"anna\"");
            });
  }

  @Test
  void shouldProposeNothingThatTheAccessRulesDoNotLetThePersonAskFor() {
    // Given
    proposed();

    // When
    Reply<Proposal> reply = rig.ask(Endpoints.RESTORE_PROPOSE, Bench.request(VOLTAGE));

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Declined.class,
            no ->
                assertThat(no.reason())
                    .contains("the access rules do not let anna have it written"));
    assertThat(rig.proposals()).hasSize(1);
  }
}
