package org.orrery.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.SimRandom;
import org.orrery.simulator.plant.StateCodec;

/**
 * One channel at work: where its truth comes from, its sensor, its puts, and what it last showed.
 * Not thread-safe.
 */
final class Point {
  /** What a device does with a put. */
  interface PutAction {
    /** Carries out the put; returns the reason where it refuses, else null. */
    @Nullable String put(double value);
  }

  final SimulatedChannel info;
  final int cadenceTicks;
  final int phaseTicks;
  final boolean onChange;
  private final int holdTicks;
  final @Nullable PutAction putAction;
  private final DoubleSupplier truth;
  private final @Nullable Supplier<Waveform> waveform;
  private final @Nullable DoubleSupplier shaking;
  private final Sensor sensor;
  private final @Nullable SimRandom ownNoise;
  private final List<Severity> choiceSeverities;
  private final List<SensorLie> lies = new ArrayList<>(0);
  private double lagged = Double.NaN;
  private double shown = Double.NaN;
  private double lagDtSeconds = Double.NaN;
  private double lagKeep;
  private long shownNs = Long.MIN_VALUE;
  private long heldUntilNs = Long.MIN_VALUE;
  private Severity severity = Severity.NONE;
  private DeviceStatus status = DeviceStatus.NONE;

  Point(PointBuilder from) {
    this.info = from.info();
    this.cadenceTicks = from.cadenceTicks;
    this.phaseTicks = from.phaseTicks;
    this.onChange = from.onChange;
    this.holdTicks = from.holdTicks;
    this.putAction = from.putAction;
    this.truth = from.truth;
    this.waveform = from.waveform;
    this.shaking = from.shaking;
    this.sensor = from.sensor;
    this.ownNoise = from.ownNoise;
    this.choiceSeverities = List.copyOf(from.choiceSeverities);
  }

  void startLie(SensorLie lie) {
    lies.add(lie);
  }

  void endLies() {
    lies.clear();
  }

  double shown() {
    return shown;
  }

  /** Returns whether the truth differs from what was shown last. */
  boolean changed(long nowNs) {
    double now = truth.getAsDouble();
    return now != shown && lies.isEmpty() && !Double.isNaN(now) && nowNs >= heldUntilNs;
  }

  /** Shows a value that was just put; a momentary channel keeps it for a while. */
  void take(double value, long nowNs) {
    heldUntilNs = nowNs + holdTicks * Plant.TICK_NS;
    show(value);
  }

  /** Returns a put value as a number; NaN where it is of the wrong kind. */
  double numberOf(SimValue value) {
    return switch (value) {
      case SimValue.DoubleValue(double number) ->
          info.kind() == SimulatedChannel.Kind.CHOICE && number != Math.rint(number)
              ? Double.NaN
              : number;
      case SimValue.LongValue(long number) -> number;
      case SimValue.ChoiceValue(int index) ->
          info.kind() == SimulatedChannel.Kind.CHOICE ? index : Double.NaN;
      case SimValue.TextValue(String text) -> {
        int index = info.choices().indexOf(text);
        yield index < 0 ? Double.NaN : index;
      }
      case SimValue.ArrayValue ignored -> Double.NaN;
    };
  }

  /** Takes a new reading; the noise is drawn from {@code shared} unless it has its own. */
  void sample(long nowNs, SimRandom shared) {
    SimRandom random = ownNoise == null ? shared : ownNoise;
    double dtSeconds = shownNs == Long.MIN_VALUE ? 0.0 : (nowNs - shownNs) * 1e-9;
    shownNs = nowNs;
    if (nowNs < heldUntilNs) {
      return;
    }
    double value = truth.getAsDouble();
    if (!Double.isNaN(value)) {
      if (dtSeconds != lagDtSeconds) {
        lagDtSeconds = dtSeconds;
        lagKeep = sensor.keep(dtSeconds);
      }
      lagged = Double.isNaN(lagged) ? value : value + (lagged - value) * lagKeep;
      value = sensor.disturb(lagged, random);
      double extra = shaking == null ? 0.0 : shaking.getAsDouble();
      if (extra > 0.0) {
        value += extra * random.gaussian();
      }
    }
    for (SensorLie lie : lies) {
      value = lie.tell(value, nowNs, random);
    }
    if (!Double.isNaN(value)) {
      show(sensor.quantise(value));
    } else {
      severity = Severity.INVALID;
      status = DeviceStatus.READ;
      shown = Double.isNaN(shown) ? 0.0 : shown;
    }
  }

  private void show(double value) {
    shown = value;
    if (info.kind() == SimulatedChannel.Kind.CHOICE) {
      severity = choiceSeverities.isEmpty() ? Severity.NONE : choiceSeverities.get((int) value);
      status = severity == Severity.NONE ? DeviceStatus.NONE : DeviceStatus.STATE;
      return;
    }
    status = info.limits().statusOf(value);
    severity =
        switch (status) {
          case NONE, STATE -> Severity.NONE;
          case LOLO, HIHI -> Severity.MAJOR;
          case LOW, HIGH -> Severity.MINOR;
          case READ -> Severity.INVALID;
        };
  }

  /** Returns what the channel shows. */
  Reading reading(long timeNs) {
    SimValue value =
        switch (info.kind()) {
          case DOUBLE -> new SimValue.DoubleValue(shown);
          case LONG -> new SimValue.LongValue(Math.round(shown));
          case CHOICE -> new SimValue.ChoiceValue((int) shown);
          case TEXT -> new SimValue.TextValue(Double.toString(shown));
          case ARRAY ->
              new SimValue.ArrayValue(
                  waveform == null ? new Waveform(new double[0]) : waveform.get());
        };
    return new Reading(info.id(), value, severity, status, timeNs);
  }

  long shownNs() {
    return shownNs;
  }

  void exchange(StateCodec codec) {
    lagged = codec.ofDouble(lagged);
    shown = codec.ofDouble(shown);
    heldUntilNs = codec.ofLong(heldUntilNs);
    shownNs = codec.ofLong(shownNs);
    severity = Severity.values()[codec.ofInt(severity.ordinal())];
    status = DeviceStatus.values()[codec.ofInt(status.ordinal())];
    if (ownNoise != null) {
      ownNoise.exchange(codec);
    }
  }
}
