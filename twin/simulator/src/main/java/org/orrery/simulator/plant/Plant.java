package org.orrery.simulator.plant;

/**
 * All subsystems together. The high voltage lives in steps of 0.3 s, the process in steps of 1 s,
 * electronics and observables in steps of 10 s of plant time. Not thread-safe.
 */
public final class Plant {
  /** Length of one tick, ns. */
  public static final long TICK_NS = 100_000_000L;

  /** Ticks per step of the high voltage. */
  public static final int FAST_TICKS = 3;

  /** Ticks per step of cryostat, circulation and purity. */
  public static final int PROCESS_TICKS = 10;

  /** Ticks per step of electronics and observables. */
  public static final int SLOW_TICKS = 100;

  /** Ticks between measurements of a purity monitor. */
  public static final int PURITY_MONITOR_TICKS = 18_000;

  private static final double SECONDS_PER_TICK = 0.1;
  private static final double LEVEL_LOW_METRES = 7.05;
  private static final double LEVEL_HIGH_METRES = 7.40;

  /** Share of all channels that a discharge of the cathode drives to the rail [M]. */
  private static final double SATURATED_BY_DISCHARGE = 0.1;

  private static final double GAUGE_NOISE_MILLIBAR = 0.1;

  private final DetectorConfig config;
  private final SimRandom random;
  private final SimRandom electronicsRandom;
  private final Knobs knobs = new Knobs();
  private final Environment environment;
  private final Cryostat cryostat;
  private final Circulation circulation;
  private final Purity purity;
  private final HighVoltage highVoltage;
  private final FrontEnd frontEnd;
  private final PhotonDetectors photonDetectors;
  private final TrackObservables tracks;
  private final DataTaking dataTaking;
  private final DataAcquisition acquisition;
  private final Computing computing;
  private final PurityMonitor[] monitors = new PurityMonitor[4];
  private boolean levelInterlock;
  private double toroidPulses;

  /** Builds a detector in steady state; {@code seed} decides its hidden parameters. */
  public Plant(DetectorConfig config, long seed) {
    this.config = config;
    SimRandom hidden = new SimRandom(seed, 1);
    this.random = new SimRandom(seed, 2);
    SimRandom later = new SimRandom(seed, 50);
    this.electronicsRandom = new SimRandom(seed, 60);
    this.environment = new Environment(config.barometerMillibar(), knobs, hidden);
    this.cryostat = new Cryostat(config, environment.barometerMillibar(), knobs, hidden, later);
    this.circulation = new Circulation(config.circulationKgPerSecond(), knobs, hidden, later);
    this.purity = new Purity(config, circulation.flowKgPerSecond(), knobs, hidden);
    this.highVoltage = new HighVoltage(config, knobs, hidden, seed);
    this.frontEnd =
        new FrontEnd(config.scale().boards(), cryostat, knobs, hidden, electronicsRandom);
    this.photonDetectors =
        new PhotonDetectors(config.scale().photonDetectors(), cryostat, knobs, hidden, seed);
    this.tracks = new TrackObservables(config, hidden);
    this.dataTaking = new DataTaking(config.runHours(), hidden);
    this.acquisition = new DataAcquisition(dataTaking, knobs, electronicsRandom);
    this.computing = new Computing(knobs, electronicsRandom);
    monitors[0] = new PurityMonitor("prm-inline", 1.0, knobs, hidden);
    monitors[1] = new PurityMonitor("prm1", 0.96, knobs, hidden);
    monitors[2] = new PurityMonitor("prm2", 1.0, knobs, hidden);
    monitors[3] = new PurityMonitor("prm3", 1.03, knobs, hidden);
    advanceSlow();
    for (int i = 0; i < monitors.length; i++) {
      measurePurity(i);
    }
  }

  /** Brings every subsystem that has a step due at {@code tick} up to it. */
  public void advance(long tick) {
    if (tick % FAST_TICKS == 0) {
      boolean dropped = levelInterlock || environment.powerShare() < 0.5;
      highVoltage.advance(FAST_TICKS * SECONDS_PER_TICK, dropped, cryostat.boilingShare(), random);
      if (highVoltage.discharges().spikeMicroamps() > 0.0) {
        frontEnd.channels().saturate(SATURATED_BY_DISCHARGE);
      }
    }
    if (tick % PROCESS_TICKS == 0) {
      advanceProcess(PROCESS_TICKS * SECONDS_PER_TICK);
    }
    if (tick % SLOW_TICKS == 0) {
      advanceSlow();
    }
  }

