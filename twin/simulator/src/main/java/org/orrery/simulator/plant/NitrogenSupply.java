package org.orrery.simulator.plant;

/**
 * The main tank of liquid nitrogen, a reserve tank, and the valves that let one of them feed the
 * phase separator. Advanced by the condenser; not thread-safe.
 */
public final class NitrogenSupply {
  /** Two days of the nominal load [M]. */
  private static final double RESERVE_KG = 7_000.0;

  /** Time to purge and cool the line of the other tank [M], s. */
  private static final double CHANGE_OVER_SECONDS = 120.0;

  /** A delivery fills the reserve slowly while it is not in use [M], kg/s. */
  private static final double FILL_KG_PER_SECOND = 0.04;

  private final Knob mainLost;
  private final Knob reserveLost;
  private boolean reserve;
  private double changeOverSeconds;
  private double reserveKg;

  NitrogenSupply(Knobs knobs, SimRandom later) {
    this.mainLost =
        knobs.share("cryo.ln2.lost", "Share of the nitrogen supply of the condenser that is lost");
    this.reserveLost =
        knobs.share("cryo.ln2.reserve-lost", "Share of the reserve of nitrogen that is lost");
    this.reserveKg = RESERVE_KG * later.uniform(0.85, 0.98);
  }

  void advance(double dtSeconds, double useKgPerSecond) {
    changeOverSeconds = Math.max(0.0, changeOverSeconds - dtSeconds);
    double change = reserve ? -useKgPerSecond : FILL_KG_PER_SECOND;
    reserveKg = Math.clamp(reserveKg + change * dtSeconds, 0.0, RESERVE_KG);
  }

  /** Share of the supply that does not arrive. */
  double lossShare() {
    if (changeOverSeconds > 0.0) {
      return 1.0;
    }
    if (!reserve) {
      return mainLost.value();
    }
    return reserveKg > 0.0 ? reserveLost.value() : 1.0;
  }

  /** Returns whether the reserve feeds the condenser. */
  public boolean onReserve() {
    return reserve;
  }

  /** Changes over to the reserve or back; nothing flows for two minutes. */
  public void onReserve(boolean value) {
    if (value != reserve) {
      reserve = value;
      changeOverSeconds = CHANGE_OVER_SECONDS;
    }
  }

  /** Level of the reserve tank, %. */
  public double reservePercent() {
    return 100.0 * reserveKg / RESERVE_KG;
  }

  void exchange(StateCodec codec) {
    reserve = codec.ofBoolean(reserve);
    changeOverSeconds = codec.ofDouble(changeOverSeconds);
    reserveKg = codec.ofDouble(reserveKg);
  }
}
