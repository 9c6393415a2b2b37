package org.orrery.simulator.data;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Noise, pedestals, hits and pulse heights of each board and plane. Not thread-safe. */
final class BoardHistograms {
  /** Noise frames, Hz: a few thousand samples of every channel at random triggers. */
  private static final double FRAME_HERTZ = 0.1;

  /** Relative error of a noise RMS over one frame of 2,000 samples. */
  private static final double FRAME_ERROR = 0.016;

  /** Rounding of the converter, electrons RMS: what is left on a dead channel. */
  private static final double DEAD_ELECTRONS = 63.0;

  private static final double PEDESTAL_FRAME_ADC = 0.6;

  /** Tracks of a cosmic event that cross a given wire. */
  private static final double HITS_PER_TRACK = 0.07;

  /** Tracks that a beam event has on the boards that the beam reaches. */
  static final double BEAM_TRACKS = 10.0;

  private static final double SAMPLES = 6_000.0;

  /** Upward crossings of the threshold per sample of shaped noise. */
  private static final double CROSSINGS_PER_SAMPLE = 0.15;

  /** The readout begins this long before the trigger, us. */
  private static final double PRE_TRIGGER_US = 250.0;

  /** Landau width over the most probable value, for muons and 0.48 cm of wire pitch. */
  static final double LANDAU_WIDTH = 0.057;

  /** Spread by the angles of the tracks, relative. */
  private static final double ANGLE_SPREAD = 0.12;

  private static final double BUCKET = 0.05;
  private static final int DRIFT_SLICES = 8;

  private final HistogramCatalogue catalogue;
  private final DetectorPattern pattern;
  private final IntervalWork work;
  private final BoardConditions boards;
  private final Map<Integer, SmearedLandau> shapes = new HashMap<>();
  private final double[] channelHits = new double[WirePlane.BOARD_CHANNELS];

  BoardHistograms(HistogramCatalogue catalogue, DetectorPattern pattern, IntervalWork work) {
    this.catalogue = catalogue;
    this.pattern = pattern;
    this.work = work;
    this.boards = work.conditions.boards();
  }

  void make() {
    for (int board = 0; board < catalogue.scale().boards(); board++) {
      for (WirePlane plane : WirePlane.values()) {
        make(board, plane);
      }
    }
  }

  private void make(int board, WirePlane plane) {
    int place = catalogue.board(board, plane);
    noise(place, board, plane);
    pedestal(place + 1, board, plane);
    double noiseAdc = enc(board, plane, 1.0) * 1e-3 * WirePlane.ADC_PER_KE;
    @Nullable SmearedLandau shape = work.argon.drifts() ? shape(plane, noiseAdc) : null;
    double gain = boards.gain().at(board) * boards.planeGain(plane);
    double seen = shape == null || gain <= 0.0 ? 0.0 : seen(shape, plane, gain);
    double trackHits = trackHitsPerWire(board) * seen * boards.hitEfficiency().at(board);
    double noiseHits = occupancy(place + 2, board, plane, trackHits);
    pulses(place + 3, plane, shape, gain, noiseAdc, noiseHits);
  }

  private int channel(int board, WirePlane plane, int wire) {
    return board * WirePlane.BOARD_CHANNELS + plane.firstChannel + wire;
  }

  private boolean dead(int channel) {
    return pattern.dead(channel) || boards.dead().contains(channel);
  }

  /** Noise of a channel whose own factor is given, electrons RMS. */
  private double enc(int board, WirePlane plane, double factor) {
    double own = boards.noiseElectrons().at(board) * plane.noiseFactor * factor;
    double ripple = plane.ripplePickUp * boards.rippleElectrons();
    double coherent = boards.coherentElectrons().at(board);
    return Math.sqrt(own * own + ripple * ripple + coherent * coherent);
  }

  private void noise(int place, int board, WirePlane plane) {
    Filling filling = work.start(place);
    double frames = work.entries(FRAME_HERTZ);
    for (int wire = 0; wire < plane.channels; wire++) {
      int channel = channel(board, plane, wire);
      double electrons =
          dead(channel) ? DEAD_ELECTRONS : enc(board, plane, pattern.noiseFactor[channel]);
      filling.addNormal(electrons, FRAME_ERROR * electrons, frames);
    }
    work.finish(place);
  }

  private void pedestal(int place, int board, WirePlane plane) {
    Filling filling = work.start(place);
    double frames = work.entries(FRAME_HERTZ);
    double centre = plane.baselineAdc + boards.pedestalShiftAdc().at(board);
    for (int wire = 0; wire < plane.channels; wire++) {
      double own = pattern.pedestalOffsetAdc[channel(board, plane, wire)];
      filling.addNormal(centre + own, PEDESTAL_FRAME_ADC, frames);
    }
    work.finish(place);
  }

