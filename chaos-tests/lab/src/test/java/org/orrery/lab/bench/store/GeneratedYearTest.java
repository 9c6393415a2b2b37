package org.orrery.lab.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.sample.Sample;

class GeneratedYearTest {
  private final GeneratedYear year = new GeneratedYear(1_003, 7);

  @Test
  void shouldGiveEverySampleOnceInOrderOfTimeWithinTheYear() {
    // Given
    List<Sample> all = new ArrayList<>();
    // When
    for (long at = 0; at < year.samples(); at += 100) {
      all.addAll(year.batch(at, 100));
    }
    // Then
    assertThat(all).hasSize(1_003);
    assertThat(all)
        .extracting(sample -> sample.channel() + "@" + sample.sourceTimeNs())
        .doesNotHaveDuplicates();
    assertThat(all).extracting(Sample::sourceTimeNs).isSorted();
    assertThat(all.getFirst().sourceTimeNs()).isEqualTo(GeneratedYear.START_NS);
    assertThat(all.getLast().sourceTimeNs())
        .isLessThan(GeneratedYear.START_NS + GeneratedYear.YEAR_NS);
    assertThat(all).extracting(Sample::channel).startsWith(all.get(7).channel());
  }

  @Test
  void shouldGiveTheSameAgainAfterAStop() {
    // When
    List<Sample> before = year.batch(500, 100);
    List<Sample> again = new GeneratedYear(1_003, 7).batch(500, 100);
    // Then
    assertThat(again).isEqualTo(before);
  }
}
