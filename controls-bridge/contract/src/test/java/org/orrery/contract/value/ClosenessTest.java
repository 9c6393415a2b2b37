package org.orrery.contract.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.orrery.contract.snapshot.Tolerance;

class ClosenessTest {
  private static final long MASK = (1L << 53) + 1;

  private static Value of(long integer) {
    return new Value.LongValue(integer);
  }

  @Example
  void shouldTellIntegersApartThatAreTheSameDouble() {
    // Given
    Value written = of(MASK);
    Value kept = of(MASK - 1);

    // Then
    assertThat(written.asDouble()).isEqualTo(kept.asDouble());
    assertThat(Closeness.same(written, kept, 0)).isFalse();
    assertThat(Closeness.same(written, kept, 1)).isTrue();
    assertThat(Tolerance.EXACT.covers(written, kept)).isFalse();
    assertThat(new Tolerance(1, 0).covers(written, kept)).isTrue();
  }

  @Property
  void shouldTakeOnlyTheVerySameIntegerWhereNothingIsTolerated(
      @ForAll long one, @ForAll long other) {
    assertThat(Closeness.same(of(one), of(other), 0)).isEqualTo(one == other);
    assertThat(Closeness.same(of(one), of(one), 0)).isTrue();
    assertThat(Closeness.same(of(one), of(one ^ 1), 0)).isFalse();
  }

  @Property
  void shouldCompareIntegersByTheirRealDistanceWhicheverWasWritten(
      @ForAll long one, @ForAll long other, @ForAll @DoubleRange(max = 9e18) double tolerance) {
    // Given
    BigInteger apart = BigInteger.valueOf(one).subtract(BigInteger.valueOf(other)).abs();

    // Then
    assertThat(Closeness.same(of(one), of(other), tolerance))
        .isEqualTo(new BigDecimal(apart).compareTo(new BigDecimal(tolerance)) <= 0)
        .isEqualTo(Closeness.same(of(other), of(one), tolerance));
  }

  @Property
  void shouldAgreeWithTheDoublesWhereTheseAreExact(
      @ForAll @LongRange(min = -(1L << 52), max = 1L << 52) long one,
      @ForAll @LongRange(min = -(1L << 52), max = 1L << 52) long other,
      @ForAll @DoubleRange(max = 1e16) double tolerance) {
    assertThat(Closeness.same(of(one), of(other), tolerance))
        .isEqualTo(Math.abs((double) one - (double) other) <= tolerance);
    assertThat(Closeness.within(of(one), (double) other - tolerance, (double) other))
        .isEqualTo(one >= (double) other - tolerance && one <= other);
  }

  @Property
  void shouldKeepAnIntegerWithinItsRealBounds(
      @ForAll long integer, @ForAll double low, @ForAll double high) {
    // Given
    BigDecimal real = BigDecimal.valueOf(integer);

    // Then
    assertThat(Closeness.within(of(integer), low, high))
        .isEqualTo(
            real.compareTo(new BigDecimal(low)) >= 0 && real.compareTo(new BigDecimal(high)) <= 0);
  }

  @Example
  void shouldNotRunOverAtTheEndsOfTheIntegers() {
    assertThat(Closeness.same(of(Long.MIN_VALUE), of(Long.MAX_VALUE), 0)).isFalse();
    assertThat(Closeness.same(of(Long.MAX_VALUE), of(Long.MIN_VALUE), 1e18)).isFalse();
    assertThat(Closeness.same(of(Long.MIN_VALUE), of(Long.MIN_VALUE), 0)).isTrue();
    assertThat(Closeness.within(of(Long.MAX_VALUE), 0x1p63, 0x1p64)).isFalse();
    assertThat(Closeness.within(of(Long.MAX_VALUE), 0, 0x1p63)).isTrue();
    assertThat(Closeness.within(of(Long.MIN_VALUE), -0x1p63, 0)).isTrue();
    assertThat(Closeness.within(of(Long.MIN_VALUE), -1e30, -0x1.0000000000001p63)).isFalse();
    assertThat(Closeness.within(of(0), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
        .isTrue();
  }

  @Example
  void shouldTakeNothingForCloseThatIsNoNumber() {
    assertThat(Closeness.same(of(1), of(1), Double.NaN)).isFalse();
    assertThat(Closeness.same(of(1), of(1), -0.5)).isFalse();
    assertThat(Closeness.within(of(1), Double.NaN, 2)).isFalse();
    assertThat(Closeness.within(of(1), 0, Double.NaN)).isFalse();
    assertThat(Closeness.within(Value.of(Double.NaN), 0, 2)).isFalse();
    assertThat(Closeness.within(Value.of("1"), 0, 2)).isFalse();
    assertThat(Tolerance.EXACT.covers(of(50), Value.of(50))).as("of another kind").isFalse();
  }
}
