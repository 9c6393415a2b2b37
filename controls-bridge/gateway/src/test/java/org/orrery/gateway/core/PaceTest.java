package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.HEATER;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.sign;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.value.Value;

/**
 * How often a device is written to: three times in ten minutes for the heater of the test plant.
 */
class PaceTest {
  private final GateRig rig = new GateRig();
  private int number;

  @Example
  void shouldLetThroughNoMoreThanTheBudgetAlsoOverARestart() {
    // Given
    for (int i = 0; i < 3; i++) {
      assertThat(heat(41 + i)).isInstanceOf(Confirmed.class);
    }

    // When
    CommandOutcome fourth = heat(45);
    rig.crashAndRestart();
    rig.time.advance(20 * SECOND);
    CommandOutcome afterRestart = heat(45);
    CommandOutcome towardsSafety = heat(30);
    rig.time.advance(600 * SECOND);
    CommandOutcome later = heat(45);

    // Then
    assertThat(fourth)
        .isInstanceOfSatisfying(
            Refused.class,
            no -> {
              assertThat(no.reason()).isEqualTo(Reason.TOO_FAST);
              assertThat(no.detail())
                  .contains("device heater was written to 3 times within 600.0 s, at most 3");
            });
    assertThat(afterRestart)
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.TOO_FAST));
    assertThat(towardsSafety).isInstanceOf(Confirmed.class);
    assertThat(later).isInstanceOf(Confirmed.class);
  }

  /** Whenever commands come, and whenever Orrery dies: never more than three in any ten minutes. */
  @Property(tries = 100)
  void shouldKeepTheBudgetWheneverCommandsCome(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 300) Integer> waits) {
    // Given
    GateRig own = new GateRig();
    int count = 0;

    // When
    for (int wait : waits) {
      own.time.advance(wait * SECOND);
      if (wait % 7 == 3) {
        own.crashAndRestart();
      }
      own.execute(heat(own, "c-" + ++count, 40 + count * 0.2));
      own.time.advance(SECOND);
    }

    // Then
    List<Long> puts =
        own.journal.stream()
            .filter(JournalEntry.Attempted.class::isInstance)
            .map(entry -> ((JournalEntry.Attempted) entry).wallNs())
            .toList();
    for (int i = 3; i < puts.size(); i++) {
      assertThat(puts.get(i) - puts.get(i - 3)).isGreaterThanOrEqualTo(600 * SECOND);
    }
  }

  @Example
  void shouldJudgeThePaceOfAWriteThatNoLongerGoesTowardsSafety() {
    // Given: the budget is used up, and 30 W is less than the 43 W that the heater has
    for (int i = 0; i < 3; i++) {
      assertThat(heat(41 + i)).isInstanceOf(Confirmed.class);
    }
    int before = rig.control.puts.size();

    // When: somebody else turns it down to 20 W while the attempt is written down
    rig.onJournal = () -> rig.control.show(TestPlant.pv(HEATER), Value.of(20.0));
    CommandOutcome outcome = heat(30);

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.TOO_FAST));
    assertThat(rig.control.puts).hasSize(before);
  }

  private CommandOutcome heat(double watts) {
    return rig.run(heat(rig, "c-" + ++number, watts));
  }

  private static org.orrery.contract.command.SignedCommand heat(
      GateRig rig, String id, double watts) {
    return sign(TestPlant.command(id, HEATER, Value.of(watts), "W", rig.time.nowNs(), List.of()));
  }
}