  private void advanceProcess(double dt) {
    environment.advance(dt, random);
    boolean power = environment.powerShare() >= 0.5;
    circulation.advance(dt, power, cryostat.safety().stopsPumps());
    double gaugeNoise = GAUGE_NOISE_MILLIBAR * random.gaussian();
    cryostat.advance(dt, environment, circulation, gaugeNoise, random);
    purity.advance(dt, cryostat, circulation, random);
    cryostat.foreignMol(purity.ullageMol());
    if (!power) {
      frontEnd.supply().allOff();
    }
    frontEnd.second(dt);
    double level = cryostat.levelMetres();
    levelInterlock = level < LEVEL_LOW_METRES || level > LEVEL_HIGH_METRES;
  }

  private void advanceSlow() {
    double dt = SLOW_TICKS * SECONDS_PER_TICK;
    double nominalVolts = Math.abs(config.cathodeKilovolts()) * 1e3;
    double voltageShare = highVoltage.cathodeVolts() / nominalVolts;
    frontEnd.advance(dt, cryostat, highVoltage, voltageShare, random, electronicsRandom);
    photonDetectors.advance(dt, cryostat.meanKelvin());
    double flowRelative = circulation.flowKgPerSecond() / config.circulationKgPerSecond();
    tracks.advance(
        dt, highVoltage.cathodeVolts(), cryostat.meanKelvin(), purity, flowRelative, random);
    dataTaking.advance(dt, voltageShare, acquisition.refusal());
    acquisition.advance(dt, triggerHertz(), frontEnd);
    computing.advance(dt, acquisition.disk(), electronicsRandom);
    for (PurityMonitor monitor : monitors) {
      monitor.advance(dt, random);
    }
    double share = Math.pow(highVoltage.cathodeVolts() / nominalVolts, 8.0);
    long pickUp = random.poisson(0.4 * share * dt / 3600.0);
    long pulses = pickUp + highVoltage.advanceSlow(dt, pickUp);
    toroidPulses = toroidPulses * Math.exp(-dt / 3600.0) + pulses;
  }

  /** Lets purity monitor {@code index} (0 is the one behind the filter) measure now. */
  public void measurePurity(int index) {
    double tau =
        index == 0 ? purity.outletLifetimeMilliseconds() : purity.lifetimeMilliseconds(0.5);
    monitors[index].measure(tau, random);
  }

  /** Returns what faults may move; the fault board writes it. */
  public Knobs knobs() {
    return knobs;
  }

  /** Returns weather and hall. */
  public Environment environment() {
    return environment;
  }

  /** Returns cryostat, condenser and pressure loop. */
  public Cryostat cryostat() {
    return cryostat;
  }

  /** Returns pumps, filters and flow. */
  public Circulation circulation() {
    return circulation;
  }

  /** Returns the impurities. */
  public Purity purity() {
    return purity;
  }

  /** Returns the cathode supply. */
  public HighVoltage highVoltage() {
    return highVoltage;
  }

  /** Returns the boards. */
  public FrontEnd frontEnd() {
    return frontEnd;
  }

  /** Returns the photon detectors. */
  public PhotonDetectors photonDetectors() {
    return photonDetectors;
  }

  /** Returns what tracks show. */
  public TrackObservables tracks() {
    return tracks;
  }

  /** Returns runs and trigger. */
  public DataTaking dataTaking() {
    return dataTaking;
  }

  /** Returns triggers, buffers and disks. */
  public DataAcquisition acquisition() {
    return acquisition;
  }

  /** Returns links and queues of jobs. */
  public Computing computing() {
    return computing;
  }

  /** Returns purity monitor {@code index}; 0 is the one behind the filter. */
  public PurityMonitor monitor(int index) {
    return monitors[index];
  }

  /** Returns whether the level interlock of the high voltage has tripped. */
  public boolean levelInterlock() {
    return levelInterlock;
  }

  /** Pulses on the toroid of the high-voltage feedthrough, 1/h over about the last hour. */
  public double toroidPerHour() {
    return toroidPulses;
  }

  /** Triggers per second: by the light as the photon detectors see it, and by discharges, Hz. */
  public double triggerHertz() {
    return acquisition.triggerHertz(lightSeen()) + highVoltage.discharges().burstHertz();
  }

  /** Light as the photon detectors see it, relative to nominal. */
  public double lightSeen() {
    return tracks.lightRelative() * photonDetectors.pulseHeightRelative();
  }

  /** Writes or reads the whole state. */
  public void exchange(StateCodec codec) {
    random.exchange(codec);
    electronicsRandom.exchange(codec);
    environment.exchange(codec);
    cryostat.exchange(codec);
    circulation.exchange(codec);
    purity.exchange(codec);
    highVoltage.exchange(codec);
    frontEnd.exchange(codec);
    photonDetectors.exchange(codec);
    tracks.exchange(codec);
    dataTaking.exchange(codec);
    acquisition.exchange(codec);
    computing.exchange(codec);
    for (PurityMonitor monitor : monitors) {
      monitor.exchange(codec);
    }
    levelInterlock = codec.ofBoolean(levelInterlock);
    toroidPulses = codec.ofDouble(toroidPulses);
  }
}
