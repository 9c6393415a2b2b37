package org.orrery.simulator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That moments follow the conditions as the physics says. */
class HistogramPhysicsTest {
  private static final DataScale SCALE = new DataScale(8, 4, 6);
  private static final HistogramMaker MAKER = new HistogramMaker(SCALE, 3.6, 11);
  private static final Conditions NOMINAL = Conditions.nominal(SCALE);

  /** Ten hours, so that statistics do not hide the physics. */
  private static final Interval LONG = Interval.at(1_800_000_000_000_000_000L, 36_000_000_000_000L);

  private static Map<String, Histogram> made(Conditions conditions) {
    Map<String, Histogram> byId = new HashMap<>();
    for (Histogram histogram : MAKER.make(LONG, conditions)) {
      byId.put(histogram.id(), histogram);
    }
    return byId;
  }

  private static Histogram of(Map<String, Histogram> made, String id) {
    Histogram histogram = made.get(id);
    if (histogram == null) {
      throw new AssertionError("no histogram " + id);
    }
    return histogram;
  }

  /** Mean of one over mean of the other. */
  private static double ratio(
      Map<String, Histogram> changed, Map<String, Histogram> before, String id) {
    return of(changed, id).mean() / of(before, id).mean();
  }

  private final Map<String, Histogram> before = made(NOMINAL);

  @Test
  void shouldLoseChargeFromTheCathodeWithTheLifetime() {
    // Given
    double drift = ArgonResponse.of(NOMINAL.argon(), 360.0).driftMicroseconds() * 1e-3;
    // When
    Map<String, Histogram> poor = made(NOMINAL.with(NOMINAL.argon().withLifetime(4.0)));
    // Then
    double expected = Math.exp(-0.9 * drift * (1 / 4.0 - 1 / 8.0));
    double cathode = ratio(poor, before, "dqm.tpc1.r01.dqdx-cathode");
    double anode = ratio(poor, before, "dqm.tpc1.r01.dqdx-anode");
    assertThat(cathode / anode).isCloseTo(expected, within(0.02));
    assertThat(anode).isCloseTo(1.0, within(0.02));
    assertThat(ratio(poor, before, "dqm.tpc1.r01.light")).isCloseTo(1.0, within(0.003));
  }

  @Test
  void shouldDriftSlowerInALowerFieldWithLessChargeAndMoreLight() {
    // When
    Map<String, Histogram> low = made(NOMINAL.with(NOMINAL.argon().withField(0.45)));
    // Then
    assertThat(ratio(low, before, "dqm.tpc2.r01.drift-time")).isBetween(1.04, 1.07);
    assertThat(ratio(low, before, "dqm.tpc2.r01.dqdx-anode")).isBetween(0.975, 0.995);
    assertThat(ratio(low, before, "dqm.tpc2.r01.light")).isBetween(1.004, 1.02);
  }

  @Test
  void shouldDriftSlowerInWarmerLiquid() {
    // When
    Map<String, Histogram> warm = made(NOMINAL.with(NOMINAL.argon().withKelvin(89.2)));
    // Then
    assertThat(ratio(warm, before, "dqm.tpc1.r02.drift-time")).isCloseTo(1.017, within(0.002));
    assertThat(ratio(warm, before, "dqm.tpc1.r02.dqdx-anode")).isCloseTo(1.0, within(0.003));
  }

  @Test
  void shouldShowNoCrosserWithoutFieldButMoreLight() {
    // When
    Map<String, Histogram> off = made(NOMINAL.with(NOMINAL.argon().withField(0.0)));
    // Then
    assertThat(of(off, "dqm.tpc1.r01.drift-time").entries()).isZero();
    assertThat(of(off, "dqm.femb01.pulse.x").sum())
        .isLessThan(0.05 * of(before, "dqm.femb01.pulse.x").sum());
    assertThat(ratio(off, before, "dqm.tpc1.r01.light")).isGreaterThan(1.8);
  }

  @Test
  void shouldShowTheNoiseOfABoardOnThatBoardOnly() {
    // When
    Map<String, Histogram> noisy = made(NOMINAL.with(NOMINAL.boards().withNoise(6, 900.0)));
    // Then
    assertThat(ratio(noisy, before, "dqm.femb07.rms.u")).isCloseTo(1.5, within(0.01));
    assertThat(of(noisy, "dqm.femb07.occupancy.u").sum())
        .isGreaterThan(1.02 * of(before, "dqm.femb07.occupancy.u").sum());
    assertThat(of(noisy, "dqm.femb07.pulse.u").deviation())
        .isGreaterThan(of(before, "dqm.femb07.pulse.u").deviation());
    assertThat(of(noisy, "dqm.femb06.rms.u").contents())
        .isEqualTo(of(before, "dqm.femb06.rms.u").contents());
    assertThat(ratio(noisy, before, "dqm.event.size")).isGreaterThan(1.001);
  }

  @Test
  void shouldShowCoherentNoiseRippleAndPedestals() {
    // When
    BoardConditions boards = NOMINAL.boards().withCoherentNoise(1, 400.0).withRipple(300.0);
    Map<String, Histogram> changed = made(NOMINAL.with(boards.withPedestalShift(2, 12.0)));
    // Then
    assertThat(ratio(changed, before, "dqm.femb02.rms.x")).isGreaterThan(1.2);
    assertThat(ratio(changed, before, "dqm.femb01.rms.u"))
        .isGreaterThan(1.03 * ratio(changed, before, "dqm.femb01.rms.x"));
    double shift =
        of(changed, "dqm.femb03.pedestal.u").mean() - of(before, "dqm.femb03.pedestal.u").mean();
    assertThat(shift).isCloseTo(12.0, within(0.7));
  }

