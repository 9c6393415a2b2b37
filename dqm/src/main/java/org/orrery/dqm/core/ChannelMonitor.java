package org.orrery.dqm.core;

import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.twin.TwinState.ChannelEstimate;

/**
 * Watches the innovations of one channel. Learns their usual offset, scale and memory while nothing
 * is suspected; runs CUSUMs on both sides. Not thread-safe.
 *
 * <p>Innovations with memory would climb more often than independent ones; their scale is enlarged
 * by the root of the variance factor of an autoregressive process of first order, (1 + phi) / (1 -
 * phi).
 */
final class ChannelMonitor {
  /** Where the trouble is to be seen: what was read when it was farthest out. */
  record Sight(ChannelEstimate estimate, double deviation, long atNs) {}

  /** One side of a CUSUM, and since when it has been above zero. */
  private static final class Climb {
    double height;
    long sinceNs;

    void add(double step, double top, long beforeNs) {
      if (height == 0) {
        sinceNs = beforeNs;
      }
      height = Math.clamp(height + step, 0, top);
    }
  }

  private static final double LOCATION_MEMORY_NS = 12 * 3600e9;
  private static final double SCALE_MEMORY_NS = 4 * 3600e9;
  private static final double LARGEST_LOCATION = 3;

  /** Never more confident than the twin itself: what lies within its band is no news. */
  private static final double LEAST_SCALE = 1;

  private static final double LARGEST_SCALE = 10;
  private static final double LARGEST_MEMORY = 0.8;
  private static final double WINSOR = 3;
  private static final double FAR = 4;

  /** Mean of min(x^2, 9) of {@link Student}. */
  private static final double WINSORED_SQUARE = 0.9;

  /** CUSUMs end here above their level, so that they come down again soon. */
  private static final double HEADROOM = 8;

  private final ChannelId channel;
  private final CusumNull.Kind[] kinds;
  private final Climb[] up;
  private final Climb[] down;
  private double location;
  private double square = 1;
  private double memory;
  private double lastStandardised;
  private double recent;
  private double intervalNs;
  private long readings;
  private long lastNs;
  private long farSinceNs = Long.MIN_VALUE;
  private @Nullable Sight sight;

  ChannelMonitor(ChannelId channel, double expectedIntervalNs, CusumNull.Kind... kinds) {
    this.channel = channel;
    this.intervalNs = expectedIntervalNs;
    this.kinds = kinds.clone();
    this.up = climbs(kinds.length);
    this.down = climbs(kinds.length);
  }

  /**
   * Takes a new innovation.
   *
   * @param levels the levels of the kinds, in their order
   * @param learn whether nothing is suspected
   * @return the standardised innovation, clipped at 8
   */
  double update(
      ChannelEstimate estimate, double innovation, long atNs, double[] levels, boolean learn) {
    double scale = Math.sqrt(square);
    double centred = innovation - location;
    double standardised = centred / scale;
    double inflated = standardised / Math.sqrt((1 + memory) / (1 - memory));
    if (highest() == 0) {
      sight = null;
      farSinceNs = Long.MIN_VALUE;
    }
    if (Math.abs(standardised) > FAR && farSinceNs == Long.MIN_VALUE) {
      farSinceNs = lastNs == 0 ? atNs : lastNs;
    } else if (Math.abs(standardised) < 1) {
      farSinceNs = Long.MIN_VALUE;
    }
    for (int i = 0; i < kinds.length; i++) {
      double x = Math.clamp(inflated, -kinds[i].clip(), kinds[i].clip());
      double top = levels[i] + HEADROOM;
      up[i].add(x - kinds[i].k(), top, lastNs == 0 ? atNs : lastNs);
      down[i].add(-x - kinds[i].k(), top, lastNs == 0 ? atNs : lastNs);
    }
    if (highest() > 0 && (sight == null || Math.abs(standardised) > Math.abs(sight.deviation()))) {
      sight = new Sight(estimate, standardised, atNs);
    }
    recent += 0.4 * (Math.clamp(standardised, -8, 8) - recent);
    if (learn) {
      learn(centred, standardised, atNs);
    }
    readings++;
    lastStandardised = Math.clamp(standardised, -WINSOR, WINSOR);
    lastNs = atNs;
    return Math.clamp(standardised, -8, 8);
  }

  private void learn(double centred, double standardised, long atNs) {
    double elapsedNs = lastNs == 0 ? intervalNs : Math.min(atNs - lastNs, 100 * intervalNs);
    double scale = Math.sqrt(square);
    double within = Math.clamp(centred, -WINSOR * scale, WINSOR * scale);
    double locationGain = Math.max(1.0 / (readings + 10), elapsedNs / LOCATION_MEMORY_NS);
    double scaleGain = Math.max(1.0 / (readings + 20), elapsedNs / SCALE_MEMORY_NS);
    location = Math.clamp(location + locationGain * within, -LARGEST_LOCATION, LARGEST_LOCATION);
    square += scaleGain * (within * within / WINSORED_SQUARE - square);
    square = Math.clamp(square, LEAST_SCALE * LEAST_SCALE, LARGEST_SCALE * LARGEST_SCALE);
    double product = Math.clamp(standardised, -WINSOR, WINSOR) * lastStandardised;
    memory = Math.clamp(memory + scaleGain * (product - memory), 0, LARGEST_MEMORY);
    intervalNs += Math.max(1.0 / (readings + 3), 0.01) * (elapsedNs - intervalNs);
  }

  ChannelId channel() {
    return channel;
  }

  /** Height of the CUSUM of a kind, the higher side. */
  double height(int kind) {
    return steeper(kind).height;
  }

  private double highest() {
    double highest = 0;
    for (int i = 0; i < kinds.length; i++) {
      highest = Math.max(highest, height(i));
    }
    return highest;
  }

  /** The greatest share of its level that a CUSUM has climbed to; 1 and more is an alarm. */
  double share(double[] levels) {
    double share = 0;
    for (int i = 0; i < kinds.length; i++) {
      share = Math.max(share, height(i) / levels[i]);
    }
    return share;
  }

  /**
   * When the deviation began: it jumped, or else the climb that has come farthest left zero, plant
   * ns.
   */
  long onsetNs(double[] levels) {
    if (farSinceNs != Long.MIN_VALUE) {
      return farSinceNs;
    }
    Climb farthest = steeper(0);
    double share = farthest.height / levels[0];
    for (int i = 1; i < kinds.length; i++) {
      if (height(i) / levels[i] > share) {
        farthest = steeper(i);
        share = farthest.height / levels[i];
      }
    }
    return farthest.sinceNs;
  }

  private Climb steeper(int kind) {
    return up[kind].height >= down[kind].height ? up[kind] : down[kind];
  }

  private static Climb[] climbs(int count) {
    Climb[] climbs = new Climb[count];
    for (int i = 0; i < count; i++) {
      climbs[i] = new Climb();
    }
    return climbs;
  }

  /** The farthest reading of the present climb. */
  @Nullable Sight sight() {
    return sight;
  }

  /** Mean of the last few standardised innovations. */
  double recent() {
    return recent;
  }

  /** When the last innovation came, plant ns; 0 before the first. */
  long lastNs() {
    return lastNs;
  }

  /** Usual time between two innovations, plant ns. */
  double intervalNs() {
    return intervalNs;
  }

  /** Usual scale of the innovations; 1 for a twin that knows its errors. */
  double scale() {
    return Math.sqrt(square);
  }

  /** Forgets the present climb. */
  void reset() {
    for (int i = 0; i < kinds.length; i++) {
      up[i].height = 0;
      down[i].height = 0;
    }
    sight = null;
  }
}
