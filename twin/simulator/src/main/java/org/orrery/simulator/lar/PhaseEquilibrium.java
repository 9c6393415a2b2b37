package org.orrery.simulator.lar;

import org.orrery.simulator.lar.TegelerEquation.Residual;

/**
 * Liquid and vapour of argon in equilibrium: equal pressure and Gibbs energy under {@link
 * TegelerEquation}. Immutable and thread-safe. Temperatures between 83.8 and 140 K.
 *
 * @param kelvin the temperature, K
 * @param liquidMolPerM3 density of the liquid, mol/m3
 * @param vapourMolPerM3 density of the vapour, mol/m3
 */
public record PhaseEquilibrium(double kelvin, double liquidMolPerM3, double vapourMolPerM3) {
  private static final int NEWTON_STEPS = 50;

  /** Solves the equilibrium at a temperature. */
  public static PhaseEquilibrium at(double kelvin) {
    double rt = TegelerEquation.GAS_CONSTANT * kelvin;
    double perMol = 1e3 / TegelerEquation.MOLAR_MASS;
    double liquid = Saturation.liquidDensityGramPerCm3(kelvin) * perMol;
    double vapour =
        TegelerEquation.density(
            kelvin,
            Saturation.pressureBar(kelvin) * 1e5,
            Saturation.pressureBar(kelvin) * 1e5 / rt);
    for (int i = 0; i < NEWTON_STEPS; i++) {
      Residual l = TegelerEquation.residual(kelvin, liquid);
      Residual v = TegelerEquation.residual(kelvin, vapour);
      // Both conditions over RT: pressures p and Gibbs energies g, with their slopes.
      double dp = liquid * (1.0 + l.d()) - vapour * (1.0 + v.d());
      double dg = l.a() + l.d() + Math.log(liquid) - v.a() - v.d() - Math.log(vapour);
      double pl = 1.0 + 2.0 * l.d() + l.dd();
      double pv = 1.0 + 2.0 * v.d() + v.dd();
      double determinant = pl * (-pv / vapour) + pv * (pl / liquid);
      double stepLiquid = (dp * (-pv / vapour) + pv * dg) / determinant;
      double stepVapour = (pl * dg - (pl / liquid) * dp) / determinant;
      liquid -= stepLiquid;
      vapour -= stepVapour;
      if (Math.abs(stepLiquid) < 1e-13 * liquid && Math.abs(stepVapour) < 1e-12 * vapour) {
        break;
      }
    }
    return new PhaseEquilibrium(kelvin, liquid, vapour);
  }

  /** Solves the equilibrium at a pressure, bar. */
  public static PhaseEquilibrium atPressure(double bar) {
    double t = Saturation.temperatureKelvin(bar);
    for (int i = 0; i < NEWTON_STEPS; i++) {
      double step =
          Math.log(at(t).pressureBar() / bar)
              * Saturation.pressureBar(t)
              / (1e-3 * Saturation.slopeMillibarPerKelvin(t));
      t -= step;
      if (Math.abs(step) < 1e-11) {
        break;
      }
    }
    return at(t);
  }

  /** Vapour pressure, bar. */
  public double pressureBar() {
    return TegelerEquation.pressurePascal(kelvin, vapourMolPerM3) * 1e-5;
  }

  /** Density of the liquid, g/cm3. */
  public double liquidGramPerCm3() {
    return liquidMolPerM3 * TegelerEquation.MOLAR_MASS * 1e-3;
  }

  /** Density of the vapour, kg/m3. */
  public double vapourKgPerM3() {
    return vapourMolPerM3 * TegelerEquation.MOLAR_MASS;
  }

  /** Heat of vaporisation, kJ/kg. */
  public double heatOfVaporisationKjPerKg() {
    Residual l = TegelerEquation.residual(kelvin, liquidMolPerM3);
    Residual v = TegelerEquation.residual(kelvin, vapourMolPerM3);
    double rt = TegelerEquation.GAS_CONSTANT * kelvin;
    return rt * (v.t() + v.d() - l.t() - l.d()) / TegelerEquation.MOLAR_MASS * 1e-3;
  }

  /** Heat capacity of the liquid at constant pressure, kJ/kg/K. */
  public double liquidHeatCapacityKjPerKgKelvin() {
    return TegelerEquation.isobaricHeatCapacity(kelvin, liquidMolPerM3)
        / TegelerEquation.MOLAR_MASS
        * 1e-3;
  }
}
