package org.orrery.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesTest {
  @Test
  void shouldReadRolesAndNameTheProcessByThem() {
    // When
    Roles roles = Roles.parse("server, gateway,operations,alarms");

    // Then
    assertThat(roles.has(Role.GATEWAY)).isTrue();
    assertThat(roles.has(Role.TWIN)).isFalse();
    assertThat(roles.all()).isFalse();
    assertThat(roles).hasToString("alarms,gateway,operations,server");
    assertThat(Roles.parse(Roles.ALL.toString()).all()).isTrue();
  }

  @Test
  void shouldListEveryProblemOfTheRoles() {
    // When, Then
    assertThatThrownBy(() -> Roles.parse("gateway,gatway,twin,twin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'gatway' is no role; the roles are gateway,alarms,operations")
        .hasMessageContaining("twin stands twice")
        .hasMessageContaining("gateway, alarms and operations run in one process");
  }

  @Test
  void shouldShareADataDirectoryAmongDifferentRolesOnly(@TempDir Path data) throws Exception {
    // Given
    DataDirectory core = DataDirectory.take(data, Roles.parse("gateway,alarms,operations"));

    // When, Then: this process cannot hold a lock twice either, so a role alone is enough to try
    assertThatThrownBy(() -> DataDirectory.take(data, Roles.ALL))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("another Orrery runs on");
    core.close();
    DataDirectory.take(data, Roles.ALL).close();
  }
}
