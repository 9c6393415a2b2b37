package org.orrery.archive.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RetentionTest {
  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab*").ofMaxLength(7);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab").ofMaxLength(7);
  }

  @Property(tries = 2_000)
  void shouldMatchStarsAsARegularExpressionDoes(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    String expression = pattern.replace("*", ".*");
    assertThat(Glob.matches(pattern, name)).isEqualTo(Pattern.matches(expression, name));
  }
}
