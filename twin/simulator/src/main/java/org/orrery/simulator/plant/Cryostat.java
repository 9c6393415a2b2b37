package org.orrery.simulator.plant;

import org.orrery.simulator.lar.Saturation;

/**
 * Liquid in four layers and a skin, vapour above it, condenser, valves and fill line. The skin
 * evaporates into the vapour at the rate that the difference between its vapour pressure and the
 * pressure drives; the layers feed the skin. Advanced by the plant; not thread-safe.
 */
public final class Cryostat {
  private static final int LAYERS = 4;
  private static final double SKIN_METRES = 0.1;
  private static final double ARGON_GAS_CONSTANT = 208.13;
  private static final double EVAPORATION_KG_PER_M2_S_PA = 5e-6;

  /** Heat of the electronics, gone in an outage [M], W. */
  private static final double ELECTRONICS_WATTS = 2_000.0;

  /** Below this level the ullage warms, because its thermometers are farther from the liquid. */
  private static final double DRY_BELOW_METRES = 7.14;

  private static final double DRY_KELVIN_PER_METRE = 60.0;
  private static final double STILL_MIXING_FACTOR = 2.2;

  /** Shape factor between the mean of the layers and the skin for equal heating of the layers. */
  private static final double SHAPE = 1.875;

  private final DetectorConfig config;
  private final double mixingSeconds;
  private final double skinHeatShare;
  private final double wallWatts;
  private final double electronicsAndPipesWatts;
  private final Wander heatWander;
  private final Knob boilOffLost;
  private final PressureSafety safety;
  private final TopUp topUp;
  private final Boiling boiling = new Boiling();
  private final PressureLoop loop;
  private final Condenser condenser;
  private final double[] layerKelvin = new double[LAYERS];
  private double skinKelvin;
  private double liquidKg;
  private double vapourKg;
  private double ullageKelvin = 112.0;
  private double mixing = 1.0;
  private double foreignMol;
  private double evaporationKgPerSecond;
  private double absoluteMillibar;
  private double gaugeMillibar;
  private double levelMetres;
  private double saturationKelvin;

  Cryostat(
      DetectorConfig config,
      double barometerMillibar,
      Knobs knobs,
      SimRandom random,
      SimRandom later) {
    this.config = config;
    this.boilOffLost =
        knobs.add(
            "cryo.boil-off.lost",
            "kg/s",
            0.0,
            0.0,
            0.04,
            "Boil-off that leaves for good, past the vent meter");
    this.safety = new PressureSafety(config.gaugeSetMillibar(), knobs, later);
    this.topUp = new TopUp(knobs);
    this.mixingSeconds = 3_600.0 * random.uniform(0.8, 1.3);
    this.skinHeatShare = random.uniform(0.33, 0.47);
    this.wallWatts = config.staticHeatWatts() * random.uniform(0.97, 1.03);
    this.electronicsAndPipesWatts =
        (config.otherHeatWatts() - config.pumpHeatWatts()) * random.uniform(0.97, 1.03);
    this.heatWander = new Wander(60.0, 6.0 * 3600.0, random);
    this.gaugeMillibar = config.gaugeSetMillibar();
    this.absoluteMillibar = barometerMillibar + gaugeMillibar;
    this.skinKelvin = Saturation.temperatureKelvin(absoluteMillibar * 1e-3) + 1e-4;
    this.liquidKg = config.liquidMassKg();
    double heat = wallWatts + electronicsAndPipesWatts + config.pumpHeatWatts();
    this.condenser = new Condenser(config.condenserWatts(), heat, skinKelvin, knobs, random, later);
    this.loop = new PressureLoop(config.gaugeSetMillibar(), condenser.position() * 100.0);
    startLayers();
    this.saturationKelvin = skinKelvin;
    this.levelMetres = freshLevel();
    this.vapourKg =
        absoluteMillibar * 100.0 * ullageCubicMetres() / (ARGON_GAS_CONSTANT * ullageKelvin);
    this.evaporationKgPerSecond = heat / Saturation.heatOfVaporisationJoulePerKg(skinKelvin);
  }

