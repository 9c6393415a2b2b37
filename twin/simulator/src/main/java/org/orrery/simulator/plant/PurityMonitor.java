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

  /** Status: no signal on the cathode, as when the flash lamp is dead. */
  public static final long NO_CATHODE = -11;

  /** Status: the waveforms could not be fitted. */
  public static final long NO_FIT = -12;

  private static final double RANGE_MILLISECONDS = 20.0;
  private static final double CHARGE_RESOLUTION = 0.0012;
  private static final double ANODE_LEAST_FEMTOCOULOMB = 0.5;

  private final Knob error;
  private final double positionFactor;
  private final double driftMilliseconds;
  private final double cathodeFemtocoulomb;
  private final Wander systematic;
  private double lifetimeMilliseconds = Double.NaN;
  private double anodeCharge;
  private double cathodeCharge;
  private long status = OK;

  PurityMonitor(String name, double positionFactor, Knobs knobs, SimRandom random) {
    this.error =
        knobs.add(
            "purif." + name + ".error",
            "1",
            0.0,
            0.0,
            3.0,
            "1 no anode signal, 2 no cathode signal, 3 no fit");
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
    long failure = failure();
    if (failure != OK) {
      status = failure;
      lifetimeMilliseconds = Double.NaN;
      return;
    }
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

  /** Returns what went wrong in the monitor itself; its charges then show it. */
  private long failure() {
    int code = (int) Math.round(error.value());
    switch (code) {
      case 0 -> {
        return OK;
      }
      case 1 -> anodeCharge *= 0.002;
      case 2 -> {
        anodeCharge *= 0.001;
        cathodeCharge *= 0.001;
      }
      // Oscillating waveforms: both charges come out of the fit alike, and wrong.
      default -> anodeCharge = cathodeCharge * 1.2;
    }
    return NO_ANODE + 1 - code;
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
