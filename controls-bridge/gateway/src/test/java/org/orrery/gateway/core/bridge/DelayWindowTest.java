package org.orrery.gateway.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DelayWindowTest {
  @Property
  void shouldTellAQuantileNoLowerThanItIsAndAtMostATenthHigher(
      @ForAll @Size(min = 1, max = 200)
          List<@DoubleRange(min = 0.0002, max = 5000) @Scale(7) Double> delays,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    // Given
    DelayWindow window = new DelayWindow();
    delays.forEach(window::add);

    // When
    double told = window.quantile(share).orElseThrow();

    // Then
    List<Double> sorted = delays.stream().sorted().toList();
    double exact = sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    assertThat(told).isBetween(exact * (1 - 1e-9), exact * 1.1 * (1 + 1e-9));
  }

  @Test
  void shouldForgetWhatIsTwoStretchesOldAndBoundWhatIsBeyondItsEnds() {
    // Given
    DelayWindow window = new DelayWindow();
    window.add(2);

    // When
    window.roll();
    boolean kept = window.quantile(0.5).isPresent();
    window.roll();

    // Then
    assertThat(kept).isTrue();
    assertThat(window.quantile(0.5)).isEmpty();
    window.add(-5);
    assertThat(window.quantile(0.5).orElseThrow()).isEqualTo(1e-4);
    window.add(1e12);
    assertThat(window.quantile(1).orElseThrow()).isBetween(5_000.0, 20_000.0);
  }
}