  private void startLayers() {
    double fromWalls = (1.0 - skinHeatShare) * (wallWatts + electronicsAndPipesWatts) / LAYERS;
    double through = LAYERS * fromWalls + config.pumpHeatWatts();
    double above = skinKelvin;
    for (int i = LAYERS - 1; i >= 0; i--) {
      layerKelvin[i] = above + through / conductance();
      through -= fromWalls;
      above = layerKelvin[i];
    }
  }

  private double conductance() {
    double capacity = liquidKg * heatCapacity(skinKelvin);
    return SHAPE * capacity / (mixingSeconds * mixing);
  }

  private static double heatCapacity(double kelvin) {
    return Saturation.heatCapacityKjPerKgKelvin(kelvin) * 1e3;
  }

  void advance(
      double dtSeconds,
      Environment environment,
      Circulation circulation,
      double gaugeNoiseMillibar,
      SimRandom random) {
    double power = environment.powerShare();
    double stirring = circulation.flowKgPerSecond() / config.circulationKgPerSecond();
    double wantedMixing =
        STILL_MIXING_FACTOR + (1.0 - STILL_MIXING_FACTOR) * Math.min(1.0, stirring);
    mixing += (wantedMixing - mixing) * dtSeconds / 900.0;
    safety.advance(gaugeMillibar);
    loop.advance(dtSeconds, gaugeMillibar + gaugeNoiseMillibar, safety.raisesNitrogen());
    saturationKelvin =
        Saturation.temperatureNear((absoluteMillibar - foreignMillibar()) * 1e-3, saturationKelvin);
    condenser.advance(dtSeconds, loop.commandPercent(), saturationKelvin, power >= 0.5, random);
    levelMetres = freshLevel();
    topUp.advance(dtSeconds, levelMetres);
    double heat = wallWatts + electronicsAndPipesWatts + heatWander.advance(dtSeconds, random);
    double gone = (1.0 - power) * ELECTRONICS_WATTS;
    advanceLiquid(dtSeconds, heat - gone, config.pumpHeatWatts() * circulation.heatShare());
    advanceVapour(dtSeconds, environment.barometerMillibar());
    boiling.advance(dtSeconds, safety.ventedKgPerSecond(), absoluteMillibar);
  }

  private double foreignMillibar() {
    return UllageGas.millibar(foreignMol, ullageKelvin, ullageCubicMetres());
  }

  /** Tells how much foreign gas is in the ullage, mol. */
  void foreignMol(double value) {
    foreignMol = value;
  }

  private void advanceLiquid(double dtSeconds, double heat, double pumpWatts) {
    double latent = Saturation.heatOfVaporisationJoulePerKg(skinKelvin);
    double specific = heatCapacity(skinKelvin);
    double layerCapacity = liquidKg * specific / LAYERS;
    double g = conductance();
    double intoLayer = (1.0 - skinHeatShare) * heat / LAYERS;
    double fromBelow = pumpWatts;
    for (int i = 0; i < LAYERS; i++) {
      double above = i + 1 < LAYERS ? layerKelvin[i + 1] : skinKelvin;
      double upwards = g * (layerKelvin[i] - above);
      layerKelvin[i] += dtSeconds * (intoLayer + fromBelow - upwards) / layerCapacity;
      fromBelow = upwards;
    }
    double skinCapacity = density() * config.surfaceSquareMetres() * SKIN_METRES * specific;
    // The vapour pressure depends so steeply on the skin temperature that evaporation is taken at
    // the end of the step.
    double drive = EVAPORATION_KG_PER_M2_S_PA * config.surfaceSquareMetres() * 100.0;
    double excess =
        Saturation.pressureBar(skinKelvin) * 1e3 - (absoluteMillibar - foreignMillibar());
    double heating = skinHeatShare * heat + fromBelow + topUp.watts();
    double slope = Saturation.slopeMillibarPerKelvin(skinKelvin);
    double stiffness = drive * slope * latent * dtSeconds / skinCapacity;
    evaporationKgPerSecond =
        (drive * excess + drive * slope * heating * dtSeconds / skinCapacity) / (1.0 + stiffness);
    skinKelvin += dtSeconds * (heating - evaporationKgPerSecond * latent) / skinCapacity;
  }

