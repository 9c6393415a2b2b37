package org.orrery.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.access.AccessRules.ChannelGroup;
import org.orrery.contract.access.AccessRules.Right;
import org.orrery.contract.access.AccessRules.Rule;
import org.orrery.contract.access.AccessRules.UserGroup;
import org.orrery.contract.access.AccessRules.When;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceGroup;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.value.ValueKind;

class AccessRulesTest {
  private static final Channel SPEED = channel("pump.speed-set", "pump");
  private static final Channel BIAS = channel("pds.bias-set", "pds-supply");
  private static final Facility FACILITY =
      new Facility(
          "t",
          "t",
          "UTC",
          true,
          List.of("STANDBY", "PHYSICS"),
          List.of(),
          Map.of(SPEED.id(), SPEED, BIAS.id(), BIAS),
          Map.of(),
          Map.of("loop", new DeviceGroup("loop", "Loop", List.of("pump"), Set.of())));
  private static final Person VERA = new Person("vera", Set.of(Role.SHIFTER));
  private static final Person OTTO = new Person("otto", Set.of(Role.EXPERT));
  private static final When STANDBY = new When.In(Optional.of("STANDBY"));

  private final AccessRules rules =
      new AccessRules(
          false,
          Map.of(
              "pump-crew", new UserGroup(Set.of("vera", "orrery"), Set.of()),
              "experts", new UserGroup(Set.of(), Set.of(Role.EXPERT))),
          Map.of("circulation", new ChannelGroup(Set.of(), Set.of("loop"), Set.of())),
          List.of(
              new Rule(Set.of(Right.WRITE), List.of("pump-crew"), List.of("circulation"), Set.of()),
              new Rule(
                  Set.of(Right.APPROVE),
                  List.of("experts", "pump-crew"),
                  List.of("circulation"),
                  Set.of("STANDBY"))));

  @Test
  void shouldAllowOnlyWhatARuleAllows() {
    assertThat(rules.allows(VERA, Right.WRITE, SPEED, FACILITY, STANDBY)).isTrue();
    assertThat(rules.allows(VERA, Right.WRITE, BIAS, FACILITY, STANDBY)).isFalse();
    assertThat(rules.allows(OTTO, Right.WRITE, SPEED, FACILITY, STANDBY)).isFalse();
    assertThat(rules.allows(OTTO, Right.APPROVE, SPEED, FACILITY, STANDBY)).isTrue();
  }

  @Test
  void shouldAskForTheModeUnlessAWriteIsTowardsSafety() {
    When physics = new When.In(Optional.of("PHYSICS"));
    When unknown = new When.In(Optional.empty());
    assertThat(rules.allows(OTTO, Right.APPROVE, SPEED, FACILITY, physics)).isFalse();
    assertThat(rules.allows(OTTO, Right.APPROVE, SPEED, FACILITY, unknown)).isFalse();
    assertThat(rules.allows(OTTO, Right.APPROVE, SPEED, FACILITY, new When.TowardsSafety()))
        .isTrue();
    assertThat(rules.allows(VERA, Right.WRITE, SPEED, FACILITY, unknown)).isTrue();
  }

  @Test
  void shouldCountNobodyToARoleThatTheyAreNotSaidToHave() {
    AccessRules byRole =
        new AccessRules(
            false,
            Map.of("experts", new UserGroup(Set.of(), Set.of(Role.EXPERT))),
            rules.channels(),
            List.of(
                new Rule(
                    Set.of(Right.APPROVE), List.of("experts"), List.of("circulation"), Set.of())));
    assertThat(mayApprove(byRole, "otto", Set.of(Role.EXPERT))).isTrue();
    assertThat(mayApprove(byRole, "otto", Set.of(Role.ADMIN))).isFalse();
    assertThat(mayApprove(byRole, "otto", Set.of())).isFalse();
    assertThat(mayApprove(byRole, "orrery", Set.of())).isFalse();
    assertThat(byRole.allows(VERA, Right.APPROVE, SPEED, FACILITY, STANDBY)).isFalse();
  }

  private static boolean mayApprove(AccessRules rules, String name, Set<Role> roles) {
    return rules.allows(name, roles, Right.APPROVE, SPEED, FACILITY, STANDBY);
  }

  @Test
  void shouldAllowEverythingWhereThereAreNoRules() {
    assertThat(mayApprove(AccessRules.OPEN, "anybody", Set.of())).isTrue();
  }

  private static Channel channel(String id, String device) {
    return new Channel(
        new ChannelId(id),
        id,
        ValueKind.DOUBLE,
        "",
        "",
        "s",
        device,
        "",
        List.of(),
        0,
        0,
        AlarmSettings.NONE,
        Optional.empty(),
        List.of());
  }
}
