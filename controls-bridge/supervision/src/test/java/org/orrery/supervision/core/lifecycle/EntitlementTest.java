package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.ChannelGroup;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.Rule;
import org.orrery.contract.access.AccessRules.UserGroup;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.supervision.Fixtures;

class EntitlementTest {
  private static final Plan PLAN = Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE);

  /** Anna alone may approve writing to both pumps, in PHYSICS. */
  private final Entitlement entitlement =
      new Entitlement(
          new AccessRules(
              false,
              Map.of("crew", new UserGroup(Set.of("anna"), Set.of())),
              Map.of("pumps", new ChannelGroup(Set.of(), Set.of(), Set.of("purif"))),
              List.of(
                  new Rule(
                      Set.of(Right.APPROVE),
                      List.of("crew"),
                      List.of("pumps"),
                      Set.of("PHYSICS")))),
          Fixtures.facility());

  @Test
  void shouldNameTheChannelsThatAPersonMayNotApprove() {
    assertThat(entitlement.barred(ANNA, PLAN, Optional.of("PHYSICS"))).isEmpty();
    assertThat(entitlement.barred(BERT, PLAN, Optional.of("PHYSICS")))
        .get()
        .asString()
        .contains("purif.pump-a.enable", "purif.pump-b.enable", "in PHYSICS");
    assertThat(entitlement.barred(ANNA, PLAN, Optional.empty()))
        .get()
        .asString()
        .contains("mode is not known");
  }

  @Test
  void shouldNotCountTheApprovalOfSomebodyWhoIsBarred() {
    // Given
    ProposalMachine machine = new ProposalMachine(LifecyclePolicy.DEFAULT);
    Proposal draft = Fixtures.draft(PLAN, 0);
    Proposal open =
        new Proposal(
            draft.id(),
            3,
            PLAN,
            Optional.empty(),
            Optional.empty(),
            new ProposalState.AwaitingApproval(0, List.of()),
            List.of(),
            0);
    Optional<String> barred = entitlement.barred(BERT, PLAN, Optional.of("PHYSICS"));

    // When
    Transition refused = machine.step(open, new Event.Approve(BERT, PLAN.hash(), "yes", barred), 1);
    Transition accepted = machine.step(open, new Event.Approve(ANNA, PLAN.hash(), "yes"), 1);

    // Then
    assertThat(refused)
        .isInstanceOfSatisfying(
            Transition.Stayed.class,
            stayed -> assertThat(stayed.refusal().text()).contains("bert", "access rules"));
    assertThat(accepted).isInstanceOf(Transition.Moved.class);
  }
}
