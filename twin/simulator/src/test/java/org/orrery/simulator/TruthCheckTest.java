package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruthCheckTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F1 start",
        "F3 start",
        "F4 start",
        "F5 start",
        "F8 start",
        "F9 start",
        "F10 start"
      })
  void shouldFindEveryFaultAsItsTruthSays(String line) {
    // Given
    TruthCheck check = new TruthCheck(31).hours(1);
    // When
    var failures = check.failures(line);
    // Then
    assertThat(failures).isEmpty();
  }

  @Test
  void shouldMissWhatTheFaultIsTooWeakToDo() {
    // Given
    TruthCheck check = new TruthCheck(31).hours(1);
    // When
    var failures = check.failures("F3 start severity=0");
    // Then
    assertThat(failures)
        .hasSize(4)
        .allMatch(text -> text.contains("UP"))
        .anyMatch(text -> text.contains("hv.cathode.current"))
        .anyMatch(text -> text.contains("mon.enc.u"));
  }

  @Test
  void shouldNoticeWhatOughtToStayAndDoesNot() {
    // Given
    TruthCheck check = new TruthCheck(31).hours(1).besides("F3 start severity=1 ramp=3600");
    // When
    var failures = check.failures("F1 start");
    // Then
    assertThat(failures)
        .hasSize(3)
        .allMatch(text -> text.contains("UNCHANGED"))
        .anyMatch(text -> text.contains("mon.enc.u"));
  }
}
