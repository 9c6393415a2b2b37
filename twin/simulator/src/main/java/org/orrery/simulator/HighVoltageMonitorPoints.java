package org.orrery.simulator;

import static java.lang.Double.NaN;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.CathodeSupply;
import org.orrery.simulator.plant.Discharges;
import org.orrery.simulator.plant.HighVoltage;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.SimRandom;

/**
 * Channels that watch the high voltage in detail: last strip, ripple, toroid, quench ramps, supply
 * unit, and what a discharge or a changed resistor does elsewhere.
 */
final class HighVoltageMonitorPoints {
  private static final long NOISE_STREAM = 46;
  private static final String[] PLANES = {"u", "v", "x"};

  private HighVoltageMonitorPoints() {}

  static void addTo(DetectorDesk desk, Plant plant, LocalSwitches switches) {
    HighVoltage hv = plant.highVoltage();
    SimRandom noise = desk.stream(NOISE_STREAM);
    desk.real("hv.laststrip.voltage", "V")
        .says("Potential of the last field-cage strip before the anode (negative)")
        .display(-1_700, 0)
        .limits(-1_650, -1_600, NaN, NaN)
        .everySeconds(1)
        .noiseFrom(noise)
        .sensor(0.3, 0.1, 0, 0.5 * Math.clamp(noise.gaussian(), -2.0, 2.0))
        .reads(() -> -hv.lastStripVolts())
        .add();
    desk.real("hv.cathode.ripple", "mV")
        .says("Ripple at the cathode as a pick-up electrode shows it, RMS")
        .display(0, 10)
        .limits(NaN, NaN, 0.9, 3)
        .everySeconds(10)
        .noiseFrom(noise)
        .sensor(0.01, 0.001)
        .reads(hv::rippleMillivolts)
        .add();
    addToroid(desk, hv.discharges(), noise);
    addControls(desk, hv.supply(), switches);
    addConsequences(desk, plant, noise);
  }

  private static void addToroid(DetectorDesk desk, Discharges discharges, SimRandom noise) {
    PointBuilder downstream =
        desk.whole("hv.toroid.downstream")
            .says("Toroid pulses from the detector side so far")
            .display(0, 1_000)
            .everySeconds(10)
            .reads(discharges::downstreamPulses);
    downstream.onChange = true;
    downstream.add();
    PointBuilder upstream =
        desk.whole("hv.toroid.upstream")
            .says("Toroid pulses from the supply side so far")
            .display(0, 1_000)
            .everySeconds(10)
            .reads(discharges::upstreamPulses);
    upstream.onChange = true;
    upstream.add();
    desk.real("hv.toroid.last-pulse", "mV")
        .says(
            "Height of the last toroid pulse; positive from the detector, negative from the supply")
        .display(-200, 200)
        .everySeconds(10)
        .noiseFrom(noise)
        .sensor(0.2, 0.1)
        .reads(discharges::lastPulseMillivolts)
        .add();
  }

  private static void addControls(DetectorDesk desk, CathodeSupply supply, LocalSwitches switches) {
    desk.choice("hv.quench.auto", "OFF", "ON")
        .says("Whether the supply answers a streamer with a ramp by itself")
        .everySeconds(10)
        .reads(() -> supply.autoQuench() ? 1 : 0)
        .writable(
            0,
            1,
            value -> HighVoltagePoints.unlessLocal(switches, () -> supply.autoQuench(value > 0.5)))
        .add();
    PointBuilder ramps =
        desk.whole("hv.quench.count")
            .says("Quench ramps that the supply has made by itself")
            .display(0, 1_000)
            .everySeconds(10)
            .reads(supply::quenchRamps);
    ramps.onChange = true;
    ramps.add();
    desk.choice("hv.supply.unit", "A", "B")
        .says("Which of two supply units is connected")
        .everySeconds(10)
        .reads(supply::unit)
        .writable(0, 1, value -> swap(supply, switches, (int) value))
        .add();
  }

  private static @Nullable String swap(CathodeSupply supply, LocalSwitches switches, int unit) {
    if (!supply.canBeSwapped()) {
      return "cathode supply: switch off and ramp down before it is swapped";
    }
    return HighVoltagePoints.unlessLocal(switches, () -> supply.unit(unit));
  }

  private static void addConsequences(DetectorDesk desk, Plant plant, SimRandom noise) {
    HighVoltage hv = plant.highVoltage();
    desk.real("mon.crosser.residual", "mm")
        .says("Departure of muons that cross anode and cathode from straight lines")
        .display(0, 100)
        .everySeconds(60)
        .noiseFrom(noise)
        .sensor(0.05, 0.01)
        .reads(() -> plant.tracks().residualMillimetres(hv.fieldDistortion()))
        .add();
    for (int i = 0; i < PLANES.length; i++) {
      int plane = i;
      String name = PLANES[i].toUpperCase(Locale.ROOT);
      desk.real("mon.baseline." + PLANES[i], "{count}")
          .unit("{count}", "ADC")
          .says("Excursion of the baseline of plane " + name)
          .display(0, 1_000)
          .everySeconds(10)
          .noiseFrom(noise)
          .sensor(0.3, 0.1)
          .reads(() -> hv.discharges().baselineAdc(plane))
          .add();
      PointBuilder railed =
          desk.whole("mon.saturation." + PLANES[i])
              .says("Channels of plane " + name + " that have been driven to their rail so far")
              .display(0, 10_000)
              .everySeconds(10)
              .reads(() -> hv.discharges().railedChannels(plane));
      railed.onChange = true;
      railed.add();
    }
  }
}
