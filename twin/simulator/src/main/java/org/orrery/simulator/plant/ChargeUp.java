package org.orrery.simulator.plant;

/**
 * Insulators near the cathode that charge up while the voltage is on and then feed a streamer, as
 * ProtoDUNE-SP saw it. Advanced by the high voltage; not thread-safe.
 *
 * <p>Published [V]: charging independent of the voltage from 90 to 180 kV; blips of seconds after
 * the first quiet week, later up to an hour, later one in 4 h; streamers of 1 %, growing to 20 %
 * within three weeks; left alone they last 6 to 12 h and come back after 10 to 14 days, quenched at
 * once they come 4 to 6 times a day. The structure that gives all of these is a default [M]: a
 * charge that a streamer drains, a threshold, and chance above it.
 */
final class ChargeUp {
  private static final double DAY = 86_400.0;
  private static final double HOUR = 3_600.0;
  private static final double REFERENCE_VOLTS = 180e3;
  private static final double LEAST_VOLTS = 90e3;
  private static final double STEEPNESS = 8.0;
  private static final double ONSET_SECONDS = 4.0 * HOUR;
  private static final double RELAX_SECONDS = 2.0 * DAY;
  private static final double MATURE_SECONDS = 21.0 * DAY;
  private static final double BLIP_SECONDS = 5.0;
  private static final double FIRST_SHARE = 0.01;
  private static final double LAST_SHARE = 0.20;
  private static final long STREAM = 41;

  private final boolean on;
  private final SimRandom random;
  private double charge;
  private double maturity;
  private double rechargeSeconds;
  private double drainSeconds = 9.0 * HOUR;
  private double lastsSeconds;
  private double burntSeconds;
  private double share;
  private boolean burning;

  ChargeUp(HvActivity activity, long seed) {
    this.on = activity == HvActivity.PUBLISHED;
    this.random = new SimRandom(seed, STREAM);
    this.charge = random.uniform(0.95, 1.0);
    this.maturity = random.uniform(0.6, 1.0);
    this.rechargeSeconds = random.uniform(10.0, 14.0) * DAY;
  }

  /**
   * Lives for {@code dtSeconds} at {@code volts} and returns the current of its streamer, as a
   * share of the chain current at nominal voltage.
   *
   * @param quenching whether the voltage has been low for long enough to put a streamer out
   */
  double advance(double dtSeconds, double volts, boolean quenching) {
    if (!on) {
      return 0.0;
    }
    maturity = Math.min(1.0, maturity + dtSeconds / MATURE_SECONDS);
    if (burning) {
      burn(dtSeconds, volts, quenching);
    } else if (volts < LEAST_VOLTS) {
      charge -= charge * dtSeconds / RELAX_SECONDS;
    } else {
      charge = Math.min(1.0, charge + dtSeconds / rechargeSeconds);
      if (charge >= 1.0) {
        double onsets = dtSeconds / ONSET_SECONDS * steep(volts);
        if (random.uniform() < onsets) {
          ignite();
        }
      }
    }
    return share;
  }

  /** How activity falls with the voltage: the eighth power [M], 1 at 180 kV. */
  static double steep(double volts) {
    return Math.pow(volts / REFERENCE_VOLTS, STEEPNESS);
  }

  private void ignite() {
    burning = true;
    burntSeconds = 0.0;
    drainSeconds = random.uniform(6.0, 12.0) * HOUR;
    lastsSeconds = BLIP_SECONDS * Math.pow(drainSeconds / BLIP_SECONDS, maturity);
    double scatter = random.uniform(0.8, 1.25);
    double grown = FIRST_SHARE * Math.pow(LAST_SHARE / FIRST_SHARE, maturity) * scatter;
    share = Math.clamp(grown, FIRST_SHARE, LAST_SHARE);
  }

  private void burn(double dtSeconds, double volts, boolean quenching) {
    burntSeconds += dtSeconds;
    charge = Math.max(0.0, charge - dtSeconds / drainSeconds);
    if (quenching || volts < LEAST_VOLTS || burntSeconds >= lastsSeconds) {
      burning = false;
      share = 0.0;
      rechargeSeconds = random.uniform(10.0, 14.0) * DAY;
    }
  }

  void exchange(StateCodec codec) {
    random.exchange(codec);
    charge = codec.ofDouble(charge);
    maturity = codec.ofDouble(maturity);
    rechargeSeconds = codec.ofDouble(rechargeSeconds);
    drainSeconds = codec.ofDouble(drainSeconds);
    lastsSeconds = codec.ofDouble(lastsSeconds);
    burntSeconds = codec.ofDouble(burntSeconds);
    share = codec.ofDouble(share);
    burning = codec.ofBoolean(burning);
  }
}
