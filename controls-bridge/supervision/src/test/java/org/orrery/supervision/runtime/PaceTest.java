package org.orrery.supervision.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.value.ValueKind;

class PaceTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final ChannelId SLOW = new ChannelId("dev.slow");
  private static final ChannelId QUICK = new ChannelId("dev.quick");

  private static Channel channel(ChannelId id, long minIntervalNs) {
    return new Channel(
        id,
        "T:" + id,
        ValueKind.DOUBLE,
        "V",
        "V",
        "s",
        "dev",
        "",
        List.of(),
        0,
        0,
        AlarmSettings.NONE,
        Optional.of(
            new Writable(
                0,
                1,
                OptionalDouble.empty(),
                minIntervalNs,
                Optional.empty(),
                0,
                Writable.SafeDirection.NONE,
                List.of(),
                Optional.empty(),
                false)),
        List.of());
  }

  private static Facility facility(long deviceIntervalNs) {
    return facility(new DeviceLimits("dev", deviceIntervalNs, Optional.empty()));
  }

  private static Facility facility(DeviceLimits limits) {
    return new Facility(
        "t",
        "t",
        "UTC",
        true,
        List.of(),
        List.of(),
        Map.of(SLOW, channel(SLOW, 10 * SECOND_NS), QUICK, channel(QUICK, 0)),
        Map.of("dev", limits),
        Map.of());
  }

  @Test
  void shouldWaitAsLongAsChannelAndDeviceWantAndNoLonger() {
    // Given
    Pace pace = new Pace(facility(2 * SECOND_NS), -100 * SECOND_NS);
    assertThat(pace.waitNs(SLOW, 0)).isZero();

    // When
    pace.wrote(SLOW, 100 * SECOND_NS);

    // Then
    assertThat(pace.waitNs(SLOW, 104 * SECOND_NS)).isBetween(6 * SECOND_NS, 7 * SECOND_NS);
    assertThat(pace.waitNs(QUICK, 101 * SECOND_NS)).isBetween(SECOND_NS, 2 * SECOND_NS);
    assertThat(pace.waitNs(QUICK, 103 * SECOND_NS)).isZero();
    assertThat(pace.waitNs(SLOW, 111 * SECOND_NS)).isZero();
  }

  @Test
  void shouldNotWaitWhereNothingIsSaid() {
    Pace pace = new Pace(facility(0), 0);
    pace.wrote(SLOW, 100);
    assertThat(pace.waitNs(QUICK, 101)).isZero();
    assertThat(pace.waitNs(new ChannelId("no.where"), 101)).isZero();
  }

  @Test
  void shouldTakeItThatThereWasAWriteRightBeforeTheStart() {
    Pace pace = new Pace(facility(2 * SECOND_NS), 100 * SECOND_NS);
    assertThat(pace.waitNs(SLOW, 104 * SECOND_NS)).isBetween(6 * SECOND_NS, 7 * SECOND_NS);
    assertThat(pace.waitNs(QUICK, 103 * SECOND_NS)).isZero();
    assertThat(pace.waitNs(SLOW, 111 * SECOND_NS)).isZero();
  }

  @Test
  void shouldWaitOutTheBudget() {
    // Given
    WriteBudget budget = new WriteBudget(3, 60 * SECOND_NS);
    Pace pace = new Pace(facility(new DeviceLimits("dev", 0, Optional.of(budget))), 0);
    for (long at : new long[] {0, 10, 20}) {
      assertThat(pace.waitNs(QUICK, at * SECOND_NS)).isZero();
      pace.wrote(QUICK, at * SECOND_NS);
    }

    // Then
    assertThat(pace.waitNs(QUICK, 25 * SECOND_NS)).isBetween(35 * SECOND_NS, 36 * SECOND_NS);
    assertThat(pace.waitNs(QUICK, 61 * SECOND_NS)).isZero();
  }
}
