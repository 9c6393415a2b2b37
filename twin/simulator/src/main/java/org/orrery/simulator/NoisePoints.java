package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.orrery.simulator.plant.FrontEnd;
import org.orrery.simulator.plant.NoiseSources;
import org.orrery.simulator.plant.NoiseSources.Band;
import org.orrery.simulator.plant.Plant;

/** Channels of all boards together: low voltage, ground, common noise, spectrum, silent wires. */
final class NoisePoints {
  private NoisePoints() {}

  static void addTo(DetectorDesk desk, Plant plant) {
    FrontEnd frontEnd = plant.frontEnd();
    addControls(desk, frontEnd);
    addSums(desk, frontEnd);
    NoiseSources noise = frontEnd.noise();
    electrons(desk, "mon.coherent.g64", "Noise common to the 64 channels of a regulator", 40, 90)
        .reads(noise::commonOf64)
        .add();
    electrons(desk, "mon.coherent.g128", "Noise common to the 128 channels of a board", 30, 80)
        .reads(noise::commonOf128)
        .add();
    band(desk, noise, "11khz", "around 11 kHz", Band.KHZ_11, 20, 60);
    band(desk, noise, "100khz", "around 100 kHz", Band.KHZ_100, 25, 80);
    band(desk, noise, "low", "below 300 kHz", Band.LOW, 90, 200);
    band(desk, noise, "650khz", "in the line at 650 kHz", Band.KHZ_650, 20, 60);
    desk.real("mon.hits.per-event", "1")
        .unit("1", "")
        .says("Hits per event")
        .display(0, 6_000)
        .everySeconds(30)
        .sensor(4, 0.1)
        .reads(() -> hits(plant))
        .add();
  }

  private static void addControls(DetectorDesk desk, FrontEnd frontEnd) {
    desk.choice("fe.asic-cycle", "NONE", "CYCLE")
        .says("Cycles the chips of all boards; returns to NONE by itself")
        .everySeconds(20)
        .momentary(10)
        .reads(() -> 0)
        .writable(
            0,
            1,
            value -> {
              if (value > 0.5) {
                frontEnd.restartChips();
              }
              return null;
            })
        .add();
    NoiseSources noise = frontEnd.noise();
    desk.choice("fe.lv.return", "JOINED", "ISOLATED")
        .says("Joins the low-voltage return with the chassis or isolates it")
        .everySeconds(20)
        .reads(() -> noise.returnIsolated() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              noise.returnIsolated(value > 0.5);
              return null;
            })
        .add();
    desk.choice("fe.lv.filter", "OUT", "IN")
        .says("Series resistors of 1 Ohm in the lines of the regulators")
        .everySeconds(20)
        .reads(() -> noise.filtered() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              noise.filtered(value > 0.5);
              return null;
            })
        .add();
  }

  private static void addSums(DetectorDesk desk, FrontEnd frontEnd) {
    double usual = frontEnd.lowVoltageAmps();
    desk.real("fe.lv.amps", "A")
        .says("Current of all low-voltage rails together")
        .display(0, Math.rint(1.5 * usual))
        .limits(
            tenths(0.9 * usual), tenths(0.99 * usual), tenths(1.01 * usual), tenths(1.1 * usual))
        .everySeconds(10)
        .sensor(5e-4 * usual, 0.01)
        .reads(frontEnd::lowVoltageAmps)
        .add();
    desk.real("fe.ground.impedance", "Ohm")
        .says("Impedance between detector and building ground")
        .display(0, 50)
        .limits(2, 8, 30, 60)
        .everySeconds(10)
        .sensor(0.1, 0.01)
        .reads(frontEnd.noise()::groundOhm)
        .add();
    desk.whole("fe.railed-channels")
        .says("Channels at the end of their range")
        .display(0, frontEnd.allChannels())
        .limits(NaN, NaN, 50, 500)
        .everySeconds(2)
        .reads(() -> frontEnd.channels().railed())
        .add();
    desk.whole("fe.dead-channels")
        .says("Channels without signal")
        .display(0, 0.1 * frontEnd.allChannels())
        .limits(NaN, NaN, 4.0 * frontEnd.boards(), 16.0 * frontEnd.boards())
        .everySeconds(60)
        .reads(frontEnd::silent)
        .add();
  }

  private static double tenths(double value) {
    return Math.round(value * 10.0) / 10.0;
  }

  private static void band(
      DetectorDesk desk,
      NoiseSources noise,
      String name,
      String where,
      Band band,
      double high,
      double hihi) {
    electrons(desk, "mon.spectrum." + name, "Noise " + where, high, hihi)
        .reads(() -> noise.band(band))
        .add();
  }

  private static PointBuilder electrons(
      DetectorDesk desk, String id, String text, double high, double hihi) {
    return desk.real(id, "{e}")
        .unit("{e}", "e- RMS")
        .says(text)
        .display(0, 5.0 * hihi)
        .limits(NaN, NaN, high, hihi)
        .everySeconds(30)
        .sensor(0.3, 0.1);
  }

  /** Hits of a usual event: fewer with silent wires and little charge, more with noise [M]. */
  private static double hits(Plant plant) {
    FrontEnd frontEnd = plant.frontEnd();
    double charge = plant.tracks().anodeKePerCm();
    double alive = 1.0 - frontEnd.silent() / frontEnd.allChannels();
    double seen = Double.isNaN(charge) ? 0.02 : Math.sqrt(frontEnd.wireBias().collected());
    double noise = frontEnd.planeNoise(1.0, false);
    double falseHits = Double.isNaN(noise) ? 0.0 : 900.0 * Math.max(0.0, noise / 700.0 - 1.0);
    return 2_400.0 * alive * seen + falseHits;
  }
}
