package org.orrery.simulator;

import static java.lang.Double.NaN;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.orrery.simulator.plant.BoardSupply.Rail;
import org.orrery.simulator.plant.FrontEnd;
import org.orrery.simulator.plant.Scale;

/** Channels of a front-end board beyond its first eight, as many as the scale asks for. */
final class BoardPoints {
  private static final int CHIPS = 8;

  /** What is read of each amplifier chip. */
  private static final List<Chip> CHIP =
      List.of(
          new Chip("noise", "{e}", "e- RMS", "Noise", 600, 40, 4, 2_000),
          new Chip("baseline", "mV", "mV", "Baseline", 550, 20, 1, 1_500),
          new Chip("temperature-monitor", "mV", "mV", "Temperature monitor", 300, 12, 0.5, 1_200),
          new Chip("band-gap", "mV", "mV", "Band-gap reference", 1_150, 12, 0.5, 1_500),
          new Chip("pulser", "mV", "mV", "Height of the test pulse", 420, 4, 1, 800));

  /** One reading of a chip: the same for all, with errors of its own. */
  private record Chip(
      String name,
      String unit,
      String egu,
      String text,
      double usual,
      double spread,
      double sigma,
      double displayHigh) {}

  private final DetectorDesk desk;
  private final FrontEnd frontEnd;

  private BoardPoints(DetectorDesk desk, FrontEnd frontEnd) {
    this.desk = desk;
    this.frontEnd = frontEnd;
  }

  static void addTo(DetectorDesk desk, FrontEnd frontEnd, Scale scale) {
    BoardPoints points = new BoardPoints(desk, frontEnd);
    for (int i = 0; i < frontEnd.boards(); i++) {
      points.add(i, scale.channelsPerBoard() - Scale.LEAST_PER_BOARD);
    }
  }

  private void add(int index, int wanted) {
    String id = FrontEnd.name(index) + ".";
    String board = "board " + (index + 1);
    List<Runnable> first =
        List.of(
            () -> power(id, board, index),
            () -> linkErrors(id, board, index),
            () -> converterVolts(id, board, index),
            () -> linkVolts(id, board, index),
            () -> linkAmps(id, board, index),
            () -> floor(id, board, index),
            () -> silent(id, board, index),
            () -> gain(id, board, index));
    first.stream().limit(wanted).forEach(Runnable::run);
    for (int i = 0; i < wanted - first.size(); i++) {
      chip(id + "asic" + (i % CHIPS + 1), board, index, i % CHIPS, CHIP.get(i / CHIPS));
    }
  }

  private void power(String id, String board, int index) {
    desk.choice(id + "power", "OFF", "ON")
        .says("Switch of all rails of " + board)
        .severities(Severity.MINOR, Severity.NONE)
        .everySeconds(20)
        .reads(() -> frontEnd.supply().on(index) ? 1 : 0)
        .writable(0, 1, value -> frontEnd.supply().on(index, value > 0.5))
        .add();
  }

  private void linkErrors(String id, String board, int index) {
    desk.real(id + "link-errors", "/min")
        .unit("/min", "1/min")
        .says("Errors on the data link of " + board)
        .display(0, 500)
        .limits(NaN, NaN, 10, 100)
        .everySeconds(20)
        .sensor(0.01, 0.01)
        .reads(() -> frontEnd.supply().linkErrorsPerMinute(index))
        .add();
  }

  private void converterVolts(String id, String board, int index) {
    double own = 3.44 + desk.bias(0.004);
    rail(id + "coldadc-volts", "V", "Converter rail of " + board, 0.001)
        .display(0, 4)
        .limits(3.1, 3.38, 3.5, 3.8)
        .reads(drifting(Rail.COLDADC, own, index))
        .add();
  }

  private void linkVolts(String id, String board, int index) {
    double own = 2.975 + desk.bias(0.003);
    rail(id + "coldata-volts", "V", "Data-link rail of " + board, 0.001)
        .display(0, 4)
        .limits(2.7, 2.95, 3, 3.3)
        .reads(drifting(Rail.COLDATA, own, index))
        .add();
  }

  private DoubleSupplier drifting(Rail rail, double own, int index) {
    return () -> (own + frontEnd.supply().driftVolts(index)) * frontEnd.supply().share(rail, index);
  }

  private void linkAmps(String id, String board, int index) {
    rail(id + "coldata-amps", "A", "Data-link current of " + board, 0.001)
        .display(0, 1)
        .limits(0.1, 0.15, 0.35, 0.4)
        .reads(() -> frontEnd.coldataAmps(index))
        .add();
  }

  private PointBuilder rail(String id, String unit, String text, double sigma) {
    return desk.real(id, unit).says(text).everySeconds(20).sensor(sigma, 0.001);
  }

  private void floor(String id, String board, int index) {
    desk.real(id + "adc-floor", "{e}")
        .unit("{e}", "e- RMS")
        .says("Noise of the converters of " + board + " alone")
        .display(0, 200)
        .limits(40, 50, 90, 120)
        .everySeconds(60)
        .sensor(0.4, 0.1)
        .reads(() -> frontEnd.floorElectrons(index))
        .add();
  }

  private void silent(String id, String board, int index) {
    desk.whole(id + "dead-channels")
        .says("Channels of " + board + " without signal")
        .display(0, 128)
        .limits(NaN, NaN, 12, 64)
        .everySeconds(60)
        .reads(() -> frontEnd.silent(index))
        .add();
  }

  private void gain(String id, String board, int index) {
    desk.real(id + "gain", "mV/fC")
        .says("Gain of " + board + " by its pulser, mean over its channels")
        .display(0, 25)
        .limits(13, 13.5, 14.5, 15)
        .everySeconds(60)
        .sensor(0.01, 0.001)
        .reads(() -> frontEnd.supply().amplifies(index) ? frontEnd.channels().gain(index) : NaN)
        .add();
  }

  private void chip(String id, String board, int index, int chip, Chip what) {
    double own = what.usual() + desk.bias(0.5 * what.spread());
    boolean noise = what == CHIP.getFirst();
    desk.real(id + "." + what.name(), what.unit())
        .unit(what.unit(), what.egu())
        .says(what.text() + " of amplifier chip %d of %s".formatted(chip + 1, board))
        .display(0, what.displayHigh())
        .everySeconds(60)
        .sensor(what.sigma(), 0.1)
        .reads(
            () ->
                noise
                    ? frontEnd.boardNoise(index) * own / what.usual()
                    : own * frontEnd.supply().share(Rail.LARASIC, index))
        .add();
  }
}
