package org.orrery.twin.core.model;

import org.orrery.twin.core.graph.Expr;

/** Properties of liquid argon as expressions. Stateless. */
public final class Argon {
  /** Specific heat of the liquid at 88.3 K, J/kg/K (Tegeler et al. 1999, polynomial fit). */
  public static final double HEAT_CAPACITY = 1118.0;

  private static final double CRITICAL_KELVIN = 150.687;
  private static final double CRITICAL_MILLIBARS = 48630.0;

  private Argon() {}

  /**
   * Saturation pressure, mbar, of a temperature in K: the ancillary equation of Tegeler, Span and
   * Wagner (1999).
   */
  public static Expr saturationMillibars(Expr kelvin) {
    Expr phi = kelvin.over(CRITICAL_KELVIN).negate().plus(1.0);
    Expr root = phi.sqrt();
    Expr square = phi.times(phi);
    Expr sum =
        phi.times(-5.9409785)
            .plus(phi.times(root).times(1.3553888))
            .minus(square.times(0.46497607))
            .minus(square.times(square).times(root).times(1.5399043));
    return sum.times(CRITICAL_KELVIN).over(kelvin).exp().times(CRITICAL_MILLIBARS);
  }

  /** Density, g/cm3, of a temperature in K: the linear fit used by LArSoft. */
  public static Expr density(Expr kelvin) {
    return kelvin.times(-0.00615).plus(1.928);
  }

  /**
   * Drift velocity, mm/us, of a field in kV/cm and a temperature in K: Li et al., NIM A 816 (2016)
   * 160, adjusted as on lar.bnl.gov; smooth at every field.
   */
  public static Expr driftMillimetresPerMicrosecond(Expr field, Expr kelvin) {
    Expr root = field.sqrt();
    Expr square = field.times(field);
    Expr above =
        field
            .times(7158.3)
            .plus(field.times(root).times(4440.43))
            .plus(square.times(root).times(4.29))
            .plus(551.6);
    Expr below =
        field
            .times(7158.3 / 551.6)
            .plus(square.times(43.63))
            .plus(square.times(field).times(0.2053))
            .plus(1.0);
    Expr mobility = above.over(below).times(kelvin.over(89.0).pow(-1.5));
    return mobility.times(field).over(100.0);
  }

  /**
   * Share of the ionisation charge that escapes recombination: the modified Box model with the
   * ArgoNeuT constants (2013) for a minimum-ionising track of 2.1 MeV/cm.
   */
  public static Expr recombinationSurvival(Expr field, Expr kelvin) {
    Expr xi = density(kelvin).times(field.max(1e-3)).pow(-1.0).times(0.212 * 2.1);
    return xi.plus(0.930).log().over(xi);
  }

  /**
   * Electron lifetime times oxygen-equivalent impurity, ms ppb, of a field in kV/cm: the attachment
   * rate of Li et al., arXiv:2205.06888.
   */
  public static Expr lifetimeTimesImpurity(Expr field) {
    Expr square = field.times(field);
    Expr above = field.times(39.4).plus(square.times(1.20062)).plus(39.4 / 0.925794);
    Expr below = field.times(0.925794).plus(square.times(1.63816)).plus(1.0);
    return below.over(above).times(10.0);
  }
}
