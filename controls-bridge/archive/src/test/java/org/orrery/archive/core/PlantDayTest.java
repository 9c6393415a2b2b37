package org.orrery.archive.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PlantDayTest {
  @Property(tries = 500)
  void shouldHoldEveryInstantInExactlyOneDay(@ForAll long timeNs) {
    // When
    PlantDay day = PlantDay.of(timeNs);

    // Then
    assertThat(timeNs / 1e9).isBetween(day.epochDay() * 86_400.0, (day.epochDay() + 1) * 86_400.0);
    if (day.isPlausible()) {
      assertThat(timeNs).isBetween(day.fromNs(), day.toNs() - 1);
      assertThat(day.next().fromNs()).isEqualTo(day.toNs());
      assertThat(PlantDay.of(day.toNs())).isEqualTo(day.next());
    }
  }

  @Property(tries = 200)
  void shouldNameDaysInTheOrderOfTime(
      @ForAll @LongRange(min = 11_000, max = 80_000) long epochDay) {
    assertThat(new PlantDay(epochDay).suffix())
        .hasSize(8)
        .isLessThan(new PlantDay(epochDay + 1).suffix());
  }

  @Example
  void shouldKnowWhichDaysAPlantCanHave() {
    assertThat(PlantDay.of(0).isPlausible()).isFalse();
    assertThat(PlantDay.of(1_795_399_151_000_000_000L).isPlausible()).isTrue();
    assertThat(PlantDay.of(1_795_399_151_000_000_000L).suffix()).isEqualTo("20261123");
    assertThat(PlantDay.of(Long.MAX_VALUE).isPlausible()).isFalse();
  }
}
