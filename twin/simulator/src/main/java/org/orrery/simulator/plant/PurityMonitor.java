package org.orrery.simulator.plant;

/**
 * A small drift chamber with a photocathode: it compares the charge that leaves the cathode with
 * the charge that reaches the anode. Its error grows with the lifetime, and above its range it says
 * so. Not thread-safe.
 */
public final class PurityMonitor {
  /** Status: a good measurement. */
  public static final long OK = 0;

  /** Status: the lifetime is above the range. */
  public static final long ABOVE_RANGE = 1;

  /** Status: no signal on the anode. */
  public static final long NO_ANODE = -10;

  private static final double RANGE_MILLISECONDS = 20.0;
  private static final double CHARGE_RESOLUTION = 0.0012;
  private static final double ANODE_LEAST_FEMTOCOULOMB = 0.5;

  private final double positionFactor;
  private final double driftMilliseconds;
  private final double cathodeFemtocoulomb;
  private final Wander systematic;
  private double lifetimeMilliseconds = Double.NaN;
  private double anodeCharge;
  private double cathodeCharge;
  private long status = OK;

  PurityMonitor(double positionFactor, SimRandom random) {
    this.positionFactor = positionFactor * random.uniform(0.995, 1.005);
    this.driftMilliseconds = random.uniform(2.1, 2.3);
    this.cathodeFemtocoulomb = random.uniform(55.0, 70.0);
    this.systematic = new Wander(0.001, 86_400.0, random);
  }

  void advance(double dtSeconds, SimRandom random) {
    systematic.advance(dtSeconds, random);
  }

  void measure(double trueMilliseconds, SimRandom random) {
    double tau = trueMilliseconds * positionFactor;
    double lamp = 1.0 + 0.02 * random.gaussian();
    cathodeCharge = cathodeFemtocoulomb * lamp * (1.0 + 0.0008 * random.gaussian());
    anodeCharge =
        cathodeFemtocoulomb
            * lamp
            * Math.exp(-driftMilliseconds / tau)
            * (1.0 + systematic.value() + CHARGE_RESOLUTION * random.gaussian());
    if (anodeCharge < ANODE_LEAST_FEMTOCOULOMB) {
      status = NO_ANODE;
      lifetimeMilliseconds = Double.NaN;
      return;
    }
    double log = Math.log(anodeCharge / cathodeCharge);
    double measured = log < -1e-3 ? -driftMilliseconds / log : RANGE_MILLISECONDS;
    status = measured >= RANGE_MILLISECONDS ? ABOVE_RANGE : OK;
    lifetimeMilliseconds = Math.min(measured, RANGE_MILLISECONDS);
  }

  /** Result, ms; NaN where {@link #status} is negative. */
  public double lifetimeMilliseconds() {
    return lifetimeMilliseconds;
  }

  /** Charge at the anode, fC. */
  public double anodeCharge() {
    return anodeCharge;
  }

  /** Charge at the cathode, fC. */
  public double cathodeCharge() {
    return cathodeCharge;
  }

  /** Status of the last measurement. */
  public long status() {
    return status;
  }

  void exchange(StateCodec codec) {
    systematic.exchange(codec);
    lifetimeMilliseconds = codec.ofDouble(lifetimeMilliseconds);
    anodeCharge = codec.ofDouble(anodeCharge);
    cathodeCharge = codec.ofDouble(cathodeCharge);
    status = codec.ofLong(status);
  }
}
