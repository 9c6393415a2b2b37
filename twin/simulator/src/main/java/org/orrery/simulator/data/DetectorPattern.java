package org.orrery.simulator.data;

import org.orrery.simulator.plant.SimRandom;

/**
 * What makes one detector's channels and regions differ for its whole life: hidden, decided by the
 * seed. Spreads are modelling defaults; 3 in 1000 channels are dead from birth (ProtoDUNE-SP: 99.7
 * % alive). Immutable after construction.
 */
final class DetectorPattern {
  private static final double DEAD_SHARE = 0.003;

  final float[] noiseFactor;
  final float[] pedestalOffsetAdc;
  final float[] hitFactor;
  final boolean[] bornDead;
  final double[] regionCharge;
  final double[] regionDrift;
  final double[] regionLight;
  final double[] boardHits;
  final double[] photonLamp;

  DetectorPattern(DataScale scale, long seed) {
    SimRandom random = new SimRandom(seed, 31);
    int channels = scale.boards() * WirePlane.BOARD_CHANNELS;
    this.noiseFactor = new float[channels];
    this.pedestalOffsetAdc = new float[channels];
    this.hitFactor = new float[channels];
    this.bornDead = new boolean[channels];
    for (int i = 0; i < channels; i++) {
      noiseFactor[i] = (float) (1.0 + 0.06 * Math.clamp(random.gaussian(), -3.0, 3.0));
      pedestalOffsetAdc[i] = (float) (40.0 * Math.clamp(random.gaussian(), -3.0, 3.0));
      hitFactor[i] = (float) (1.0 + 0.03 * Math.clamp(random.gaussian(), -3.0, 3.0));
      bornDead[i] = random.uniform() < DEAD_SHARE;
    }
    this.boardHits = spread(scale.boards(), 0.08, random);
    this.regionCharge = spread(scale.regions(), 0.008, random);
    this.regionDrift = spread(scale.regions(), 0.0015, random);
    this.regionLight = spread(scale.regions(), 0.10, random);
    this.photonLamp = spread(scale.photonChannels(), 0.15, random);
  }

  private static double[] spread(int count, double sigma, SimRandom random) {
    double[] factors = new double[count];
    for (int i = 0; i < count; i++) {
      factors[i] = 1.0 + sigma * Math.clamp(random.gaussian(), -2.5, 2.5);
    }
    return factors;
  }

  /** Whether a channel, from 0, never gave a signal. */
  boolean dead(int channel) {
    return bornDead[channel];
  }
}
