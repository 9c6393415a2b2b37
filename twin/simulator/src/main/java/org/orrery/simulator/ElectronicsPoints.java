package org.orrery.simulator;

import static java.lang.Double.NaN;

import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.orrery.simulator.plant.BoardSupply;
import org.orrery.simulator.plant.BoardSupply.Rail;
import org.orrery.simulator.plant.FrontEnd;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.WireBias;

/** Channels of front-end boards and wire bias. */
final class ElectronicsPoints {
  private ElectronicsPoints() {}

  static void addTo(DetectorDesk desk, Plant plant) {
    for (int i = 0; i < plant.frontEnd().boards(); i++) {
      addBoard(desk, plant.frontEnd(), i);
    }
    for (int i = 0; i < WireBias.PLANES; i++) {
      addPlane(desk, plant.frontEnd().wireBias(), i);
    }
  }

  private static void addBoard(DetectorDesk desk, FrontEnd frontEnd, int index) {
    String id = FrontEnd.name(index) + ".";
    BoardSupply supply = frontEnd.supply();
    String board = "board %d".formatted(index + 1);
    DoubleSupplier bias = () -> supply.share(Rail.BIAS, index);
    DoubleSupplier larAsic = () -> supply.share(Rail.LARASIC, index);
    rail(desk, id + "bias-volts", "V", "Bias rail of " + board, 4.4, 5.0, 4.7, 0.003, bias);
    rail(desk, id + "bias-amps", "A", "Bias current of " + board, -0.05, 0.05, 0.02, 0.0005, bias);
    rail(
        desk,
        id + "larasic-volts",
        "V",
        "Amplifier rail of " + board,
        2.9,
        3.0,
        2.95,
        0.001,
        larAsic);
    desk.real(id + "larasic-amps", "A")
        .says("Amplifier current of " + board)
        .display(0, 1)
        .limits(0.3, 0.35, 0.55, 0.6)
        .everySeconds(20)
        .sensor(0.001, 0.001)
        .reads(() -> frontEnd.larAsicAmps(index))
        .add();
    desk.real(id + "coldadc-amps", "A")
        .says("Converter current of " + board)
        .display(0, 3)
        .limits(1.2, 1.35, 1.85, 2.0)
        .everySeconds(20)
        .sensor(0.003, 0.001)
        .reads(() -> frontEnd.adcAmps(index))
        .add();
    desk.real(id + "temperature", "K")
        .says("Temperature of " + board)
        .display(85, 100)
        .limits(NaN, NaN, 92, 100)
        .everySeconds(20)
        .sensor(0.02, 0.01, 0, desk.bias(0.1))
        .reads(() -> frontEnd.boardKelvin(index))
        .add();
    desk.real(id + "noise", "{e}")
        .unit("{e}", "e- RMS")
        .says("Noise of " + board + ", mean over its channels")
        .display(0, 2_000)
        .limits(300, 400, 900, 1_500)
        .everySeconds(10)
        .sensor(4, 0.1)
        .reads(() -> frontEnd.boardNoise(index))
        .add();
    desk.choice(id + "link", "DOWN", "UP")
        .says("Data link of " + board)
        .severities(Severity.MAJOR, Severity.NONE)
        .everySeconds(10)
        .reads(() -> frontEnd.supply().linkUp(index) ? 1 : 0)
        .add();
  }

  private static void rail(
      DetectorDesk desk,
      String id,
      String unit,
      String text,
      double low,
      double high,
      double value,
      double sigma,
      DoubleSupplier share) {
    double own = value + desk.bias(sigma);
    desk.real(id, unit)
        .says(text)
        .display(Math.min(0.0, low), 1.2 * high)
        .limits(thousandths(low - 0.1 * Math.abs(low)), low, high, thousandths(1.1 * high))
        .everySeconds(20)
        .sensor(sigma, sigma)
        .reads(() -> own * share.getAsDouble())
        .add();
  }

  private static double thousandths(double value) {
    return Math.round(value * 1e3) / 1e3;
  }

  private static void addPlane(DetectorDesk desk, WireBias wireBias, int plane) {
    String id = "fe.wirebias." + WireBias.LETTERS[plane] + ".";
    String name = "wire plane " + WireBias.LETTERS[plane].toUpperCase(Locale.ROOT);
    double volts = Math.rint(wireBias.volts(plane) / 5.0) * 5.0;
    desk.real(id + "volts", "V")
        .says("Bias voltage of " + name)
        .display(volts - 100, volts + 100)
        .limits(volts - 20, volts - 5, volts + 5, volts + 20)
        .everySeconds(10)
        .sensor(0.02, 0.01)
        .reads(() -> wireBias.volts(plane))
        .add();
    desk.real(id + "amps", "A")
        .says("Bias current of " + name)
        .display(0, 2e-5)
        .limits(NaN, NaN, 2e-6, 1e-5)
        .everySeconds(10)
        .sensor(5e-9, 1e-9)
        .reads(() -> wireBias.amps(plane))
        .add();
  }
}
