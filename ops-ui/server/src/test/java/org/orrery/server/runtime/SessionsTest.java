package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person;

/** Who is signed in stays so, however many come. */
class SessionsTest {
  private static final Person ANNA = new Person("anna", Set.of(Person.Role.EXPERT));

  private final AtomicLong nowNs = new AtomicLong();
  private final Sessions sessions = new Sessions(nowNs::incrementAndGet);

  @Test
  void shouldOnlySignOutTheOneNotUsedForLongestWhenFull() {
    // Given
    Sessions.Session oldest = sessions.open(ANNA);
    Sessions.Session used = sessions.open(ANNA);
    for (int i = 0; i < 997; i++) {
      sessions.open(new Person("p" + i, Set.of()));
    }
    Sessions.Session newest = sessions.open(ANNA);
    assertThat(sessions.find(used.token())).isPresent();

    // When
    sessions.open(ANNA);

    // Then
    assertThat(sessions.find(oldest.token())).isEmpty();
    assertThat(sessions.find(used.token())).isPresent();
    assertThat(sessions.find(newest.token())).isPresent();
  }

  @Test
  void shouldSignAnAccountOutEverywhereWhenItChanges() {
    // Given
    Sessions.Session first = sessions.open(ANNA);
    Sessions.Session second = sessions.open(ANNA);
    Sessions.Session other = sessions.open(new Person("ben", Set.of()));

    // When
    sessions.closeAll("anna");

    // Then
    assertThat(sessions.find(first.token())).isEmpty();
    assertThat(sessions.find(second.token())).isEmpty();
    assertThat(sessions.find(other.token())).isPresent();
  }

  @Test
  void shouldNotForgetWhoIsBeingGuessedAtForMadeUpNames() {
    // Given
    for (int i = 0; i < 10; i++) {
      sessions.failed("anna");
    }

    // When
    for (int i = 0; i < 5_000; i++) {
      sessions.failed("nobody" + i);
    }

    // Then
    assertThat(sessions.blocked("anna")).isTrue();
  }
}
