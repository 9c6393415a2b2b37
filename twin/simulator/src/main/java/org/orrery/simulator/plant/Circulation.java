package org.orrery.simulator.plant;

/**
 * Two pumps with check valves in parallel, a filter in use, and the pipe: the flow is where the
 * head of the running pumps equals the pressure drop. A leak on the suction side draws air while
 * something flows, unless the isolating valve of that branch is closed. Advanced by the plant; not
 * thread-safe.
 */
public final class Circulation {
  private static final double SHUT_OFF_BAR = 1.8;
  private static final double PUMP_DROP = 0.6 / (1.67 * 1.67);
  private static final double PIPE_DROP = 0.75 / (1.67 * 1.67);
  private static final double FILTER_DROP = 0.45 / (1.67 * 1.67);
  private static final double VALVE_SECONDS = 20.0;
  private static final int BISECTIONS = 50;
  private static final double MOST_KG_PER_SECOND = 4.0;

  private final Knob airLeak;
  private final FilterBed[] beds = new FilterBed[2];
  private final double flowScale;
  private final double[] filterDirt = new double[2];
  private final Pump pumpA;
  private final Pump pumpB;
  private boolean isolated;
  private int filter;
  private double valveMovesSeconds;
  private double flowKgPerSecond;
  private double solvedHeadA = -1.0;
  private double solvedHeadB = -1.0;
  private double solvedResistance = -1.0;

  Circulation(double nominalKgPerSecond, Knobs knobs, SimRandom random, SimRandom later) {
    this.airLeak =
        knobs.add(
            "purif.air-leak",
            "mol/s",
            0.0,
            0.0,
            1.0,
            "Air that a leak on the suction side draws in at nominal flow");
    this.pumpA = new Pump("a", true, knobs, random, later);
    this.pumpB = new Pump("b", false, knobs, random, later);
    beds[0] = new FilterBed("a", true, knobs, later);
    beds[1] = new FilterBed("b", false, knobs, later);
    filterDirt[0] = random.uniform(0.95, 1.05);
    filterDirt[1] = random.uniform(0.95, 1.05);
    this.flowScale = nominalKgPerSecond / 1.67 * random.uniform(0.99, 1.01);
    solve();
  }

  /**
   * Advances it.
   *
   * @param power whether there are mains
   * @param stopped whether the executive action on the pressure keeps the pumps off
   */
  void advance(double dtSeconds, boolean power, boolean stopped) {
    pumpA.advance(dtSeconds, power && !stopped);
    pumpB.advance(dtSeconds, power && !stopped);
    for (int i = 0; i < beds.length; i++) {
      beds[i].advance(dtSeconds, i == filter, flowKgPerSecond > 0.0, power);
    }
    valveMovesSeconds = Math.max(0.0, valveMovesSeconds - dtSeconds);
    filterDirt[filter] += 2e-9 * flowKgPerSecond * dtSeconds;
    solve();
  }

  private void solve() {
    double headA = pumpA.shutOffBar(SHUT_OFF_BAR);
    double headB = pumpB.shutOffBar(SHUT_OFF_BAR);
    double half = valveMovesSeconds > 0.0 ? 1.6 : 1.0;
    double resistance =
        PIPE_DROP + FILTER_DROP * filterDirt[filter] * beds[filter].dirtFactor() * half;
    boolean changed =
        Math.abs(headA - solvedHeadA) + Math.abs(headB - solvedHeadB) > 1e-9
            || Math.abs(resistance - solvedResistance) > 1e-6;
    if (!changed) {
      return;
    }
    double low = 0.0;
    double high = MOST_KG_PER_SECOND;
    for (int i = 0; i < BISECTIONS; i++) {
      double total = 0.5 * (low + high);
      double drop = resistance * total * total;
      if (through(headA, drop) + through(headB, drop) > total) {
        low = total;
      } else {
        high = total;
      }
    }
    solvedHeadA = headA;
    solvedHeadB = headB;
    solvedResistance = resistance;
    double drop = resistance * low * low;
    pumpA.flow(through(headA, drop) * flowScale);
    pumpB.flow(through(headB, drop) * flowScale);
    flowKgPerSecond = low * flowScale;
  }

  private static double through(double headBar, double dropBar) {
    return headBar > dropBar ? Math.sqrt((headBar - dropBar) / PUMP_DROP) : 0.0;
  }

  /** Returns pump A. */
  public Pump pumpA() {
    return pumpA;
  }

  /** Returns pump B. */
  public Pump pumpB() {
    return pumpB;
  }

  /** Liquid through the filter, kg/s. */
  public double flowKgPerSecond() {
    return flowKgPerSecond;
  }

  /** Pressure gained over a pump, mbar; 0 behind a closed check valve. */
  public double pumpMillibar(Pump pump) {
    if (pump.speedHz() <= 0.0) {
      return 0.0;
    }
    double q = pump.flowKgPerSecond() / flowScale;
    return 1e3 * Math.max(0.0, pump.shutOffBar(SHUT_OFF_BAR) - PUMP_DROP * q * q);
  }

  /** Pressure lost over a filter, mbar; 0 for the one not in use. */
  public double filterMillibar(int which) {
    double q = flowKgPerSecond / flowScale;
    double aged = beds[which].dirtFactor();
    return which == filter ? 1e3 * FILTER_DROP * filterDirt[which] * aged * q * q : 0.0;
  }

  /** Returns filter vessel {@code which}, 0 or 1. */
  public FilterBed bed(int which) {
    return beds[which];
  }

  /** Returns whether the branch that may leak is shut off; the liquid then takes another one. */
  public boolean isolated() {
    return isolated;
  }

  /** Closes or opens the isolating valve. */
  public void isolated(boolean value) {
    isolated = value;
  }

  /** Air drawn in, mol/s. */
  double airMolPerSecond() {
    return isolated ? 0.0 : airLeak.value() * Math.min(1.0, flowKgPerSecond / 1.67);
  }

  /** Index of the filter in use. */
  public int filter() {
    return filter;
  }

  /** Moves the valves to the other filter. */
  public void filter(int which) {
    if (which != filter) {
      filter = which;
      valveMovesSeconds = VALVE_SECONDS;
    }
  }

  /** Returns whether the filter valves are moving. */
  public boolean valvesMove() {
    return valveMovesSeconds > 0.0;
  }

  /** Heat of both pumps relative to one at nominal running. */
  double heatShare() {
    return pumpA.heatShare() + pumpB.heatShare();
  }

  void exchange(StateCodec codec) {
    codec.ofArray(filterDirt);
    pumpA.exchange(codec);
    pumpB.exchange(codec);
    beds[0].exchange(codec);
    beds[1].exchange(codec);
    isolated = codec.ofBoolean(isolated);
    filter = codec.ofInt(filter);
    valveMovesSeconds = codec.ofDouble(valveMovesSeconds);
    flowKgPerSecond = codec.ofDouble(flowKgPerSecond);
    solvedHeadA = codec.ofDouble(solvedHeadA);
    solvedHeadB = codec.ofDouble(solvedHeadB);
    solvedResistance = codec.ofDouble(solvedResistance);
  }
}
