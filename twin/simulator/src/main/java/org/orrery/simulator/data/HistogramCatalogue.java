package org.orrery.simulator.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every histogram of a detector, in a stable order. Immutable. */
public final class HistogramCatalogue {
  /** Time axis of the maps: slices of the readout window. */
  static final int TIME_SLICES = 8;

  private final DataScale scale;
  private final List<HistogramSpec> specs = new ArrayList<>();
  private final Map<String, HistogramSpec> byId = new HashMap<>();
  private final int firstRegion;
  private final int firstPhoton;
  private final int firstGlobal;

  private HistogramCatalogue(DataScale scale) {
    this.scale = scale;
    for (int board = 0; board < scale.boards(); board++) {
      for (WirePlane plane : WirePlane.values()) {
        addBoard("dqm.femb%02d.".formatted(board + 1), plane);
      }
    }
    this.firstRegion = specs.size();
    for (int region = 0; region < scale.regions(); region++) {
      int perVolume = scale.regions() / 2;
      addRegion("dqm.tpc%d.r%02d.".formatted(region / perVolume + 1, region % perVolume + 1));
    }
    this.firstPhoton = specs.size();
    for (int channel = 0; channel < scale.photonChannels(); channel++) {
      addPhoton("dqm.pds.ch%02d.".formatted(channel + 1));
    }
    this.firstGlobal = specs.size();
    addGlobal();
    for (HistogramSpec spec : specs) {
      byId.put(spec.id(), spec);
    }
  }

  /** The histograms of a detector of this scale. */
  public static HistogramCatalogue of(DataScale scale) {
    return new HistogramCatalogue(scale);
  }

  private void addBoard(String id, WirePlane plane) {
    String name = plane.name().toLowerCase(Locale.ROOT);
    String of = " of plane " + plane;
    specs.add(
        HistogramSpec.counts(
            id + "rms." + name,
            "Noise of the channels" + of + ", one entry per channel and noise frame",
            new Axis("noise RMS", "{e}", 64, 0.0, 1_600.0)));
    specs.add(
        HistogramSpec.counts(
            id + "pedestal." + name,
            "Pedestal of the channels" + of + ", one entry per channel and noise frame",
            new Axis(
                "pedestal", "{ADC}", 80, plane.baselineAdc - 200.0, plane.baselineAdc + 200.0)));
    specs.add(
        HistogramSpec.map(
            id + "occupancy." + name,
            "Hits" + of + " by wire and drift time",
            new Axis("wire", "1", plane.channels, 0.0, plane.channels),
            new Axis("drift time", "us", TIME_SLICES, 0.0, 3_000.0)));
    specs.add(
        HistogramSpec.counts(
            id + "pulse." + name,
            "Pulse height of hits" + of,
            new Axis("pulse height", "{ADC}", 64, 0.0, plane.highestPulseAdc)));
  }

  private void addRegion(String id) {
    Axis charge = new Axis("dQ/dx", "10*3.{e}/cm", 75, 0.0, 150.0);
    specs.add(
        HistogramSpec.counts(id + "dqdx-anode", "Charge of muons in the first tenth", charge));
    specs.add(
        HistogramSpec.counts(id + "dqdx-cathode", "Charge of muons in the last tenth", charge));
    specs.add(
        HistogramSpec.counts(
            id + "drift-time",
            "Drift time of muons that cross anode and cathode",
            new Axis("drift time", "us", 240, 1_800.0, 3_000.0)));
    specs.add(
        HistogramSpec.counts(
            id + "light",
            "Light of flashes that match a muon",
            new Axis("light", "{photoelectron}", 80, 0.0, 800.0)));
  }

  private void addPhoton(String id) {
    specs.add(
        HistogramSpec.counts(
            id + "spe",
            "Charge of pulses of a weak lamp",
            new Axis("charge", "10*6.{e}", 128, -2.0, 30.0)));
    specs.add(
        HistogramSpec.counts(
            id + "dark",
            "Dark pulses in windows of 100 ms between triggers",
            new Axis("pulses", "1", 80, 0.0, 80.0)));
  }

  private void addGlobal() {
    specs.add(
        HistogramSpec.counts(
            "dqm.trigger.rate",
            "Triggers in each second",
            new Axis("triggers", "Hz", 100, 0.0, 100.0)));
    specs.add(
        HistogramSpec.counts(
            "dqm.trigger.types",
            "Triggers by type: beam, cosmic, pulser, random",
            new Axis("type", "1", 4, 0.0, 4.0)));
    specs.add(
        HistogramSpec.counts(
            "dqm.trigger.interval",
            "Time since the trigger before",
            new Axis("time", "ms", 100, 0.0, 500.0)));
    specs.add(
        HistogramSpec.counts(
            "dqm.event.size", "Size of events", new Axis("size", "MBy", 128, 0.0, 128.0)));
    specs.add(
        HistogramSpec.counts(
            "dqm.event.tracks", "Tracks in each event", new Axis("tracks", "1", 150, 0.0, 150.0)));
    for (int monitor = 1; monitor <= Conditions.MONITORS; monitor++) {
      specs.add(
          HistogramSpec.trace(
              "dqm.purity.m%d.waveform".formatted(monitor),
              "Mean signal of cathode and anode of purity monitor " + monitor,
              new Axis("time", "us", 250, 0.0, 5_000.0)));
    }
  }

  /** All histograms. */
  public List<HistogramSpec> specs() {
    return List.copyOf(specs);
  }

  /** The histogram of that id. */
  public Optional<HistogramSpec> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** How large the detector is. */
  public DataScale scale() {
    return scale;
  }

  /** Place of the first of the four histograms of a board and plane. */
  int board(int board, WirePlane plane) {
    return (board * WirePlane.values().length + plane.ordinal()) * 4;
  }

  /** Place of the first of the four histograms of a region. */
  int region(int region) {
    return firstRegion + region * 4;
  }

  /** Place of the first of the two histograms of a photon channel. */
  int photon(int channel) {
    return firstPhoton + channel * 2;
  }

  /** Place of the first of the global histograms. */
  int global() {
    return firstGlobal;
  }

  HistogramSpec at(int place) {
    return specs.get(place);
  }
}
