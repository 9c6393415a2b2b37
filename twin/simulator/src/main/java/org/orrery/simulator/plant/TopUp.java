package org.orrery.simulator.plant;

/**
 * A delivery of liquid argon at the fill line. While its valve is open it fills the cryostat
 * through a small filter of its own; the valve closes by itself at the upper level or when the
 * delivery is empty. Advanced by the cryostat; not thread-safe.
 */
public final class TopUp {
  /** Level at which the valve closes by itself [M], m. */
  public static final double FULL_METRES = 7.20;

  private static final double FILL_KG_PER_SECOND = 0.5;
  private static final double DELIVERY_KG = 18_000.0;
  private static final double NEXT_DELIVERY_SECONDS = 12.0 * 3600.0;

  /** The delivery is a little warmer than the cryostat [M], J/kg. */
  private static final double WARMTH_JOULE_PER_KG = 1_500.0;

  /** Oxygen and water in delivered argon behind the filter of the fill line [M], ppb. */
  private static final double[] CLEAN_PPB = {0.03, 0.08};

  /** Nitrogen in delivered argon [M], ppm: about 1 ppm is typical [V]. */
  private static final double NITROGEN_PPM = 1.0;

  private final Knob oxygen;
  private boolean open;
  private double deliveryKg = DELIVERY_KG;
  private double emptySeconds;
  private double flowKgPerSecond;

  TopUp(Knobs knobs) {
    this.oxygen =
        knobs.add(
            "cryo.delivery.oxygen", "[ppb]", 0.0, 0.0, 1_000.0, "Oxygen too much in the delivery");
  }

  void advance(double dtSeconds, double levelMetres) {
    if (deliveryKg <= 0.0) {
      emptySeconds += dtSeconds;
      if (emptySeconds > NEXT_DELIVERY_SECONDS) {
        deliveryKg = DELIVERY_KG;
      }
    } else {
      emptySeconds = 0.0;
    }
    open = open && deliveryKg > 0.0 && levelMetres < FULL_METRES;
    flowKgPerSecond = open ? Math.min(FILL_KG_PER_SECOND, deliveryKg / dtSeconds) : 0.0;
    deliveryKg -= flowKgPerSecond * dtSeconds;
  }

  /** Liquid into the cryostat, kg/s. */
  public double flowKgPerSecond() {
    return flowKgPerSecond;
  }

  /** Heat that it brings, W. */
  double watts() {
    return flowKgPerSecond * WARMTH_JOULE_PER_KG;
  }

  /** Oxygen (0) or water (1) in what flows in, ppb. */
  double impurityPpb(int species) {
    return CLEAN_PPB[species] + (species == 0 ? oxygen.value() : 0.0);
  }

  /** Nitrogen in what flows in, ppm. */
  double nitrogenPpm() {
    return NITROGEN_PPM;
  }

  /** Argon left in the delivery, kg. */
  public double deliveryKg() {
    return deliveryKg;
  }

  /** Returns whether the fill valve is open. */
  public boolean open() {
    return open;
  }

  /** Opens or closes the fill valve. */
  public void open(boolean value) {
    open = value;
  }

  void exchange(StateCodec codec) {
    open = codec.ofBoolean(open);
    deliveryKg = codec.ofDouble(deliveryKg);
    emptySeconds = codec.ofDouble(emptySeconds);
    flowKgPerSecond = codec.ofDouble(flowKgPerSecond);
  }
}
