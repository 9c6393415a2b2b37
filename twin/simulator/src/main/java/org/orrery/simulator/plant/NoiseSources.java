package org.orrery.simulator.plant;

/**
 * What shakes many channels together: a regulator that oscillates, a ground loop, a regulator that
 * is picked up. Sizes are modelling defaults [M]; which group and which band each shows in is
 * published (35-ton prototype) [V]. Advanced by the plant; not thread-safe.
 */
public final class NoiseSources {
  /** Bands of the noise spectrum that the online monitor watches. */
  public enum Band {
    /** Around 11 kHz. */
    KHZ_11,
    /** Around 100 kHz. */
    KHZ_100,
    /** All below 300 kHz. */
    LOW,
    /** The line at 650 kHz. */
    KHZ_650
  }

  /** Own size, and what oscillation, ground loop and pick-up add, electrons RMS. */
  private static final double[][] BANDS = {
    {8.0, 60.0, 0.0, 90.0},
    {10.0, 80.0, 120.0, 0.0},
    {45.0, 300.0, 140.0, 110.0},
    {6.0, 120.0, 0.0, 0.0}
  };

  private static final double[] GROUP_OF_64 = {18.0, 150.0, 85.0, 110.0};
  private static final double[] GROUP_OF_128 = {12.0, 140.0, 130.0, 55.0};
  private static final double[] CHANNEL = {0.0, 900.0, 150.0, 110.0};
  private static final double CURRENT_LOST = 0.08;
  private static final double LOOP_OHM = 0.4;
  private static final double FILTERED = 0.05;

  private final Knob oscillation;
  private final Knob groundShort;
  private final Knob pickUp;
  private final double groundOhm;
  private final Wander wander;
  private boolean stilled;
  private boolean returnIsolated;
  private boolean filtered;

  NoiseSources(Knobs knobs, SimRandom random) {
    this.oscillation =
        knobs.share("fe.regulator.oscillation", "Oscillation of the low-voltage regulators");
    this.groundShort =
        knobs.share("fe.ground.short", "Contact between low-voltage return and chassis");
    this.pickUp = knobs.share("fe.regulator.pick-up", "Pick-up of the regulators, 64 channels");
    this.groundOhm = random.uniform(12.0, 16.0);
    this.wander = new Wander(0.03, 1_800.0, random);
  }

  void advance(double dtSeconds, SimRandom random) {
    wander.advance(dtSeconds, random);
    if (oscillation.value() == 0.0) {
      stilled = false;
    }
  }

  /** Restarted chips take their current anew: the oscillation waits for its next beginning. */
  void still() {
    stilled = oscillation.value() > 0.0;
  }

  /** How strongly the regulators oscillate, 0 to 1. */
  private double oscillating() {
    return stilled ? 0.0 : oscillation.value();
  }

  private double loop() {
    return returnIsolated ? 0.0 : groundShort.value();
  }

  private double picked() {
    return pickUp.value() * (filtered ? FILTERED : 1.0);
  }

  private double together(double[] sizes) {
    double own = sizes[0] * (1.0 + wander.value());
    double a = sizes[1] * oscillating();
    double b = sizes[2] * loop();
    double c = sizes[3] * picked();
    return Math.sqrt(own * own + a * a + b * b + c * c);
  }

  /** Noise of a channel with what is picked up, electrons RMS; its own alone when all is quiet. */
  double disturbed(double electrons) {
    if (oscillation.value() == 0.0 && groundShort.value() == 0.0 && pickUp.value() == 0.0) {
      return electrons;
    }
    return Math.hypot(electrons, together(CHANNEL));
  }

  /** Noise that the 64 channels of a regulator group have in common, electrons RMS. */
  public double commonOf64() {
    return together(GROUP_OF_64);
  }

  /** Noise that the 128 channels of a board have in common, electrons RMS. */
  public double commonOf128() {
    return together(GROUP_OF_128);
  }

  /** Noise within a band of the spectrum, electrons RMS. */
  public double band(Band band) {
    return together(BANDS[band.ordinal()]);
  }

  /** What is left of the amplifier current: an oscillating regulator gives less. */
  double currentShare() {
    return 1.0 - CURRENT_LOST * oscillating();
  }

  /** Impedance between detector and building ground, ohm. */
  public double groundOhm() {
    double usual = groundOhm * (1.0 + 0.1 * wander.value());
    return 1.0 / (1.0 / usual + loop() / LOOP_OHM);
  }

  /** Returns whether the low-voltage return is isolated from the chassis. */
  public boolean returnIsolated() {
    return returnIsolated;
  }

  /** Isolates the low-voltage return from the chassis or joins them. */
  public void returnIsolated(boolean value) {
    returnIsolated = value;
  }

  /** Returns whether the series resistors of 1 ohm are in the lines of the regulators. */
  public boolean filtered() {
    return filtered;
  }

  /** Puts series resistors of 1 ohm into the lines of the regulators or takes them out. */
  public void filtered(boolean value) {
    filtered = value;
  }

  void exchange(StateCodec codec) {
    wander.exchange(codec);
    stilled = codec.ofBoolean(stilled);
    returnIsolated = codec.ofBoolean(returnIsolated);
    filtered = codec.ofBoolean(filtered);
  }
}
