package org.orrery.simulator.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.orrery.simulator.Waveform;
import org.orrery.simulator.lar.Saturation;
import org.orrery.simulator.lar.SpaceCharge;
import org.orrery.simulator.plant.DetectorConfig;
import org.orrery.simulator.plant.FrontEnd;
import org.orrery.simulator.plant.PhotonDetectors;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.PurityMonitor;
import org.orrery.simulator.plant.ReadoutChannels;
import org.orrery.simulator.plant.SimRandom;
import org.orrery.simulator.plant.TrackObservables;
import org.orrery.simulator.plant.WireBias;

/**
 * Reads the conditions of the data out of the plant. The slow control reads out some of the boards
 * and photon channels only: those come first, and the others share what is common to all of them.
 * Immutable.
 */
public final class PlantConditions {
  private static final double NOMINAL_LIFETIME_FIELD = 0.5;
  private static final int BISECTIONS = 40;
  private static final double MOST_ALPHA = 1.2;

  /** Without a common divisor with the channels of a board, so that it comes by all of them. */
  private static final int STRIDE = 53;

  private final DetectorConfig config;
  private final double[] boardFactor;
  private final double[] gainFactor;
  private final double[] darkFactor;

  /**
   * @param config of the plant
   * @param scale how many parts the monitor looks at
   * @param seed decides what the slow control does not read out
   */
  public PlantConditions(DetectorConfig config, DataScale scale, long seed) {
    SimRandom random = new SimRandom(seed, 32);
    this.config = config;
    this.boardFactor = factors(scale.boards(), 0.075, random);
    this.gainFactor = factors(scale.photonChannels(), 0.02, random);
    this.darkFactor = factors(scale.photonChannels(), 0.12, random);
  }

  private static double[] factors(int count, double sigma, SimRandom random) {
    double[] factors = new double[count];
    for (int i = 0; i < count; i++) {
      factors[i] = 1.0 + sigma * Math.clamp(random.gaussian(), -2.0, 2.0);
    }
    return factors;
  }

  /**
   * The conditions at this moment.
   *
   * @param liveShare share of the interval during which a run went on, 0 to 1
   */
  public Conditions read(Plant plant, double liveShare) {
    return new Conditions(
        RunPlan.of(plant.dataTaking().runNumber(), plant.triggerHertz(), liveShare),
        argon(plant),
        boards(plant.frontEnd()),
        photons(plant.photonDetectors()),
        monitors(plant));
  }

  private ArgonConditions argon(Plant plant) {
    double kelvin = plant.cryostat().meanKelvin();
    double nitrogen = plant.purity().nitrogenPpm();
    double field = plant.highVoltage().cathodeVolts() * 1e-5 / config.driftMetres();
    TrackObservables tracks = plant.tracks();
    double lifetime = plant.purity().lifetimeMilliseconds(NOMINAL_LIFETIME_FIELD);
    if (field < ArgonResponse.LEAST_KV_PER_CM || Double.isNaN(tracks.anodeKePerCm())) {
      return new ArgonConditions(0.0, 0.0, kelvin, lifetime, nitrogen);
    }
    double rho = Saturation.liquidDensityGramPerCm3(kelvin);
    double alpha = alpha(tracks.anodeKePerCm(), field, rho);
    double cathodeField = field * SpaceCharge.cathodeFieldRatio(alpha);
    double survival = tracks.cathodeKePerCm() / ArgonResponse.chargeKePerCm(cathodeField, rho);
    double seen = -tracks.driftMicroseconds() * 1e-3 / Math.log(Math.min(0.9999, survival));
    return new ArgonConditions(field, alpha, kelvin, seen, nitrogen);
  }

  /** The space charge that makes charge near the anode what it is. */
  private static double alpha(double anodeKePerCm, double field, double rho) {
    double low = 0.0;
    double high = MOST_ALPHA;
    for (int i = 0; i < BISECTIONS; i++) {
      double alpha = 0.5 * (low + high);
      double anodeField = field * SpaceCharge.anodeFieldRatio(alpha);
      if (ArgonResponse.chargeKePerCm(anodeField, rho) > anodeKePerCm) {
        low = alpha;
      } else {
        high = alpha;
      }
    }
    return 0.5 * (low + high);
  }

  private BoardConditions boards(FrontEnd frontEnd) {
    double[] read = new double[frontEnd.boards()];
    for (int i = 0; i < read.length; i++) {
      read[i] = frontEnd.boardNoise(i);
    }
    double common = median(read);
    double[] noise = new double[boardFactor.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = i < read.length ? read[i] : common * boardFactor[i];
    }
    WireBias bias = frontEnd.wireBias();
    return BoardConditions.healthy(new Waveform(noise))
        .withRipple(frontEnd.planeNoise(0.0, true))
        .withPlaneGains(0.5 * (bias.amplitude(1) + bias.amplitude(2)), bias.collected())
        .withDead(silent(frontEnd, Math.min(read.length, noise.length)));
  }

  /** The channels without signal, spread over their board; the slow control only counts them. */
  private static ChannelSet silent(FrontEnd frontEnd, int boards) {
    ChannelSet silent = ChannelSet.none();
    for (int board = 0; board < boards; board++) {
      int first = board * ReadoutChannels.PER_BOARD;
      int count = (int) frontEnd.silent(board);
      int[] channels = new int[count];
      for (int i = 0; i < count; i++) {
        channels[i] = first + (int) (STRIDE * (long) i % ReadoutChannels.PER_BOARD);
      }
      silent = silent.and(ChannelSet.of(channels));
    }
    return silent;
  }

  private PhotonConditions photons(PhotonDetectors detectors) {
    double[] readGain = new double[detectors.channels()];
    double[] readDark = new double[detectors.channels()];
    for (int i = 0; i < readGain.length; i++) {
      readGain[i] = detectors.gainMillions(i);
      readDark[i] = detectors.darkHertz(i);
    }
    double commonGain = median(readGain);
    double commonDark = median(readDark);
    double[] gain = new double[gainFactor.length];
    double[] dark = new double[gainFactor.length];
    for (int i = 0; i < gain.length; i++) {
      gain[i] = i < readGain.length ? readGain[i] : commonGain * gainFactor[i];
      dark[i] = i < readDark.length ? readDark[i] : commonDark * darkFactor[i];
    }
    return new PhotonConditions(new Waveform(gain), new Waveform(dark), ChannelSet.none());
  }

  /** What is common to most; one that is broken does not move it. */
  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
  }

  private static List<MonitorConditions> monitors(Plant plant) {
    List<MonitorConditions> monitors = new ArrayList<>();
    for (int i = 0; i < Conditions.MONITORS; i++) {
      PurityMonitor monitor = plant.monitor(i);
      double log = Math.log(monitor.cathodeCharge() / Math.max(1e-3, monitor.anodeCharge()));
      boolean measured = monitor.status() == PurityMonitor.OK && log > 0.0;
      double drift =
          measured
              ? 1e3 * monitor.lifetimeMilliseconds() * log
              : MonitorConditions.nominal().driftMicroseconds();
      monitors.add(new MonitorConditions(monitor.cathodeCharge(), monitor.anodeCharge(), drift));
    }
    return monitors;
  }
}
