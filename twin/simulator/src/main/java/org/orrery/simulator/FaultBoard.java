package org.orrery.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.orrery.simulator.plant.FaultInputs;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.SimRandom;
import org.orrery.simulator.plant.StateCodec;

/** The faults that are going on, and what they do to the plant. Not thread-safe. */
final class FaultBoard {
  private static final double FRONT_MILLIBAR = 20.0;
  private static final double STREAMER_LEAST = 0.01;
  private static final double STREAMER_SPAN = 0.19;
  private static final double LEAK_SPAN = 0.2;
  private static final double NS_PER_SECOND = 1e9;

  private static final class Entry {
    FaultSpec spec;
    long onsetNs;
    long endNs;
    boolean fired;

    Entry(FaultSpec spec, long onsetNs, long endNs) {
      this.spec = spec;
      this.onsetNs = onsetNs;
      this.endNs = endNs;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  void start(FaultSpec spec, long nowNs, SimRandom random) {
    entries.removeIf(entry -> sameTarget(entry.spec, spec));
    long endNs = Long.MAX_VALUE;
    if (spec.code() == FaultCode.F1) {
      // Published: a streamer quenches by itself after 6 to 12 hours.
      endNs = nowNs + (long) (random.uniform(6.0, 12.0) * 3600.0 * NS_PER_SECOND);
    }
    entries.add(new Entry(spec, nowNs, endNs));
  }

  private static boolean sameTarget(FaultSpec a, FaultSpec b) {
    return a.code() == b.code()
        && a.train() == b.train()
        && a.sensor().map(SensorFault::channelId).equals(b.sensor().map(SensorFault::channelId));
  }

  /**
   * Removes the faults of that code, for F21 only the one of that channel if given; returns the
   * removed.
   */
  List<FaultSpec> clear(FaultCode code, Optional<String> channelId) {
    List<FaultSpec> removed = new ArrayList<>();
    for (Iterator<Entry> it = entries.iterator(); it.hasNext(); ) {
      FaultSpec spec = it.next().spec;
      boolean meant =
          spec.code() == code
              && (channelId.isEmpty()
                  || spec.sensor().map(SensorFault::channelId).equals(channelId));
      if (meant) {
        removed.add(spec);
        it.remove();
      }
    }
    return removed;
  }

  /** Lets the faults act on the plant at {@code nowNs}, and drops those that are over. */
  void act(Plant plant, long nowNs) {
    FaultInputs inputs = plant.faults();
    inputs.streamerShare = 0.0;
    inputs.tripHighVoltage = false;
    inputs.supplyLeakShare = 0.0;
    inputs.pumpASlip = 0.0;
    inputs.pumpBSlip = 0.0;
    inputs.filterALoss = 0.0;
    inputs.filterBLoss = 0.0;
    inputs.nitrogenValveStuck = false;
    inputs.nitrogenLoss = 0.0;
    inputs.weatherMillibar = 0.0;
    for (Iterator<Entry> it = entries.iterator(); it.hasNext(); ) {
      Entry entry = it.next();
      if (isOver(entry, plant, nowNs)) {
        it.remove();
      } else {
        apply(entry, inputs, nowNs);
      }
    }
  }

  private static boolean isOver(Entry entry, Plant plant, long nowNs) {
    return switch (entry.spec.code()) {
      case F1 -> nowNs >= entry.endNs || plant.highVoltage().quenched();
      case F4 -> entry.fired && !plant.highVoltage().tripped();
      case F3, F5, F6, F8, F9, F10, F21 -> false;
    };
  }

  private static void apply(Entry entry, FaultInputs inputs, long nowNs) {
    FaultSpec spec = entry.spec;
    double seconds = (nowNs - entry.onsetNs) / NS_PER_SECOND;
    double growth =
        spec.rampSeconds() <= 0.0 ? 1.0 : Math.clamp(seconds / spec.rampSeconds(), 0.0, 1.0);
    switch (spec.code()) {
      case F1 ->
          inputs.streamerShare =
              growth * (STREAMER_LEAST + STREAMER_SPAN * Math.abs(spec.severity()));
      case F4 -> {
        inputs.tripHighVoltage = !entry.fired && growth >= 1.0;
        entry.fired |= inputs.tripHighVoltage;
      }
      case F3 -> inputs.supplyLeakShare = growth * LEAK_SPAN * Math.abs(spec.severity());
      case F5 -> {
        double slip = growth * Math.abs(spec.severity());
        if (spec.train() == Train.A) {
          inputs.pumpASlip = slip;
        } else {
          inputs.pumpBSlip = slip;
        }
      }
      case F6 -> {
        double loss = growth * Math.abs(spec.severity());
        if (spec.train() == Train.A) {
          inputs.filterALoss = loss;
        } else {
          inputs.filterBLoss = loss;
        }
      }
      case F9 -> inputs.nitrogenValveStuck = true;
      case F8 -> inputs.nitrogenLoss = growth * Math.abs(spec.severity());
      case F10 -> inputs.weatherMillibar = FRONT_MILLIBAR * spec.severity() * growth;
      case F21 -> {
        // Acts on the sensor, which knows it already.
      }
    }
  }

  List<ActiveFault> truth() {
    List<ActiveFault> faults = new ArrayList<>();
    for (Entry entry : entries) {
      faults.add(new ActiveFault(entry.spec, entry.onsetNs, entry.spec.cause()));
    }
    return List.copyOf(faults);
  }

  void exchange(StateCodec codec) {
    int count = codec.ofInt(entries.size());
    while (entries.size() < count) {
      entries.add(new Entry(FaultSpec.of(FaultCode.F4), 0, 0));
    }
    while (entries.size() > count) {
      entries.removeLast();
    }
    for (Entry entry : entries) {
      entry.spec = exchange(codec, entry.spec);
      entry.onsetNs = codec.ofLong(entry.onsetNs);
      entry.endNs = codec.ofLong(entry.endNs);
      entry.fired = codec.ofBoolean(entry.fired);
    }
  }

  private static FaultSpec exchange(StateCodec codec, FaultSpec spec) {
    FaultCode code = FaultCode.valueOf(codec.ofText(spec.code().name()));
    double severity = codec.ofDouble(spec.severity());
    double ramp = codec.ofDouble(spec.rampSeconds());
    Train train = Train.valueOf(codec.ofText(spec.train().name()));
    SensorFault none = new SensorFault("", SensorFault.Mode.DEAD, 0.0);
    SensorFault sensor = spec.sensor().orElse(none);
    String channel = codec.ofText(sensor.channelId());
    SensorFault.Mode mode = SensorFault.Mode.valueOf(codec.ofText(sensor.mode().name()));
    double amount = codec.ofDouble(sensor.amount());
    return new FaultSpec(
        code,
        severity,
        ramp,
        code == FaultCode.F21
            ? Optional.of(new SensorFault(channel, mode, amount))
            : Optional.empty(),
        train);
  }
}
