package org.orrery.simulator.plant;

/**
 * The bearings of a pump. They wear with running hours; the narrow band around their defect
 * frequency shows it weeks before the broad vibration does, and at the end of their hidden life the
 * motor protection trips. Advanced by the pump; not thread-safe.
 */
public final class Bearing {
  /** From the first trace to the trip 20 to 80 days of running [M]. */
  private static final Wear.Law AGEING = new Wear.Law(5.0, 20.0, 20.0, 80.0, 4.0);

  /** An exchange of the bearings takes a shift [M], s. */
  private static final double EXCHANGE_SECONDS = 8.0 * 3600.0;

  private static final double BROAD_MILLIMETRE_PER_SECOND = 3.4;
  private static final double BAND_MILLIMETRE_PER_SECOND = 1.6;

  private final Knob pace;
  private final Wear wear;
  private final Service exchange = new Service(EXCHANGE_SECONDS);
  private final double quietBand;
  private boolean tripped;

  Bearing(String letter, Knobs knobs, SimRandom later) {
    this.pace =
        knobs.add(
            "purif.pump-" + letter + ".ageing",
            "1",
            1.0,
            0.0,
            10_000.0,
            "Pace at which the bearings of the pump wear");
    this.wear = new Wear(AGEING, later.bits());
    this.quietBand = later.uniform(0.035, 0.05);
  }

  void advance(double dtSeconds, double relativeSpeed) {
    if (relativeSpeed > 0.0) {
      wear.use(dtSeconds * relativeSpeed * pace.value());
      tripped |= wear.amount() >= 1.0;
    }
    if (exchange.advance(dtSeconds)) {
      wear.renew();
      tripped = false;
    }
  }

  /** Returns whether the motor protection has tripped; an exchange of the bearings resets it. */
  public boolean tripped() {
    return tripped;
  }

  /** Returns the exchange of the bearings, which the crew asks for. */
  public Service exchange() {
    return exchange;
  }

  /** Vibration that wear adds at nominal speed, mm/s RMS. */
  double broadMillimetrePerSecond() {
    return BROAD_MILLIMETRE_PER_SECOND * wear.amount();
  }

  /** Vibration in the band of the defect frequency at nominal speed, mm/s RMS. */
  double bandMillimetrePerSecond() {
    return quietBand + BAND_MILLIMETRE_PER_SECOND * Math.sqrt(wear.amount());
  }

  void exchange(StateCodec codec) {
    wear.exchange(codec);
    exchange.exchange(codec);
    tripped = codec.ofBoolean(tripped);
  }
}
