package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.value.Value;

/** The approver sees the very thing. */
class ProposalViewsTest {
  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void shouldShowWhatMustHoldBeforeAStepIsTakenBack() {
    // Given
    Precondition other =
        new Precondition(
            new ChannelId("purif.pump-b.enable"),
            new Precondition.Condition.Shows("OFF"),
            60 * SECOND_NS,
            "only one pump may run");
    Precondition flow =
        new Precondition(
            new ChannelId("purif.flow"),
            new Precondition.Condition.Within(-0.5, 0.5),
            60 * SECOND_NS,
            "nothing circulates");
    Step step =
        new Step(
            "Switch pump A off",
            new ChannelId("purif.pump-a.enable"),
            new Value.ChoiceValue(0, "OFF"),
            "",
            List.of(),
            List.of(),
            "It stands.",
            Optional.of(
                new Step.Undo(
                    new Value.ChoiceValue(1, "ON"), List.of(other, flow), "it was on before")),
            5 * SECOND_NS);
    Plan plan =
        new Plan(
                new ProposalId("p-1"),
                "test/1",
                "title",
                "reason",
                Optional.empty(),
                Optional.of("anna"),
                RiskClass.NORMAL,
                List.of(),
                List.of(step),
                0,
                "cryo on call")
            .limitedTo(90 * SECOND_NS);
    Proposal proposal =
        new Proposal(
            plan.proposal(),
            1,
            plan,
            Optional.empty(),
            Optional.empty(),
            new ProposalState.AwaitingApproval(0, List.of()),
            List.of(),
            0);

    // When
    JsonNode full = ProposalViews.full(proposal, Map.of());
    JsonNode undo = full.at("/plan/steps/0/undo");
    JsonNode limit = full.at("/plan/timeLimitMs");

    // Then
    assertThat(full.at("/askedBy").asText()).isEqualTo("anna");
    assertThat(limit.asDouble()).isEqualTo(90_000);
    assertThat(undo.at("/preconditions/0/channel").asText()).isEqualTo("purif.pump-b.enable");
    assertThat(undo.at("/preconditions/0/shows").asText()).isEqualTo("OFF");
    assertThat(undo.at("/preconditions/0/because").asText()).isEqualTo("only one pump may run");
    assertThat(undo.at("/preconditions/1/high").asDouble()).isEqualTo(0.5);
  }
}