  private double trackHitsPerWire(int board) {
    RunConditions run = work.conditions.run();
    double beamShare = run.beamTriggerHertz() / Math.max(1e-9, run.triggerHertz());
    boolean inBeam = RegionHistograms.inBeam(catalogue.scale(), catalogue.scale().regionOf(board));
    double tracks = run.pileUpTracks() + (inBeam ? beamShare * BEAM_TRACKS : 0.0);
    return work.entries(run.triggerHertz())
        * run.monitoredShare()
        * tracks
        * HITS_PER_TRACK
        * pattern.boardHits[board];
  }

  /** Share of the hits that pass the threshold. */
  private static double seen(SmearedLandau shape, WirePlane plane, double gain) {
    return 1.0 - shape.cumulative(plane.thresholdAdc / gain);
  }

  /** Fills the map of hits; returns the expected noise hits. */
  private double occupancy(int place, int board, WirePlane plane, double trackHits) {
    double[] slices = new double[HistogramCatalogue.TIME_SLICES];
    timeShares(slices);
    double readouts = work.entries(work.conditions.run().triggerHertz());
    readouts *= work.conditions.run().monitoredShare();
    double noiseHits = 0.0;
    Filling filling = work.start(place);
    for (int wire = 0; wire < plane.channels; wire++) {
      int channel = channel(board, plane, wire);
      channelHits[wire] = 0.0;
      if (dead(channel)) {
        continue;
      }
      double adc = enc(board, plane, pattern.noiseFactor[channel]) * 1e-3 * WirePlane.ADC_PER_KE;
      double z = plane.thresholdAdc / adc;
      double noise = readouts * SAMPLES * CROSSINGS_PER_SAMPLE * Math.exp(-0.5 * z * z);
      noise *= boards.hitEfficiency().at(board);
      noiseHits += noise;
      channelHits[wire] = trackHits * pattern.hitFactor[channel];
      for (int slice = 0; slice < slices.length; slice++) {
        filling.add(
            slice * plane.channels + wire,
            channelHits[wire] * slices[slice] + noise / slices.length);
      }
    }
    work.finish(place);
    return noiseHits;
  }

  /** Shares of the hits in each slice: tracks of all times, and the one that fired the trigger. */
  private void timeShares(double[] slices) {
    Axis time = catalogue.at(catalogue.board(0, WirePlane.U) + 2).y().orElseThrow();
    double inTime = 1.0 / (1.0 + work.conditions.run().pileUpTracks());
    double end = PRE_TRIGGER_US + work.argon.driftMicroseconds();
    for (int slice = 0; slice < slices.length; slice++) {
      double from = Math.max(PRE_TRIGGER_US, time.edge(slice));
      double to = Math.min(end, time.edge(slice + 1));
      double overlap = Math.max(0.0, to - from) / Math.max(1.0, end - PRE_TRIGGER_US);
      slices[slice] = (1.0 - inTime) / slices.length + inTime * overlap;
    }
  }

  /** Pulse heights at unit gain, for noise near the given. */
  private SmearedLandau shape(WirePlane plane, double noiseAdc) {
    int bucket = (int) Math.rint(Math.log(Math.max(0.1, noiseAdc)) / BUCKET);
    return shapes.computeIfAbsent(
        bucket * WirePlane.values().length + plane.ordinal(),
        key -> {
          double[] peaks = work.argon.profileKePerCm(DRIFT_SLICES);
          double mean = 0.0;
          for (int i = 0; i < peaks.length; i++) {
            peaks[i] *= plane.pitchCm * plane.response * WirePlane.ADC_PER_KE;
            mean += peaks[i] / peaks.length;
          }
          double sigma = Math.hypot(ANGLE_SPREAD * mean, Math.exp(bucket * BUCKET));
          return new SmearedLandau(peaks, LANDAU_WIDTH, sigma, plane.highestPulseAdc * 1.5);
        });
  }

  private void pulses(
      int place,
      WirePlane plane,
      @Nullable SmearedLandau shape,
      double gain,
      double noiseAdc,
      double noiseHits) {
    Filling filling = work.start(place);
    double threshold = plane.thresholdAdc;
    if (shape != null && gain > 0.0) {
      double hits = 0.0;
      for (int wire = 0; wire < plane.channels; wire++) {
        hits += channelHits[wire];
      }
      double below = shape.cumulative(threshold / gain);
      double above = Math.max(1e-9, 1.0 - below);
      filling.addShares(x -> Math.max(0.0, shape.cumulative(x / gain) - below) / above, hits);
    }
    filling.addShares(
        x ->
            x <= threshold
                ? 0.0
                : 1.0 - Math.exp((threshold * threshold - x * x) / (2.0 * noiseAdc * noiseAdc)),
        noiseHits);
    work.finish(place);
  }
}
