package org.orrery.simulator.plant;

import org.orrery.simulator.lar.Saturation;

/**
 * The argon condenser, its nitrogen valve, and the phase separator that feeds it. Advanced by the
 * cryostat; not thread-safe.
 */
public final class Condenser {
  private static final double VALVE_SECONDS = 8.0;
  private static final double NITROGEN_NOMINAL_KELVIN = 79.0;
  private static final double NITROGEN_LATENT_JOULE_PER_KG = 199_000.0;
  private static final double BODY_SECONDS = 90.0;
  private static final double SUPPLY_SECONDS = 45.0;
  private static final double SEPARATOR_KG = 150.0;

  private final Knob nitrogenLost;
  private final Knob valveStuck;
  private final double conductanceWattPerKelvin;
  private final double valveExponent;
  private final double flashLoss;
  private final Wander nitrogenWander;
  private double position;
  private double supply = 1.0;
  private double bodyKelvin = 84.0;
  private double levelPercent = 66.0;
  private boolean refilling;
  private double heatWatts;
  private double nitrogenGramPerSecond;

  Condenser(
      double fullWatts,
      double nominalWatts,
      double saturationKelvin,
      Knobs knobs,
      SimRandom random) {
    this.nitrogenLost =
        knobs.share("cryo.ln2.lost", "Share of the nitrogen supply of the condenser that is lost");
    this.valveStuck =
        knobs.share(
            "cryo.condenser.valve-stuck",
            "1 when the nitrogen valve no longer follows its command");
    double scale = 1.0 + 0.04 * Math.clamp(random.gaussian(), -2.0, 2.0);
    this.conductanceWattPerKelvin =
        scale * fullWatts / (saturationKelvin - NITROGEN_NOMINAL_KELVIN);
    this.valveExponent = random.uniform(1.08, 1.22);
    this.flashLoss = random.uniform(0.04, 0.09);
    this.nitrogenWander = new Wander(0.12, 2.0 * 3600.0, random);
    this.position = Math.pow(nominalWatts / (fullWatts * scale), 1.0 / valveExponent);
    this.heatWatts = nominalWatts;
    this.nitrogenGramPerSecond = nitrogenFor(nominalWatts);
  }

  void advance(double dtSeconds, double commandPercent, double saturationKelvin, SimRandom random) {
    double nitrogenLoss = nitrogenLost.value();
    nitrogenWander.advance(dtSeconds, random);
    if (!valveStuck.isOn()) {
      position += (commandPercent / 100.0 - position) * Math.min(1.0, dtSeconds / VALVE_SECONDS);
    }
    double wantedSupply = levelPercent > 1.0 ? 1.0 - nitrogenLoss : 0.0;
    supply += (wantedSupply - supply) * Math.min(1.0, dtSeconds / SUPPLY_SECONDS);
    double difference = Math.max(0.0, saturationKelvin - nitrogenKelvin());
    double opening = Math.pow(Math.max(0.0, position), valveExponent);
    heatWatts = conductanceWattPerKelvin * difference * opening * supply;
    nitrogenGramPerSecond = nitrogenFor(heatWatts);
    double bodyTarget = saturationKelvin - difference * supply * (0.25 + 0.4 * opening);
    bodyKelvin += (bodyTarget - bodyKelvin) * Math.min(1.0, dtSeconds / BODY_SECONDS);
    advanceSeparator(dtSeconds, nitrogenLoss);
  }

  private double nitrogenFor(double watts) {
    return 1e3 * watts / NITROGEN_LATENT_JOULE_PER_KG * (1.0 + flashLoss);
  }

  private void advanceSeparator(double dtSeconds, double nitrogenLoss) {
    if (levelPercent < 58.0) {
      refilling = true;
    } else if (levelPercent > 74.0) {
      refilling = false;
    }
    double use = nitrogenGramPerSecond * 1e-3 / SEPARATOR_KG * 100.0;
    double ventedBack = 0.03 * nitrogenLoss;
    double refill = refilling ? 0.08 * (1.0 - nitrogenLoss) : 0.0;
    levelPercent = Math.clamp(levelPercent + dtSeconds * (refill - use - ventedBack), 0.0, 100.0);
  }

  private double nitrogenKelvin() {
    return NITROGEN_NOMINAL_KELVIN + nitrogenWander.value();
  }

  /** Argon condensed at that temperature, kg/s. */
  double condensedKgPerSecond(double temperatureKelvin) {
    return heatWatts / Saturation.heatOfVaporisationJoulePerKg(temperatureKelvin);
  }

  /** Position of the nitrogen valve, 0 to 1. */
  public double position() {
    return position;
  }

  /** Temperature of the condenser body, K. */
  public double bodyKelvin() {
    return bodyKelvin;
  }

  /** Level of the nitrogen phase separator, %. */
  public double levelPercent() {
    return levelPercent;
  }

  /** Nitrogen flow, g/s. */
  public double nitrogenGramPerSecond() {
    return nitrogenGramPerSecond;
  }

  /** Heat taken from the argon, W. */
  public double heatWatts() {
    return heatWatts;
  }

  void exchange(StateCodec codec) {
    nitrogenWander.exchange(codec);
    position = codec.ofDouble(position);
    supply = codec.ofDouble(supply);
    bodyKelvin = codec.ofDouble(bodyKelvin);
    levelPercent = codec.ofDouble(levelPercent);
    refilling = codec.ofBoolean(refilling);
    heatWatts = codec.ofDouble(heatWatts);
    nitrogenGramPerSecond = codec.ofDouble(nitrogenGramPerSecond);
  }
}
