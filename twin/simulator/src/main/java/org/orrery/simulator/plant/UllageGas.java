package org.orrery.simulator.plant;

/**
 * Air in the ullage beyond the traces of a healthy detector, by species, and its exchange with the
 * liquid by Henry's law. Advanced by the purity; not thread-safe.
 */
final class UllageGas {
  /** Species, in the order of the arrays. */
  static final int SPECIES = 3;

  static final int OXYGEN = 0;
  static final int WATER = 1;
  static final int NITROGEN = 2;

  /** Mole fractions of the species in the air of the hall; water at half saturation [M]. */
  static final double[] AIR = {0.2095, 0.012, 0.7785};

  /**
   * Ratio of mole fractions in gas and liquid at equilibrium near 88 K [M]: oxygen is less volatile
   * than argon, nitrogen more, water hardly at all.
   */
  private static final double[] HENRY = {0.65, 1e-6, 2.7};

  /** Time in which gas and liquid come to equilibrium [M], s. */
  private static final double EXCHANGE_SECONDS = 5_400.0;

  private static final double GAS_CONSTANT = 8.314462618;
  private static final double ARGON_MOL_PER_KG = 1.0 / 0.039948;

  private final double[] mol = new double[SPECIES];
  private boolean empty = true;

  /**
   * Takes gas in and exchanges with the liquid.
   *
   * @param nitrogenMolPerSecond nitrogen that arrives as gas, mol/s
   * @param vapourKg argon in the ullage, kg
   * @param outKgPerSecond gas that leaves, kg/s
   * @param liquidFraction mole fractions in the liquid beyond the traces
   * @param dissolvedMolPerSecond receives what goes into the liquid, mol/s, negative out of it
   */
  void advance(
      double dtSeconds,
      double nitrogenMolPerSecond,
      double vapourKg,
      double outKgPerSecond,
      double[] liquidFraction,
      double[] dissolvedMolPerSecond) {
    double vapourMol = vapourKg * ARGON_MOL_PER_KG;
    empty = true;
    for (int i = 0; i < SPECIES; i++) {
      double balance = HENRY[i] * liquidFraction[i] * vapourMol;
      dissolvedMolPerSecond[i] = (mol[i] - balance) / EXCHANGE_SECONDS;
      double left =
          mol[i]
              + dtSeconds
                  * ((i == NITROGEN ? nitrogenMolPerSecond : 0.0)
                      - dissolvedMolPerSecond[i]
                      - mol[i] * outKgPerSecond / vapourKg);
      mol[i] = Math.max(0.0, left);
      empty &= mol[i] == 0.0;
    }
  }

  /** Returns whether there is nothing in it. */
  boolean isEmpty() {
    return empty;
  }

  /** Partial pressure of an amount of gas, mbar. */
  static double millibar(double mol, double kelvin, double cubicMetres) {
    return mol * GAS_CONSTANT * kelvin / cubicMetres / 100.0;
  }

  /** All foreign gas, mol. */
  double totalMol() {
    return mol[OXYGEN] + mol[WATER] + mol[NITROGEN];
  }

  void exchange(StateCodec codec) {
    codec.ofArray(mol);
    empty = codec.ofBoolean(empty);
  }
}
