package org.orrery.simulator.data;

/**
 * What the liquid and its field do to charge and light. Immutable.
 *
 * @param fieldKvPerCm mean drift field, kV/cm; 0 without high voltage
 * @param spaceChargeAlpha strength of the space charge, see {@link
 *     org.orrery.simulator.lar.SpaceCharge}
 * @param kelvin mean temperature, K
 * @param lifetimeMilliseconds electron lifetime along the drift, ms
 * @param nitrogenPpm nitrogen, ppm
 */
public record ArgonConditions(
    double fieldKvPerCm,
    double spaceChargeAlpha,
    double kelvin,
    double lifetimeMilliseconds,
    double nitrogenPpm) {
  /** The nominal operating point of a detector like ProtoDUNE-SP. */
  public static ArgonConditions nominal() {
    return new ArgonConditions(0.5, 0.70, 88.2, 8.0, 1.5);
  }

  /** The same at another field. */
  public ArgonConditions withField(double kvPerCm) {
    return new ArgonConditions(
        kvPerCm, spaceChargeAlpha, kelvin, lifetimeMilliseconds, nitrogenPpm);
  }

  /** The same at another temperature. */
  public ArgonConditions withKelvin(double temperature) {
    return new ArgonConditions(
        fieldKvPerCm, spaceChargeAlpha, temperature, lifetimeMilliseconds, nitrogenPpm);
  }

  /** The same with another electron lifetime. */
  public ArgonConditions withLifetime(double milliseconds) {
    return new ArgonConditions(fieldKvPerCm, spaceChargeAlpha, kelvin, milliseconds, nitrogenPpm);
  }

  /** The same with other nitrogen. */
  public ArgonConditions withNitrogen(double ppm) {
    return new ArgonConditions(fieldKvPerCm, spaceChargeAlpha, kelvin, lifetimeMilliseconds, ppm);
  }
}
