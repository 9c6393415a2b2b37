package org.orrery.simulator.plant;

import org.jspecify.annotations.Nullable;

/**
 * Bias of the wire planes in the order grid, first induction, second induction, collection: two
 * supplies each, filter groups, shorts, and how transparent the planes are for drifting charge.
 * Voltages, resistors and currents as in ProtoDUNE-SP [V]. Advanced by the plant; not thread-safe.
 */
public final class WireBias {
  /** Number of planes. */
  public static final int PLANES = 4;

  /** Letters of the planes as in channel names. */
  public static final String[] LETTERS = {"g", "u", "v", "x"};

  /** Filter groups of a plane [M]. */
  public static final int GROUPS = 20;

  private static final double[] BIAS_VOLTS = {-665.0, -370.0, 0.0, 820.0};
  private static final double WIRE_OHM = 50e6;
  private static final double FILTER_OHM = 2.2e6;
  private static final double PLANE_GAP_CM = 0.475;
  private static final double DRIFT_VOLTS_PER_CM = 500.0;

  // A plane lets charge pass while the field behind it is large enough against the one before it.
  // Midpoint below the nominal ratios of 1.24 and 1.25, so that the healthy planes are transparent.
  private static final double RATIO_MIDPOINT = 1.12;
  private static final double RATIO_WIDTH = 0.025;

  /** What a wire collects adds to what passing charge induces [M]. */
  private static final double COLLECTED_ON_INDUCTION = 0.6;

  private final double[] error = new double[PLANES];
  private final Knob[] droop = new Knob[PLANES];
  private final Knob[] shortedWires = new Knob[PLANES];
  private final Knob[] groupLost = new Knob[PLANES];
  private final Knob[] where = new Knob[PLANES];
  private final boolean[] spare = new boolean[PLANES];
  private final int[] isolated = new int[PLANES];
  private final double[] amplitude = {1.0, 1.0, 1.0, 1.0};
  private double driftShare = 1.0;

  /**
   * Makes the planes.
   *
   * @param random where the errors of the supplies come from
   */
  WireBias(Knobs knobs, SimRandom random) {
    for (int i = 0; i < PLANES; i++) {
      error[i] = random.uniform(-0.4, 0.4);
      String id = "fe.wirebias." + LETTERS[i];
      droop[i] = knobs.share(id + ".droop", "Share of its voltage that the main supply lost");
      shortedWires[i] =
          knobs.add(id + ".shorted-wires", "1", 0.0, 0.0, 40.0, "Wires of a group on the frame");
      groupLost[i] = knobs.share(id + ".group-short", "Short behind the filter of a group");
      where[i] =
          knobs.add(id + ".short-group", "1", 1.0, 1.0, GROUPS, "Number of the shorted group");
    }
  }

  /**
   * Lets charge pass the planes.
   *
   * @param newDriftShare drift field relative to nominal
   */
  void advance(double newDriftShare) {
    driftShare = newDriftShare;
    boolean healthy = true;
    for (int i = 0; i < PLANES; i++) {
      healthy &= isolated[i] == 0 && (droop[i].value() == 0.0 || spare[i]) && !shorted(i);
    }
    for (int i = 1; i < PLANES; i++) {
      amplitude[i] = healthy ? 1.0 : amplitudeOf(i);
    }
  }

  private boolean shorted(int plane) {
    return shortedWires[plane].value() > 0.0 || groupLost[plane].value() > 0.0;
  }

  /** The mean over the filter groups, as the same numbers of all planes lie over each other. */
  private double amplitudeOf(int plane) {
    double sum = 0.0;
    double[] usual = new double[PLANES];
    double[] volts = new double[PLANES];
    for (int i = 0; i < PLANES; i++) {
      usual[i] = BIAS_VOLTS[i] + (i == 2 ? 0.0 : error[i]);
    }
    for (int group = 1; group <= GROUPS; group++) {
      for (int i = 0; i < PLANES; i++) {
        volts[i] = groupVolts(i, group);
      }
      sum += seen(plane, volts) / seen(plane, usual);
    }
    return sum / GROUPS;
  }

