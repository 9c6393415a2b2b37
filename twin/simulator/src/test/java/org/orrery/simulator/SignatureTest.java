package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.orrery.simulator.lar.Saturation;

/** What tells the stand-in from a toy: relations between quantities that hold in argon. */
class SignatureTest {

  @Test
  void shouldFollowTheSaturationLineBy8Point6MillikelvinPerMillibar() {
    // Given
    double bar = Saturation.pressureBar(88.4);
    Recorder recorder = new Recorder(31);
    recorder.hours(3);
    double pressure = recorder.mean("cryo.pressure.absolute");
    double surface = recorder.mean("cryo.rtd.t40");
    // When
    double formula = Saturation.temperatureKelvin(bar + 1e-3) - Saturation.temperatureKelvin(bar);
    recorder.say("F10 start").hours(18).hours(4);
    double lived =
        (recorder.mean("cryo.rtd.t40") - surface)
            / (recorder.mean("cryo.pressure.absolute") - pressure);
    // Then
    assertThat(formula * 1e3).isCloseTo(8.6, within(0.1));
    assertThat(lived * 1e3).isCloseTo(8.6, within(0.5));
  }

  @Test
  void shouldLoseLifetimeEverMoreSlowlyWhenThePumpStopsWhileNitrogenDemandFalls() {
    // Given
    Recorder recorder = new Recorder(32);
    Recorder healthy = new Recorder(32);
    recorder.hours(4);
    healthy.hours(4).hours(22).hours(4);
    double start = recorder.mean("purif.prm2.lifetime");
    // When
    recorder.say("F5 start").hours(22).hours(4);
    double afterDay = recorder.mean("purif.prm2.lifetime");
    double nitrogenAfterDay = recorder.mean("cryo.ln2.flow");
    recorder.hours(20).hours(4);
    double afterTwo = recorder.mean("purif.prm2.lifetime");
    // Then
    assertThat(afterDay / start).isCloseTo(6.7 / 8.0, within(0.03));
    assertThat(afterDay - afterTwo).isPositive().isLessThan(start - afterDay);
    assertThat(nitrogenAfterDay).isLessThan(healthy.mean("cryo.ln2.flow") - 3.0);
  }

  @ParameterizedTest
  @CsvSource({
    "F10 start, 0",
    "F10 start severity=-1, 0",
    "F21 start channel=purif.flow stuck=0, 1",
    "F21 start channel=cryo.rtd.t20 bias=0.8, 1",
    "F21 start channel=cryo.pressure.gauge bias=8, 1",
    "F21 start channel=cryo.level.dp bias=-80, 1",
    "F21 start channel=hv.chain.c2 bias=1, 1",
    "F5 start, 0",
    "F4 start, 0"
  })
  void shouldBreakAtMostOnePhysicalRelationWhereNothingButASensorIsWrong(String line, int broken) {
    // Given
    Recorder recorder = new Recorder(33);
    recorder.hours(1);
    assertThat(broken(recorder)).isEmpty();
    // When
    recorder.say(line).hours(12).hours(0.5);
    // Then
    assertThat(broken(recorder)).hasSize(broken);
  }

  /** The relations that do not hold in the last readings; a true fault breaks none of them. */
  private static List<String> broken(Recorder recorder) {
    List<String> broken = new ArrayList<>();
    double pressures =
        recorder.mean("cryo.pressure.gauge")
            + recorder.mean("env.barometer")
            - recorder.mean("cryo.pressure.absolute");
    if (Math.abs(pressures) > 4.0) {
      broken.add("gauge and barometer make the absolute pressure: " + pressures);
    }
    boolean flows = recorder.mean("purif.flow") > 1.0;
    boolean pumps =
        recorder.mean("purif.pump-a.current") + recorder.mean("purif.pump-b.current") > 2;
    if (flows != pumps) {
      broken.add("argon flows while a pump draws current");
    }
    double neighbours = 0.5 * (recorder.mean("cryo.rtd.t19") + recorder.mean("cryo.rtd.t21"));
    if (Math.abs(recorder.mean("cryo.rtd.t20") - neighbours) > 0.05) {
      broken.add("a thermometer agrees with its neighbours");
    }
    double levels = recorder.mean("cryo.level.capacitive") - recorder.mean("cryo.level.dp");
    if (Math.abs(levels) > 40.0) {
      broken.add("two level gauges agree: " + levels);
    }
    double chains = recorder.mean("hv.chain.c2") - recorder.mean("hv.chain.c1");
    if (Math.abs(chains) > 0.6) {
      broken.add("the chains share the cathode voltage: " + chains);
    }
    return broken;
  }
}
