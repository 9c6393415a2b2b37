package org.orrery.simulator.plant;

/**
 * One filter vessel: its slow ageing, and its regeneration with warm argon and hydrogen. While it
 * is regenerated it cannot be selected. Advanced by the circulation; not thread-safe.
 */
public final class FilterBed {
  /** What it does, in the order of its channel. */
  public enum State {
    /** Cold and waiting. */
    READY,
    /** The liquid flows through it. */
    IN_USE,
    /** Warm argon heats it. */
    WARM_UP,
    /** Argon with 1.5 % hydrogen reduces the copper. */
    HYDROGEN,
    /** Cold argon cools it. */
    COOL_DOWN
  }

  /** Hydrogen in the argon of the regeneration (DUNE design report) [V], %. */
  private static final double HYDROGEN_PERCENT = 1.5;

  /** About 500 K (DUNE design report), 250 degrees Celsius (MTS) [V]. */
  private static final double HOT_KELVIN = 510.0;

  private static final double HYDROGEN_FROM_KELVIN = 490.0;
  private static final double COLD_KELVIN = 89.0;
  private static final double READY_BELOW_KELVIN = 100.0;

  /** Time constants of heating and cooling [M], s; with them the whole takes one to two days. */
  private static final double WARM_UP_SECONDS = 9_000.0;

  private static final double COOL_DOWN_SECONDS = 9_500.0;

  /** Capacity lost to dust and sintering within 40 to 150 days of use [M]. */
  private static final Wear.Law AGEING = new Wear.Law(3.0, 10.0, 40.0, 150.0, 1.0);

  private static final double DIRT_SHARE = 0.3;

  private final Knob pace;
  private final Wear wear;
  private final double hydrogenSeconds;
  private State state;
  private double kelvin = COLD_KELVIN;
  private double reducedSeconds;

  FilterBed(String letter, boolean inUse, Knobs knobs, SimRandom later) {
    this.state = inUse ? State.IN_USE : State.READY;
    this.pace =
        knobs.add(
            "purif.filter-" + letter + ".ageing",
            "1",
            1.0,
            0.0,
            10_000.0,
            "Pace at which the filter ages");
    this.wear = new Wear(AGEING, later.bits());
    this.hydrogenSeconds = 3600.0 * later.uniform(9.0, 24.0);
  }

  void advance(double dtSeconds, boolean selected, boolean flowing, boolean power) {
    if (flowing && selected) {
      wear.use(dtSeconds * pace.value());
    }
    if (regenerating()) {
      regenerate(dtSeconds, power);
    } else {
      state = selected ? State.IN_USE : State.READY;
      kelvin += (COLD_KELVIN - kelvin) * dtSeconds / COOL_DOWN_SECONDS;
    }
  }

  private void regenerate(double dtSeconds, boolean power) {
    if (!power) {
      state = State.COOL_DOWN;
    }
    double target = state == State.COOL_DOWN ? COLD_KELVIN : HOT_KELVIN;
    double seconds = state == State.COOL_DOWN ? COOL_DOWN_SECONDS : WARM_UP_SECONDS;
    kelvin += (target - kelvin) * dtSeconds / seconds;
    if (state == State.WARM_UP && kelvin > HYDROGEN_FROM_KELVIN) {
      state = State.HYDROGEN;
    } else if (state == State.HYDROGEN) {
      reducedSeconds += dtSeconds;
      if (reducedSeconds >= hydrogenSeconds) {
        wear.renew();
        state = State.COOL_DOWN;
      }
    } else if (state == State.COOL_DOWN && kelvin < READY_BELOW_KELVIN) {
      state = State.READY;
    }
  }

  /** Begins the regeneration, or breaks it off; then the filter cools down half regenerated. */
  public void regenerate(boolean wanted) {
    if (wanted && !regenerating()) {
      state = State.WARM_UP;
      reducedSeconds = 0.0;
    } else if (!wanted && regenerating()) {
      state = State.COOL_DOWN;
    }
  }

  /** Returns whether it is being regenerated, cool-down included. */
  public boolean regenerating() {
    return state == State.WARM_UP || state == State.HYDROGEN || state == State.COOL_DOWN;
  }

  /** Returns whether somebody has asked for its regeneration and it is still being heated. */
  public boolean asked() {
    return state == State.WARM_UP || state == State.HYDROGEN;
  }

  /** Share of its load that hydrogen takes away within one second. */
  double reductionPerSecond() {
    return state == State.HYDROGEN ? 5.0 / hydrogenSeconds : 0.0;
  }

  /** Share of its capacity that ageing has taken. */
  double agedShare() {
    return wear.amount();
  }

  /** Its resistance relative to that without ageing. */
  double dirtFactor() {
    return 1.0 + DIRT_SHARE * wear.amount();
  }

  /** Returns what it does. */
  public State state() {
    return state;
  }

  /** Temperature of its body, K. */
  public double kelvin() {
    return kelvin;
  }

  /** Hydrogen in the gas of the regeneration, %. */
  public double hydrogenPercent() {
    return state == State.HYDROGEN ? HYDROGEN_PERCENT : 0.0;
  }

  void exchange(StateCodec codec) {
    wear.exchange(codec);
    state = State.values()[codec.ofInt(state.ordinal())];
    kelvin = codec.ofDouble(kelvin);
    reducedSeconds = codec.ofDouble(reducedSeconds);
  }
}
