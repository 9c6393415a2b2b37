package org.orrery.simulator.plant;

/**
 * Cathode supplies, filter resistor, resistor chains, streamers and discharges. The cathode is
 * negative; inside this class voltages are magnitudes. Advanced by the plant; not thread-safe.
 */
public final class HighVoltage {
  private static final double FILTER_OHM = 4.0e6;
  private static final double CAPACITY_FARAD = 1.0e-8;
  private static final double NOMINAL_MICROAMPS = 100.0;
  private static final double OVER_CURRENT_MICROAMPS = 150.0;
  private static final double STREAMER_STEEPNESS = 8.0;
  private static final double QUENCH_BELOW_SHARE = 0.9;
  private static final double QUENCH_SECONDS = 60.0;

  /** 0.9 mV at the cathode are 100 electrons on induction wires: requirement [V], scale [M]. */
  private static final double ELECTRONS_PER_MILLIVOLT = 100.0 / 0.9;

  private static final double LEAK_ELECTRONS_PER_MICROAMP = 25.0;

  /** Growth of the surface leakage of the feedthrough, uA a day [M]. */
  private static final double LEAST_AGEING = 0.02;

  private static final double MOST_AGEING = 0.05;

  private static final long OWN_STREAM = 40;

  private final Knob streamer;
  private final Knob trip;
  private final Knob supplyLeak;
  private final Knob streamerPlane;
  private final Knob ripple;
  private final double nominalVolts;
  private final ResistorChains chains;
  private final ChargeUp chargeUp;
  private final Discharges discharges;
  private final CathodeSupply supply;
  private final Ageing leakage;
  private final double ownRippleMillivolts;
  private final double groundShare;
  private final double beamPlugShare;
  private final Wander flicker;
  private double cathodeVolts;
  private double streamerMicroamps;
  private double leakMicroamps;
  private double lowSeconds;
  private boolean quenched;

  HighVoltage(DetectorConfig config, Knobs knobs, SimRandom random, long seed) {
    this.streamer =
        knobs.add(
            "hv.streamer.share",
            "1",
            0.0,
            0.0,
            0.5,
            "Current of a streamer from the cathode, as a share of the chain current");
    this.trip = knobs.share("hv.supply.trip", "1 tells the cathode supply to trip");
    this.supplyLeak =
        knobs.add(
            "hv.supply.leak",
            "1",
            0.0,
            0.0,
            0.5,
            "Leak before the filter resistor, as a share of the chain current");
    this.streamerPlane =
        knobs.add("hv.streamer.plane", "1", 6.0, 1.0, 12.0, "Ground plane that a streamer goes to");
    this.ripple =
        knobs.add("hv.supply.ripple", "mV", 0.0, 0.0, 50.0, "Ripple of the supply at the cathode");
    this.nominalVolts = Math.abs(config.cathodeKilovolts()) * 1e3;
    double chainOhm = nominalVolts / (NOMINAL_MICROAMPS * 1e-6) * random.uniform(0.98, 1.02);
    this.chains = new ResistorChains(chainOhm, knobs, random);
    this.groundShare = random.uniform(0.65, 0.75);
    this.beamPlugShare = random.uniform(0.04, 0.06);
    this.flicker = new Wander(0.12, 20.0, random);
    this.supply = new CathodeSupply(nominalVolts);
    this.cathodeVolts = nominalVolts * chainOhm / (chainOhm + FILTER_OHM);
    SimRandom own = new SimRandom(seed, OWN_STREAM);
    this.leakage =
        new Ageing(own.uniform(LEAST_AGEING, MOST_AGEING), new SimRandom(own.bits(), OWN_STREAM));
    this.ownRippleMillivolts = own.uniform(0.1, 0.2);
    this.chargeUp = new ChargeUp(config.hvActivity(), seed);
    this.discharges = new Discharges(config, knobs, seed);
  }

  /**
   * Fast part.
   *
   * @param interlock whether the level interlock or an outage of the mains drops the supply
   * @param boilingShare how strongly the liquid boils, 0 to 1
   */
  void advance(double dtSeconds, boolean interlock, double boilingShare, SimRandom random) {
    if (trip.isOn() || interlock || currentMicroamps() > OVER_CURRENT_MICROAMPS) {
      supply.trip();
    }
    supply.advance(dtSeconds, groundNanoamps());
    double supplyVolts = supply.volts();
    leakMicroamps =
        supplyLeak.value()
            * NOMINAL_MICROAMPS
            * supplyVolts
            / nominalVolts
            * (1.0 + 0.5 * flicker.value());
    advanceStreamer(dtSeconds, streamer.value(), random);
    if (discharges.advanceFast(dtSeconds, cathodeVolts, boilingShare)) {
      supply.trip();
    }
    double chainOhm = chains.ohm();
    double load = supplyVolts / (chainOhm + FILTER_OHM) * chainOhm;
    double settled = load - streamerMicroamps * 1e-6 * FILTER_OHM;
    double rc = FILTER_OHM * CAPACITY_FARAD;
    cathodeVolts = settled + (cathodeVolts - settled) * Math.exp(-dtSeconds / rc);
  }