  @Test
  void shouldLoseTheHitsThatABoardDoesNotFind() {
    // Given
    int wire = 17;
    int channel = 3 * WirePlane.BOARD_CHANNELS + WirePlane.V.firstChannel + wire;
    // When
    BoardConditions boards =
        NOMINAL.boards().withHitEfficiency(2, 0.6).withDead(ChannelSet.of(channel));
    Map<String, Histogram> changed = made(NOMINAL.with(boards));
    // Then
    double kept =
        of(changed, "dqm.femb03.occupancy.x").sum() / of(before, "dqm.femb03.occupancy.x").sum();
    assertThat(kept).isCloseTo(0.6, within(0.01));
    Histogram map = of(changed, "dqm.femb04.occupancy.v");
    for (int slice = 0; slice < HistogramCatalogue.TIME_SLICES; slice++) {
      assertThat(map.contents().at(slice * WirePlane.V.channels + wire)).isZero();
    }
  }

  @Test
  void shouldMovePulsesWithGainAndWireBias() {
    // When
    BoardConditions boards = NOMINAL.boards().withGain(4, 0.9).withPlaneGains(1.1, 0.95);
    Map<String, Histogram> changed = made(NOMINAL.with(boards));
    // Then
    assertThat(ratio(changed, before, "dqm.femb05.pulse.x")).isCloseTo(0.855, within(0.02));
    assertThat(ratio(changed, before, "dqm.femb01.pulse.u")).isCloseTo(1.1, within(0.02));
    assertThat(ratio(changed, before, "dqm.femb01.pulse.x")).isCloseTo(0.95, within(0.02));
    assertThat(ratio(changed, before, "dqm.tpc1.r01.dqdx-anode")).isCloseTo(0.95, within(0.01));
  }

  @Test
  void shouldMovePhotoElectronsWithTheGainAndDarkPulsesWithTheirRate() {
    // When
    PhotonConditions photons =
        NOMINAL.photons().withGain(2, 3.0).withDarkRate(3, 300.0).withSaturated(ChannelSet.of(4));
    Map<String, Histogram> changed = made(NOMINAL.with(photons));
    // Then
    assertThat(ratio(changed, before, "dqm.pds.ch03.spe")).isCloseTo(3.0 / 3.6, within(0.02));
    assertThat(ratio(changed, before, "dqm.pds.ch04.dark")).isCloseTo(1.5, within(0.02));
    assertThat(of(changed, "dqm.pds.ch05.spe").deviation()).isLessThan(0.2);
    assertThat(of(changed, "dqm.pds.ch01.spe").contents())
        .isEqualTo(of(before, "dqm.pds.ch01.spe").contents());
  }

  @Test
  void shouldFollowTriggerRatePileUpAndBeam() {
    // When
    RunConditions run = NOMINAL.run().withBeam(false).withPileUp(30.0);
    Map<String, Histogram> changed = made(NOMINAL.with(run));
    // Then
    assertThat(of(changed, "dqm.trigger.rate").mean() - 0.5).isCloseTo(19.0, within(0.05));
    assertThat(of(before, "dqm.trigger.rate").mean() - 0.5).isCloseTo(24.0, within(0.05));
    assertThat(of(changed, "dqm.trigger.types").contents().at(0)).isZero();
    assertThat(of(changed, "dqm.event.tracks").mean() - 0.5).isCloseTo(30.0, within(0.1));
    assertThat(ratio(changed, before, "dqm.event.size")).isLessThan(1.0);
    assertThat(of(changed, "dqm.femb08.occupancy.u").sum())
        .isLessThan(0.5 * of(before, "dqm.femb08.occupancy.u").sum());
  }

  @Test
  void shouldDrawTheSignalsOfThePurityMonitors() {
    // When
    MonitorConditions weak = new MonitorConditions(60.0, 20.0, 2_200.0);
    Map<String, Histogram> changed =
        made(NOMINAL.with(List.of(weak, weak, MonitorConditions.nominal(), weak)));
    // Then
    Histogram trace = of(changed, "dqm.purity.m1.waveform");
    double[] millivolt = trace.contents().toArray();
    double lowest = java.util.Arrays.stream(millivolt).min().orElseThrow();
    double highest = java.util.Arrays.stream(millivolt).max().orElseThrow();
    assertThat(highest / -lowest).isCloseTo(20.0 / 60.0, within(0.03));
    assertThat(of(changed, "dqm.purity.m3.waveform").contents())
        .isEqualTo(of(before, "dqm.purity.m3.waveform").contents());
  }

  @Test
  void shouldNameConditionsByTheirDigest() {
    // Given
    Conditions same = Conditions.nominal(SCALE);
    // Then
    assertThat(same.digest()).isEqualTo(NOMINAL.digest()).hasSize(16);
    assertThat(NOMINAL.with(NOMINAL.boards().withNoise(3, 601.0)).digest())
        .isNotEqualTo(same.digest());
  }
}
