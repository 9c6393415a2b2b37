package org.orrery.simulator.lar;

/**
 * Field of uniformly produced slow positive ions between anode and cathode in the steady state, one
 * dimension: Palestini and Resnati, arXiv:2008.10472; McDonald, LArTPC-doc-528. Stateless and
 * thread-safe.
 *
 * <p>{@code alpha = (L / E0) sqrt(K / (eps mu))} with L the drift length, E0 the mean field, K the
 * rate of charge density, eps the permittivity and mu the ion mobility.
 */
public final class SpaceCharge {
  private static final int NEWTON_STEPS = 60;

  private SpaceCharge() {}

  /** Field at the anode over the mean field; 1 without space charge, falling with alpha. */
  public static double anodeFieldRatio(double alpha) {
    if (alpha < 1e-9) {
      return 1.0;
    }
    double a = 1.0;
    for (int i = 0; i < NEWTON_STEPS; i++) {
      double ec = Math.sqrt(a * a + alpha * alpha);
      double asinh = Math.log((alpha + ec) / a);
      double mean = 0.5 * (ec + a * a / alpha * asinh);
      double slope = a / alpha * asinh;
      double step = (mean - 1.0) / slope;
      a = Math.max(a - step, 0.1 * a);
      if (Math.abs(step) < 1e-15) {
        break;
      }
    }
    return a;
  }

  /** Field at the cathode over the mean field. */
  public static double cathodeFieldRatio(double alpha) {
    double a = anodeFieldRatio(alpha);
    return Math.sqrt(a * a + alpha * alpha);
  }
}
