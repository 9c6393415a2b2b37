package org.orrery.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RestartPolicyTest {
  private final RestartPolicy policy =
      new RestartPolicy(
          Duration.ofMillis(100), Duration.ofSeconds(10), 2.0, Duration.ofSeconds(30), 1000);

  @Property(tries = 200)
  void shouldNeverShrinkAndStayWithinItsBounds(@ForAll @IntRange(min = 1) int failures) {
    // When
    Duration delay = policy.delayAfter(failures);

    // Then
    assertThat(delay).isBetween(policy.initialDelay(), policy.maxDelay());
    assertThat(delay).isGreaterThanOrEqualTo(policy.delayAfter(Math.max(1, failures - 1)));
  }

  @Property(tries = 200)
  void shouldForgiveOnlyALongLife(
      @ForAll @IntRange(min = 1, max = 2000) int before,
      @ForAll @IntRange(max = 60_000) int uptimeMs) {
    // When
    int after = policy.failuresAfter(before, Duration.ofMillis(uptimeMs));

    // Then
    assertThat(after).isEqualTo(uptimeMs >= 30_000 ? 1 : before + 1);
    assertThat(policy.givesUpAfter(after)).isEqualTo(after > 1000);
  }
}
