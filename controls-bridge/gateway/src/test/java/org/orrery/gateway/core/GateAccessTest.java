package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.sign;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person.Role;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.access.AccessRules.ChannelGroup;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.Rule;
import org.orrery.contract.access.AccessRules.UserGroup;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.Consent;

/** The gate asks the access rules by itself, by the roles that the signed command says. */
class GateAccessTest {
  private static final AccessRules BY_ROLE =
      new AccessRules(
          false,
          Map.of(
              "experts", new UserGroup(Set.of(), Set.of(Role.EXPERT)),
              "askers", new UserGroup(Set.of("orrery"), Set.of(Role.SHIFTER))),
          Map.of("pump", new ChannelGroup(Set.of(), Set.of("pump-b"), Set.of())),
          List.of(
              new Rule(Set.of(Right.APPROVE), List.of("experts"), List.of("pump"), Set.of()),
              new Rule(Set.of(Right.WRITE), List.of("askers"), List.of("pump"), Set.of())));

  private final GateRig rig = new GateRig();

  @BeforeEach
  void askRules() {
    GateSettings usual = GateSettings.DEFAULT;
    rig.settings =
        new GateSettings(
            usual.longestPutNs(),
            usual.readbackNs(),
            usual.quietNs(),
            usual.interlocks(),
            usual.mode(),
            BY_ROLE);
    rig.crashAndRestart();
  }

  private static Consent orrery() {
    return new Consent("orrery", Set.of(), 1);
  }

  private CommandOutcome run(String id, Consent asked, Consent... approvals) {
    Command c = speed(id, 50, rig.time.nowNs());
    return rig.run(
        sign(
            new Command(
                c.id(),
                c.proposal(),
                c.planHash(),
                c.stepIndex(),
                c.channel(),
                c.value(),
                c.unit(),
                c.preconditions(),
                c.issuedAtNs(),
                c.deadlineNs(),
                c.timeoutNs(),
                asked,
                List.of(approvals))));
  }

  private static void assertBarred(CommandOutcome outcome, String... words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.ACCESS);
              assertThat(refused.detail()).contains(words);
            });
  }

  @Test
  void shouldWriteWhatSomebodyApprovedWhoHadTheRoleThen() {
    // When
    CommandOutcome outcome =
        run("c-1", orrery(), new Consent("vera", Set.of(Role.EXPERT, Role.SHIFTER), 7));

    // Then
    assertThat(outcome).isInstanceOf(Confirmed.class);
  }

  @Test
  void shouldRefuseByItselfWhatSomebodyApprovedWithoutTheRole() {
    // When
    CommandOutcome another =
        run("c-1", orrery(), new Consent("vera", Set.of(Role.SHIFTER, Role.ADMIN), 7));
    CommandOutcome notOnRecord = run("c-2", orrery(), new Consent("vera", Set.of(), 7));
    CommandOutcome oneOfTwo =
        run(
            "c-3",
            orrery(),
            new Consent("otto", Set.of(Role.EXPERT), 7),
            new Consent("vera", Set.of(Role.SHIFTER), 7));

    // Then
    assertBarred(another, "vera (then admin and shifter) approve writing it");
    assertBarred(notOnRecord, "vera (whose roles are not on record) approve");
    assertBarred(oneOfTwo, "vera (then shifter)");
    assertThat(rig.control.puts).isEmpty();
  }

  @Test
  void shouldJudgeWhoAskedByTheirRoleAsWell() {
    // Given
    Consent approved = new Consent("otto", Set.of(Role.EXPERT), 7);

    // When
    CommandOutcome withoutRole = run("c-1", new Consent("adam", Set.of(Role.ADMIN), 3), approved);
    CommandOutcome shifter = run("c-2", new Consent("sam", Set.of(Role.SHIFTER), 3), approved);

    // Then
    assertBarred(withoutRole, "adam (then admin) have it written");
    assertThat(shifter).isInstanceOf(Confirmed.class);
  }
}
