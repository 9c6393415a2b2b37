package org.orrery.operations.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;

class ValueTextTest {
  @Property
  void shouldReadWhatItWrote(@ForAll("values") Value value) {
    String text = ValueText.write(value);
    assertThat(ValueText.read(text)).isEqualTo(value);
    assertThat(text).doesNotContain("\0");
  }

  @Provide
  Arbitrary<Value> values() {
    Arbitrary<Double> any = Arbitraries.doubles().withSpecialValue(Double.NaN);
    Arbitrary<String> words = Arbitraries.strings().withChars("\0\\ 0aä,").ofMaxLength(8);
    return Arbitraries.oneOf(
        any.map(Value.DoubleValue::new),
        Arbitraries.longs().map(Value.LongValue::new),
        words.map(Value.TextValue::new),
        Combinators.combine(Arbitraries.integers().between(0, 9), words).as(Value.ChoiceValue::new),
        any.array(Double[].class)
            .ofMaxSize(4)
            .map(
                array ->
                    DoubleArrayValue.of(
                        java.util.Arrays.stream(array).mapToDouble(d -> d).toArray())));
  }

  @Test
  void shouldRefuseWhatItDidNotWrite() {
    assertThatThrownBy(() -> ValueText.read("float 1")).hasMessageContaining("float 1");
    assertThatThrownBy(() -> ValueText.read("nonsense")).hasMessageContaining("nonsense");
  }
}
