package org.orrery.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.SimRandom;

/** Describes one channel step by step. Not thread-safe. */
final class PointBuilder {
  private final String id;
  private final SimulatedChannel.Kind kind;
  private final DetectorDesk desk;
  private String unit = "1";
  private String egu = "";
  private String description = "";
  private List<String> choices = List.of();
  private double displayLow;
  private double displayHigh = 1.0;
  private AlarmLimits limits = AlarmLimits.NONE;
  private Optional<WriteRange> writable = Optional.empty();
  int cadenceTicks = 100;
  int phaseTicks;
  int holdTicks;
  boolean onChange;
  Point.@Nullable PutAction putAction;
  DoubleSupplier truth = () -> Double.NaN;
  @Nullable Supplier<Waveform> waveform;
  @Nullable DoubleSupplier shaking;
  @Nullable SimRandom ownNoise;
  Sensor sensor = Sensor.EXACT;
  final List<Severity> choiceSeverities = new ArrayList<>();

  PointBuilder(DetectorDesk desk, String id, SimulatedChannel.Kind kind) {
    this.desk = desk;
    this.id = id;
    this.kind = kind;
  }

  PointBuilder unit(String ucum, String alias) {
    unit = ucum;
    egu = alias;
    return this;
  }

  PointBuilder unit(String ucum) {
    return unit(ucum, ucum);
  }

  PointBuilder says(String text) {
    description = text;
    return this;
  }

  PointBuilder display(double low, double high) {
    displayLow = low;
    displayHigh = high;
    return this;
  }

  /** Limits in the order lowest, low, high, highest; NaN for none. */
  PointBuilder limits(double lolo, double low, double high, double hihi) {
    limits = new AlarmLimits(lolo, low, high, hihi);
    return this;
  }

  PointBuilder everySeconds(double seconds) {
    cadenceTicks = (int) Math.round(seconds * 1e9 / Plant.TICK_NS);
    return this;
  }

  PointBuilder phaseSeconds(double seconds) {
    phaseTicks = (int) Math.round(seconds * 1e9 / Plant.TICK_NS);
    return this;
  }

  PointBuilder reads(DoubleSupplier source) {
    truth = source;
    return this;
  }

  PointBuilder readsAll(Supplier<Waveform> source) {
    waveform = source;
    truth = () -> 0.0;
    return this;
  }

  PointBuilder sensor(double sigma, double resolution) {
    sensor = new Sensor(sigma, resolution, 0.0, 0.0);
    return this;
  }

  PointBuilder sensor(double sigma, double resolution, double lagSeconds, double bias) {
    sensor = new Sensor(sigma, resolution, lagSeconds, bias);
    return this;
  }

  /** Adds noise whose standard deviation the detector itself decides. */
  PointBuilder shakenBy(DoubleSupplier sigma) {
    shaking = sigma;
    return this;
  }

  /**
   * Gives the sensor a random sequence of its own, so that the channel can be added without any
   * other one showing different noise.
   */
  PointBuilder noiseFrom(SimRandom parent) {
    ownNoise = new SimRandom(parent.bits(), 0);
    return this;
  }

  PointBuilder choices(String... names) {
    choices = List.of(names);
    displayHigh = names.length - 1.0;
    onChange = true;
    return this;
  }

  /** Severities of the choices, one for each. */
  PointBuilder severities(Severity... severities) {
    choiceSeverities.addAll(List.of(severities));
    return this;
  }

  PointBuilder writable(double min, double max, Point.PutAction action) {
    writable = Optional.of(new WriteRange(min, max));
    putAction = action;
    onChange = true;
    return this;
  }

  /** After a put the channel shows the value for that long, and then its truth again. */
  PointBuilder momentary(double seconds) {
    holdTicks = (int) Math.round(seconds * 1e9 / Plant.TICK_NS);
    return this;
  }

  SimulatedChannel info() {
    return new SimulatedChannel(
        id,
        kind,
        unit,
        egu,
        description,
        choices,
        displayLow,
        displayHigh,
        limits,
        writable,
        cadenceTicks * Plant.TICK_NS);
  }

  void add() {
    desk.add(new Point(this));
  }
}