  private double seen(int plane, double[] volts) {
    double drift = DRIFT_VOLTS_PER_CM * Math.max(0.01, driftShare);
    double behindGrid = Math.max(0.0, volts[1] - volts[0]) / PLANE_GAP_CM;
    double behindFirst = Math.max(0.0, volts[2] - volts[1]) / PLANE_GAP_CM;
    double behindSecond = Math.max(0.0, volts[3] - volts[2]) / PLANE_GAP_CM;
    double grid = transparency(behindGrid / drift);
    double first = transparency(behindFirst / Math.max(1.0, behindGrid));
    double second = transparency(behindSecond / Math.max(1.0, behindFirst));
    return switch (plane) {
      case 1 -> grid * (1.0 + COLLECTED_ON_INDUCTION * (1.0 - first));
      case 2 -> grid * first * (1.0 + COLLECTED_ON_INDUCTION * (1.0 - second));
      default -> grid * first * second;
    };
  }

  private static double transparency(double ratio) {
    return 1.0 / (1.0 + Math.exp(-(ratio - RATIO_MIDPOINT) / RATIO_WIDTH));
  }

  /** Voltage at the supply of a plane, V. */
  public double volts(int plane) {
    double usual = BIAS_VOLTS[plane] + (plane == 2 ? 0.0 : error[plane]);
    return spare[plane] ? usual : usual * (1.0 - droop[plane].value());
  }

  /** Current that a short draws, A. */
  private double shortAmps(int plane) {
    if (isolated[plane] == shortGroup(plane)) {
      return 0.0;
    }
    double volts = Math.abs(volts(plane));
    double whole = groupLost[plane].value() * volts / FILTER_OHM;
    double wires = shortedWires[plane].value();
    return whole + (wires == 0.0 ? 0.0 : volts / (WIRE_OHM / wires + FILTER_OHM));
  }

  private int shortGroup(int plane) {
    return (int) Math.rint(where[plane].value());
  }

  /** Current of a plane, A. */
  public double amps(int plane) {
    return 2e-10 * Math.abs(volts(plane)) + shortAmps(plane);
  }

  /** Voltage behind the filter of a group from 1, V. */
  public double groupVolts(int plane, int group) {
    if (isolated[plane] == group) {
      return 0.0;
    }
    double volts = volts(plane);
    boolean here = shorted(plane) && group == shortGroup(plane);
    return here ? Math.copySign(Math.abs(volts) - shortAmps(plane) * FILTER_OHM, volts) : volts;
  }

  /** Least magnitude of the voltages of the connected groups, V. */
  public double lowestGroupVolts(int plane) {
    boolean counts = shorted(plane) && isolated[plane] != shortGroup(plane);
    return Math.abs(counts ? groupVolts(plane, shortGroup(plane)) : volts(plane));
  }

  /** Returns whether a plane hangs on its spare supply. */
  public boolean spare(int plane) {
    return spare[plane];
  }

  /** Changes between main and spare supply. */
  public void spare(int plane, boolean value) {
    spare[plane] = value;
  }

  /** Number of the group of a plane that is disconnected, 0 for none. */
  public int isolated(int plane) {
    return isolated[plane];
  }

  /**
   * Disconnects a group.
   *
   * @param group its number from 1, 0 to connect all
   * @return why that is refused, else null
   */
  public @Nullable String isolate(int plane, int group) {
    if (group > GROUPS) {
      return "there are %d groups".formatted(GROUPS);
    }
    isolated[plane] = group;
    return null;
  }

  /** Height of pulses on a plane relative to a healthy detector. */
  public double amplitude(int plane) {
    return amplitude[plane];
  }

  /** Charge that arrives at the collection wires relative to a healthy detector. */
  public double collected() {
    return amplitude[3];
  }

  void exchange(StateCodec codec) {
    for (int i = 0; i < PLANES; i++) {
      spare[i] = codec.ofBoolean(spare[i]);
      isolated[i] = codec.ofInt(isolated[i]);
    }
    codec.ofArray(amplitude);
    driftShare = codec.ofDouble(driftShare);
  }
}