  private void advanceVapour(double dtSeconds, double barometerMillibar) {
    double condensed = condenser.condensedKgPerSecond(skinKelvin);
    double gone = safety.reliefKgPerSecond() + boilOffLost.value();
    vapourKg +=
        dtSeconds
            * (evaporationKgPerSecond
                - condensed
                - safety.ventKgPerSecond()
                + safety.makeUpKgPerSecond()
                - gone);
    liquidKg += dtSeconds * (condensed - evaporationKgPerSecond + topUp.flowKgPerSecond());
    double throughput = Math.max(0.012, evaporationKgPerSecond);
    double dry = Math.max(0.0, DRY_BELOW_METRES - levelMetres) * DRY_KELVIN_PER_METRE;
    double warm = Math.min(50.0, 24.0 * Math.pow(0.05 / throughput, 0.3)) + dry;
    ullageKelvin += (skinKelvin + warm - ullageKelvin) * dtSeconds / 2_400.0;
    absoluteMillibar = vapourKg * ARGON_GAS_CONSTANT * ullageKelvin / ullageCubicMetres() / 100.0;
    absoluteMillibar += foreignMillibar();
    gaugeMillibar = absoluteMillibar - barometerMillibar;
  }

  private double density() {
    return liquidKg / (levelMetres * config.surfaceSquareMetres());
  }

  private double ullageCubicMetres() {
    return config.surfaceSquareMetres() * (config.innerHeightMetres() - levelMetres());
  }

  /** Height of the liquid surface above the floor, m. */
  public double levelMetres() {
    return levelMetres;
  }

  private double freshLevel() {
    double rho = Saturation.liquidDensityGramPerCm3(meanKelvin()) * 1e3;
    return liquidKg / (rho * config.surfaceSquareMetres());
  }

  /** Mean temperature of the liquid, K. */
  public double meanKelvin() {
    return LayerProfile.mean(layerKelvin);
  }

  /** Temperature of the liquid at a height above the floor, K. */
  public double kelvinAt(double heightMetres) {
    return LayerProfile.kelvinAt(layerKelvin, skinKelvin, heightMetres / levelMetres());
  }

  /** Temperature of the gas at a share 0 (surface) to 1 (roof) of the ullage height, K. */
  public double ullageKelvinAt(double share) {
    return skinKelvin + 2.0 * share * (ullageKelvin - skinKelvin);
  }

  /** Pressure above the liquid, mbar absolute. */
  public double absoluteMillibar() {
    return absoluteMillibar;
  }

  /** Pressure above the liquid relative to the atmosphere, mbar. */
  public double gaugeMillibar() {
    return gaugeMillibar;
  }

  /** Gas vented, kg/s. */
  public double ventKgPerSecond() {
    return safety.ventKgPerSecond();
  }

  /**
   * How strongly the liquid boils, 0 in a healthy detector to 1. Bubbles in the high field start
   * discharges.
   */
  public double boilingShare() {
    return boiling.share();
  }

  /** Vapour above the liquid, kg. */
  double vapourKg() {
    return vapourKg;
  }

  /** Returns what acts on the pressure by itself. */
  public PressureSafety safety() {
    return safety;
  }

  /** Returns the fill line. */
  public TopUp topUp() {
    return topUp;
  }

  /** Mass of the liquid, kg. */
  public double liquidKg() {
    return liquidKg;
  }

  /** Returns the pressure controller. */
  public PressureLoop loop() {
    return loop;
  }

  /** Returns the condenser. */
  public Condenser condenser() {
    return condenser;
  }

  void exchange(StateCodec codec) {
    heatWander.exchange(codec);
    loop.exchange(codec);
    condenser.exchange(codec);
    codec.ofArray(layerKelvin);
    skinKelvin = codec.ofDouble(skinKelvin);
    liquidKg = codec.ofDouble(liquidKg);
    vapourKg = codec.ofDouble(vapourKg);
    ullageKelvin = codec.ofDouble(ullageKelvin);
    mixing = codec.ofDouble(mixing);
    safety.exchange(codec);
    topUp.exchange(codec);
    boiling.exchange(codec);
    foreignMol = codec.ofDouble(foreignMol);
    evaporationKgPerSecond = codec.ofDouble(evaporationKgPerSecond);
    absoluteMillibar = codec.ofDouble(absoluteMillibar);
    gaugeMillibar = codec.ofDouble(gaugeMillibar);
    levelMetres = codec.ofDouble(levelMetres);
    saturationKelvin = codec.ofDouble(saturationKelvin);
  }
}
