package org.orrery.simulator.plant;

import org.orrery.simulator.lar.Saturation;

/**
 * The argon condenser, its nitrogen valve, and the phase separator that feeds it. Without mains the
 * valve goes to its fail position, closed, and stays there until the crew switches the condenser on
 * again. Impurities foul the heat exchanger slowly; a defrost cleans it. Advanced by the cryostat;
 * not thread-safe.
 */
public final class Condenser {
  private static final double VALVE_SECONDS = 8.0;
  private static final double NITROGEN_NOMINAL_KELVIN = 79.0;
  private static final double NITROGEN_LATENT_JOULE_PER_KG = 199_000.0;
  private static final double BODY_SECONDS = 90.0;
  private static final double SUPPLY_SECONDS = 45.0;
  private static final double SEPARATOR_KG = 150.0;

  /** A third of the conductance gone within 60 to 150 days [M]. */
  private static final Wear.Law FOULING = new Wear.Law(3.0, 10.0, 60.0, 150.0, 0.3);

  private static final double FOULED_SHARE = 0.33;

  /** A defrost with warm gas [M], s. */
  private static final double DEFROST_SECONDS = 2.0 * 3600.0;

  private final NitrogenSupply tanks;
  private final Knob valveStuck;
  private final Knob stiction;
  private final Knob foulingPace;
  private final Wear fouling;
  private final Service defrost = new Service(DEFROST_SECONDS);
  private final double conductanceWattPerKelvin;
  private final double valveExponent;
  private final double flashLoss;
  private final Wander nitrogenWander;
  private boolean enabled = true;
  private boolean slips;
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
      SimRandom random,
      SimRandom later) {
    this.tanks = new NitrogenSupply(knobs, later);
    this.valveStuck =
        knobs.share(
            "cryo.condenser.valve-stuck",
            "1 when the nitrogen valve no longer follows its command");
    this.stiction =
        knobs.add(
            "cryo.condenser.stiction",
            "%",
            0.0,
            0.0,
            50.0,
            "Difference between command and position below which the nitrogen valve sticks");
    this.foulingPace =
        knobs.add(
            "cryo.condenser.ageing", "1", 1.0, 0.0, 10_000.0, "Pace at which the condenser fouls");
    this.fouling = new Wear(FOULING, later.bits());
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

  void advance(
      double dtSeconds,
      double commandPercent,
      double saturationKelvin,
      boolean power,
      SimRandom random) {
    tanks.advance(dtSeconds, nitrogenGramPerSecond * 1e-3);
    double nitrogenLoss = tanks.lossShare();
    nitrogenWander.advance(dtSeconds, random);
    enabled = enabled && power;
    moveValve(dtSeconds, enabled ? commandPercent / 100.0 : 0.0);
    if (heatWatts > 0.0) {
      fouling.use(dtSeconds * foulingPace.value());
    }
    if (defrost.advance(dtSeconds)) {
      fouling.renew();
    }
    double wantedSupply = levelPercent > 1.0 ? 1.0 - nitrogenLoss : 0.0;
    supply += (wantedSupply - supply) * Math.min(1.0, dtSeconds / SUPPLY_SECONDS);
    double difference = Math.max(0.0, saturationKelvin - nitrogenKelvin());
    double opening = Math.pow(Math.max(0.0, position), valveExponent);
    heatWatts = conductanceWattPerKelvin * difference * opening * supply * cleanShare();
    nitrogenGramPerSecond = nitrogenFor(heatWatts);
    double bodyTarget = saturationKelvin - difference * supply * (0.25 + 0.4 * opening);
    bodyKelvin += (bodyTarget - bodyKelvin) * Math.min(1.0, dtSeconds / BODY_SECONDS);
    advanceSeparator(dtSeconds, nitrogenLoss);
  }

  private void moveValve(double dtSeconds, double target) {
    if (valveStuck.isOn()) {
      return;
    }
    double band = stiction.value() / 100.0;
    double apart = Math.abs(target - position);
    slips = band <= 0.0 || apart > (slips ? 0.1 * band : band);
    if (slips) {
      position += (target - position) * Math.min(1.0, dtSeconds / VALVE_SECONDS);
    }
  }

  private double cleanShare() {
    return defrost.busy() ? 0.0 : 1.0 - FOULED_SHARE * Math.min(1.0, fouling.amount());
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

  /** Returns the nitrogen tanks. */
  public NitrogenSupply tanks() {
    return tanks;
  }

  /** Returns the defrost, which the crew asks for; nothing is condensed meanwhile. */
  public Service defrost() {
    return defrost;
  }

  /** Returns whether the valve follows its command. */
  public boolean enabled() {
    return enabled;
  }

  /** Switches the condenser on or off; off, its valve is closed. */
  public void enabled(boolean value) {
    enabled = value;
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
    tanks.exchange(codec);
    fouling.exchange(codec);
    defrost.exchange(codec);
    enabled = codec.ofBoolean(enabled);
    slips = codec.ofBoolean(slips);
    position = codec.ofDouble(position);
    supply = codec.ofDouble(supply);
    bodyKelvin = codec.ofDouble(bodyKelvin);
    levelPercent = codec.ofDouble(levelPercent);
    refilling = codec.ofBoolean(refilling);
    heatWatts = codec.ofDouble(heatWatts);
    nitrogenGramPerSecond = codec.ofDouble(nitrogenGramPerSecond);
  }
}
