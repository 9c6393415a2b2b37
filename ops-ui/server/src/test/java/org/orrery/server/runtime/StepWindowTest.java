package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.value.Value;

class StepWindowTest {
  private static Proposal proposal(int steps, ProposalState state, List<StepRecord> record) {
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      all.add(
          new Step(
              "step " + i,
              new ChannelId("c" + i),
              Value.of(i),
              "V",
              List.of(),
              List.of(),
              "",
              Optional.empty(),
              1));
    }
    Plan plan =
        new Plan(
            new ProposalId("p"),
            "restore/1",
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            RiskClass.HIGH,
            List.of(),
            all,
            0,
            "");
    return new Proposal(
        plan.proposal(), 1, plan, Optional.empty(), Optional.empty(), state, record, 0);
  }

  private static StepRecord record(int step, boolean confirmed) {
    CommandId id = new CommandId("c" + step);
    CommandOutcome outcome =
        confirmed
            ? new CommandOutcome.Confirmed(id, 0, Value.of(0))
            : new CommandOutcome.Refused(id, 0, CommandOutcome.Reason.TAGGED_OUT, "");
    return new StepRecord(step, false, id, List.of(outcome), List.of());
  }

  @Test
  void shouldShowAUsualPlanAsAWhole() {
    StepWindow window =
        StepWindow.of(
            proposal(200, new ProposalState.Draft(0), List.of(record(3, true))), OptionalInt.of(7));
    assertThat(window.first()).isZero();
    assertThat(window.steps()).hasSize(200);
    assertThat(window.records()).hasSize(1);
  }

  @Test
  void shouldShowALongPlanAroundTheStepAtHandAndTroubleWhereverItWas() {
    // Given
    List<StepRecord> record = new ArrayList<>();
    for (int i = 0; i <= 3_000; i++) {
      record.add(record(i, i != 5));
    }
    ProposalState held = new ProposalState.Held(0, List.of(), 3_000, "");

    // When
    StepWindow window = StepWindow.of(proposal(5_000, held, record), OptionalInt.empty());

    // Then
    assertThat(window.first()).isEqualTo(2_980);
    assertThat(window.steps()).hasSize(200);
    assertThat(window.records()).hasSize(22).contains(record.get(5));
  }

  @Test
  void shouldStayWithinThePlanWhateverIsAskedFor() {
    Proposal proposal = proposal(5_000, new ProposalState.Draft(0), List.of());
    assertThat(StepWindow.of(proposal, OptionalInt.of(-9)).first()).isZero();
    assertThat(StepWindow.of(proposal, OptionalInt.of(99_999)).first()).isEqualTo(4_800);
  }
}
