package org.orrery.contract.facility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChannelPatternTest {
  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab*,").ofMinLength(1).ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(7);
  }

  @Property(tries = 2_000)
  void shouldMatchAsARegularExpressionDoes(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    String expression = pattern.replace("*", ".*").replace(",", "|");
    assertThat(new ChannelPattern(pattern).matches(new ChannelId(name)))
        .isEqualTo(Pattern.matches(expression, name));
  }

  @Example
  void shouldRefuseWhatNamesNoChannel() {
    assertThatThrownBy(() -> new ChannelPattern("LAR:*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("purif.*");
  }
}
