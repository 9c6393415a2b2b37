package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.ENABLE;
import static org.orrery.gateway.core.TestPlant.sign;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.proposal.Claim;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;

/** A gate that has just started, before and after supervision has said which plans are open. */
class GateClaimsTest {
  private static final Claim HELD_PLAN = new Claim(new ProposalId("p-held"), Set.of(ENABLE));

  private final GateRig rig = new GateRig();

  @BeforeEach
  void startSilent() {
    rig.supervisionSilent = true;
    rig.crashAndRestart();
  }

  private CommandOutcome write(String id, double hertz) {
    return rig.run(sign(speed(id, hertz, rig.time.nowNs())));
  }

  private static void assertBusy(CommandOutcome outcome, String words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.DEVICE_BUSY);
              assertThat(refused.detail()).contains(words);
            });
  }

  private static Proposal ended(String id) {
    Plan plan =
        new Plan(
            new ProposalId(id),
            "test",
            "Test",
            "",
            Optional.empty(),
            Optional.empty(),
            RiskClass.NORMAL,
            List.of(),
            List.of(),
            0,
            "");
    return new Proposal(
        plan.proposal(),
        2,
        plan,
        Optional.empty(),
        Optional.empty(),
        new ProposalState.Aborted(0, "by a person"),
        List.of(),
        0);
  }

  @Test
  void shouldRefuseWhatMayBeInTheWayOfAPlanThatItHasNotHeardOf() {
    // When
    CommandOutcome before = write("c-1", 50);
    List<List<DryRun.Step>> dryRun = new ArrayList<>();
    rig.gate.dryRun(List.of(speed("c-2", 50, rig.time.nowNs())), dryRun::add);
    CommandOutcome towardsSafety = write("c-3", 30);
    rig.gate.onClaims(List.of());
    CommandOutcome after = write("c-4", 50);

    // Then
    assertBusy(before, "supervision has not said since the gate started which plans are open");
    assertThat(dryRun.getFirst().getFirst().reason()).contains(Reason.DEVICE_BUSY);
    assertThat(towardsSafety).as("getting safe is quick").isInstanceOf(Confirmed.class);
    assertThat(after).isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldKeepTheDevicesOfAPlanThatWasHeldBeforeItStartedUntilThatEnds() {
    // Given: the plan writes to another channel of the same device
    rig.gate.onClaims(List.of(HELD_PLAN));

    // When
    CommandOutcome whileHeld = write("c-1", 50);
    rig.gate.onProposal(ended("p-held"));
    CommandOutcome afterwards = write("c-2", 50);

    // Then
    assertBusy(whileHeld, "proposal p-held, which is not finished");
    assertThat(afterwards).isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldNotTakeUpAClaimThatHasEndedWhileItWasTold() {
    // When: the answer was on its way
    rig.gate.onProposal(ended("p-held"));
    rig.gate.onClaims(List.of(HELD_PLAN));

    // Then
    assertThat(write("c-1", 50)).isInstanceOf(Confirmed.class);
    assertThat(rig.gate.knowsClaims()).isTrue();
  }
}