  /**
   * Slow part: ageing, and what the toroid counts.
   *
   * @param pickUp pulses of the background that the toroid counts
   * @return new pulses beyond that background
   */
  long advanceSlow(double dtSeconds, long pickUp) {
    leakage.advance(dtSeconds);
    return discharges.advanceSlow(dtSeconds, pickUp, leakMicroamps);
  }

  private void advanceStreamer(double dtSeconds, double share, SimRandom random) {
    double relative = cathodeVolts / nominalVolts;
    double shape = 1.0 + flicker.advance(dtSeconds, random);
    lowSeconds = relative < QUENCH_BELOW_SHARE ? lowSeconds + dtSeconds : 0.0;
    if (share <= 0.0) {
      quenched = false;
    } else if (lowSeconds > QUENCH_SECONDS) {
      quenched = true;
    }
    double burning = quenched ? 0.0 : share;
    burning += chargeUp.advance(dtSeconds, cathodeVolts, lowSeconds > QUENCH_SECONDS);
    double wanted =
        burning > 0.0
            ? burning * NOMINAL_MICROAMPS * Math.pow(relative, STREAMER_STEEPNESS) * shape
            : 0.0;
    streamerMicroamps = Math.max(0.0, wanted);
  }

  /** Returns the supply. */
  public CathodeSupply supply() {
    return supply;
  }

  /** Returns whether the trip of the supply is latched. */
  public boolean tripped() {
    return supply.tripped();
  }

  /** Returns whether the streamer has gone out although its cause is still there. */
  public boolean quenched() {
    return quenched;
  }

  /** Voltage at the cathode, V (magnitude). */
  public double cathodeVolts() {
    return cathodeVolts;
  }

  /** Current of the supply, uA. */
  public double currentMicroamps() {
    double supplyVolts = supply.volts();
    return (supplyVolts - cathodeVolts) / FILTER_OHM * 1e6
        + leakMicroamps
        + leakage.value() * supplyVolts / nominalVolts
        + discharges.spikeMicroamps();
  }

  /** Ripple and sparking of a leaking supply as read back at its terminals, V RMS. */
  public double readBackNoiseVolts() {
    return 2.0 * leakMicroamps;
  }

  /** Noise that the ripple of the cathode induces on the induction wires, electrons RMS. */
  double rippleElectrons() {
    return LEAK_ELECTRONS_PER_MICROAMP * leakMicroamps + ELECTRONS_PER_MILLIVOLT * ripple.value();
  }

  /** Ripple at the cathode, mV RMS. */
  public double rippleMillivolts() {
    double added = rippleElectrons() / ELECTRONS_PER_MILLIVOLT;
    return Math.hypot(ownRippleMillivolts * supply.volts() / nominalVolts, added);
  }

  /** Current of ground plane {@code index} from 0, nA. */
  public double groundPlaneNanoamps(int index) {
    double leak = 0.4 * cathodeVolts / nominalVolts;
    int away = Math.abs(index + 1 - (int) streamerPlane.value());
    double share = away == 0 ? groundShare : away == 1 ? 0.04 : 0.0;
    return leak + 1e3 * share * (streamerMicroamps + discharges.spikeMicroamps());
  }

  /** Current of all ground planes that a streamer or a discharge brings, nA. */
  private double groundNanoamps() {
    return 1e3 * groundShare * (streamerMicroamps + discharges.spikeMicroamps());
  }

  /** Current of the beam plug, nA. */
  public double beamPlugNanoamps() {
    return 0.2 * cathodeVolts / nominalVolts
        + 1e3 * beamPlugShare * (streamerMicroamps + discharges.spikeMicroamps());
  }

  /** Voltage at the pick-off of chain {@code index} from 0, V. */
  public double pickOffVolts(int index) {
    return chains.pickOffVolts(index, cathodeVolts);
  }

  /** Potential of the last strip before the anode, V (magnitude). */
  public double lastStripVolts() {
    return chains.lastStripVolts(cathodeVolts);
  }

  /** Greatest shift of the potential near the field cage, as a share of the cathode voltage. */
  public double fieldDistortion() {
    return chains.fieldDistortion();
  }

  /** Returns the fast discharges and what sees them. */
  public Discharges discharges() {
    return discharges;
  }

  void exchange(StateCodec codec) {
    flicker.exchange(codec);
    supply.exchange(codec);
    cathodeVolts = codec.ofDouble(cathodeVolts);
    streamerMicroamps = codec.ofDouble(streamerMicroamps);
    leakMicroamps = codec.ofDouble(leakMicroamps);
    lowSeconds = codec.ofDouble(lowSeconds);
    quenched = codec.ofBoolean(quenched);
    leakage.exchange(codec);
    chargeUp.exchange(codec);
    discharges.exchange(codec);
  }
}
