package org.orrery.simulator.plant;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Supply, switch and data link of each front-end board. A board that is switched on has its rails
 * after two seconds, amplifies after six and has trained its link after fifteen [M]. Advanced by
 * the plant; not thread-safe.
 */
public final class BoardSupply {
  /** The rails of a board. */
  public enum Rail {
    /** Bias of the regulators. */
    BIAS,
    /** Amplifiers. */
    LARASIC,
    /** Converters. */
    COLDADC,
    /** Data links. */
    COLDATA
  }

  private static final double RAILS_SECONDS = 2.0;
  private static final double AMPLIFIES_SECONDS = 6.0;
  private static final double LINK_SECONDS = 15.0;
  private static final double SETTLED_SECONDS = 60.0;
  private static final double DISCHARGE_SECONDS = 3.0;
  private static final double DAY_SECONDS = 86_400.0;

  /** A rail that has lost more than this is out of its published band. */
  private static final double IN_BAND = 0.97;

  private static final double TRAINING_ERRORS_PER_MINUTE = 400.0;
  private static final double MINUTE_SECONDS = 60.0;

  private final int boards;
  private final Knob[] lost;
  private final boolean[] on;
  private final double[] seconds;
  private final boolean[] links;
  private final boolean[] amplifies;
  private final double[] usualErrors;
  private final double[] errors;
  private final double[] driftVoltsPerDay;
  private double days;
  private double stirredSeconds = SETTLED_SECONDS;

  BoardSupply(int boards, Knobs knobs, SimRandom random) {
    this.boards = boards;
    this.lost = new Knob[boards * Rail.values().length];
    this.on = new boolean[boards];
    this.seconds = new double[boards];
    this.links = new boolean[boards];
    this.amplifies = new boolean[boards];
    this.usualErrors = new double[boards];
    this.errors = new double[boards];
    this.driftVoltsPerDay = new double[boards];
    Arrays.fill(on, true);
    Arrays.fill(seconds, SETTLED_SECONDS);
    for (int i = 0; i < boards; i++) {
      for (Rail rail : Rail.values()) {
        String name = rail.name().toLowerCase(Locale.ROOT);
        lost[i * Rail.values().length + rail.ordinal()] =
            knobs.share(
                FrontEnd.name(i) + "." + name + "-lost",
                "Share of the " + name + " rail of board " + (i + 1) + " that is lost");
      }
      usualErrors[i] = random.uniform(0.0, 0.1);
      double rate = 2e-5 * Math.exp(0.9 * Math.clamp(random.gaussian(), -2.0, 2.5));
      driftVoltsPerDay[i] = random.uniform() < 0.5 ? rate : -rate;
    }
    refresh();
  }

  /** Lets slow things go on; the caller then calls {@link #second} as often as it likes. */
  void advance(double dtSeconds) {
    days += dtSeconds / DAY_SECONDS;
    refresh();
  }

  /** Lets boards come up that were switched. */
  void second(double dtSeconds) {
    if (stirredSeconds >= SETTLED_SECONDS + 10.0 * MINUTE_SECONDS) {
      return;
    }
    stirredSeconds += dtSeconds;
    double keep = Math.exp(-dtSeconds / MINUTE_SECONDS);
    for (int i = 0; i < boards; i++) {
      seconds[i] += dtSeconds;
      errors[i] *= keep;
      if (on[i] && seconds[i] >= RAILS_SECONDS && seconds[i] < LINK_SECONDS) {
        errors[i] = TRAINING_ERRORS_PER_MINUTE;
      }
    }
    refresh();
  }

  private void refresh() {
    for (int i = 0; i < boards; i++) {
      boolean linked =
          on[i]
              && seconds[i] >= LINK_SECONDS
              && inBand(Rail.COLDADC, i)
              && inBand(Rail.COLDATA, i)
              && inBand(Rail.BIAS, i);
      links[i] = linked;
      amplifies[i] = on[i] && seconds[i] >= AMPLIFIES_SECONDS && inBand(Rail.LARASIC, i) && linked;
    }
  }

  private boolean inBand(Rail rail, int index) {
    return share(rail, index) >= IN_BAND;
  }

  /** What is left of the voltage and current of a rail of board {@code index} from 0. */
  public double share(Rail rail, int index) {
    return on[index] && seconds[index] >= RAILS_SECONDS
        ? 1.0 - lost[index * Rail.values().length + rail.ordinal()].value()
        : 0.0;
  }

  /** Drift of the converter and link regulators of board {@code index} from 0 since birth, V. */
  public double driftVolts(int index) {
    return driftVoltsPerDay[index] * days;
  }

  /** The mains went: every board is off, and stays so until it is switched on. */
  void allOff() {
    for (int i = 0; i < boards; i++) {
      if (on[i]) {
        on[i] = false;
        stir(i, 0.0);
      }
    }
    refresh();
  }

  /** Returns whether board {@code index} from 0 is switched on. */
  public boolean on(int index) {
    return on[index];
  }

  /**
   * Switches board {@code index} from 0.
   *
   * @return why it refuses, else null
   */
  public @Nullable String on(int index, boolean value) {
    if (value == on[index]) {
      return null;
    }
    if (value && seconds[index] < DISCHARGE_SECONDS) {
      return "board %d: rails still discharging".formatted(index + 1);
    }
    on[index] = value;
    stir(index, 0.0);
    refresh();
    return null;
  }

  /** Restarts the chips of all boards; their rails stay. */
  void restartChips() {
    for (int i = 0; i < boards; i++) {
      if (on[i]) {
        stir(i, RAILS_SECONDS);
      }
    }
    refresh();
  }

  private void stir(int index, double to) {
    seconds[index] = to;
    stirredSeconds = 0.0;
  }

  /** Returns whether the data link of board {@code index} from 0 is up. */
  public boolean linkUp(int index) {
    return links[index];
  }

  /** Errors on the data link of board {@code index} from 0, 1/min. */
  public double linkErrorsPerMinute(int index) {
    return on[index] ? usualErrors[index] + errors[index] : 0.0;
  }

  /** Returns whether board {@code index} from 0 amplifies and its data arrive. */
  public boolean amplifies(int index) {
    return amplifies[index];
  }

  /** Share of the boards whose data links are up. */
  public double linkedShare() {
    int up = 0;
    for (boolean link : links) {
      up += link ? 1 : 0;
    }
    return (double) up / boards;
  }

  void exchange(StateCodec codec) {
    for (int i = 0; i < boards; i++) {
      on[i] = codec.ofBoolean(on[i]);
      links[i] = codec.ofBoolean(links[i]);
      amplifies[i] = codec.ofBoolean(amplifies[i]);
    }
    codec.ofArray(seconds);
    codec.ofArray(errors);
    days = codec.ofDouble(days);
    stirredSeconds = codec.ofDouble(stirredSeconds);
  }
}
