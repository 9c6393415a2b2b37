package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.epics.pvdata.factory.FieldFactory;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.PVDouble;
import org.epics.pvdata.pv.PVInt;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.contract.value.Value;

class PutEncoderTest {
  private final BitSet bits = new BitSet(8);

  private static PVStructure target(ScalarType type) {
    return PVDataFactory.getPVDataCreate()
        .createPVStructure(
            FieldFactory.getFieldCreate()
                .createFieldBuilder()
                .add("value", type)
                .createStructure());
  }

  @Test
  void shouldWriteANumberAndSayWhichFieldItWrote() {
    // Given
    PVStructure target = target(ScalarType.pvDouble);
    // When
    Optional<String> misfit = PutEncoder.encode(Value.of(-0.25), target, bits);
    // Then
    assertThat(misfit).isEmpty();
    assertThat(target.getSubField(PVDouble.class, "value").get()).isEqualTo(-0.25);
    assertThat(bits.get(1)).isTrue();
  }

  @Test
  void shouldWriteAWholeNumberToAnIntegerPv() {
    // Given
    PVStructure target = target(ScalarType.pvInt);
    // When
    Optional<String> misfit = PutEncoder.encode(Value.of(42.0), target, bits);
    // Then
    assertThat(misfit).isEmpty();
    assertThat(target.getSubField(PVInt.class, "value").get()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1e20, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldNotBendANumberToFitAnIntegerPv(double value) {
    // When
    Optional<String> misfit = PutEncoder.encode(Value.of(value), target(ScalarType.pvInt), bits);
    // Then
    assertThat(misfit).contains("the PV cannot hold " + value);
    assertThat(bits.isEmpty()).isTrue();
  }

  @Test
  void shouldNotBendAnythingElse() {
    // When / Then
    assertThat(PutEncoder.encode(Value.of(1e300), target(ScalarType.pvFloat), bits)).isPresent();
    assertThat(PutEncoder.encode(new Value.LongValue(1L << 40), target(ScalarType.pvInt), bits))
        .isPresent();
    assertThat(PutEncoder.encode(Value.of("1"), target(ScalarType.pvDouble), bits)).isPresent();
    assertThat(PutEncoder.encode(Value.of(1.0), target(ScalarType.pvString), bits)).isPresent();
    assertThat(PutEncoder.encode(Value.of(1.0), target(ScalarType.pvBoolean), bits)).isPresent();
    assertThat(PutEncoder.encode(new Value.ChoiceValue(1, "ON"), target(ScalarType.pvDouble), bits))
        .isPresent();
    assertThat(bits.isEmpty()).isTrue();
  }
}
