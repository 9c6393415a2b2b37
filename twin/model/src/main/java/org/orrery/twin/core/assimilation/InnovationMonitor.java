package org.orrery.twin.core.assimilation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.core.model.Sensor;

/**
 * Watches whether readings are as far from what the twin expects as the twin thinks they should be,
 * and says when the twin ought to doubt itself. Mutable, not thread-safe.
 */
public final class InnovationMonitor {
  /** Beyond this many standard deviations a reading counts as out. */
  static final double OUT = 5.0;

  /** Readings in a row that must be out before a sensor is. */
  private static final int OUT_IN_A_ROW = 3;

  /** So many groups out at once and the twin no longer describes the detector. */
  private static final int LOST_GROUPS = 8;

  /** An ensemble set from readings alone has to stand so many steps before it is believed. */
  private static final int PROOF_STEPS = 10;

  /** Doubts that nothing explains turn into being lost after so long, plant ns. */
  private static final long DOUBT_LIMIT_NS = 1_800_000_000_000L;

  private static final double CAP = 25.0;

  /** Memory of the mean square, in steps that had readings. */
  private static final double MEMORY_STEPS = 60.0;

  private final List<Sensor> sensors;
  private final Map<String, Integer> groupSizes = new HashMap<>();
  private final int[] outInARow;
  private final Set<Integer> distrusted = new HashSet<>();
  private double meanSquare = 1.0;
  private long doubtingSinceNs;
  private Agreement agreement = Agreement.DOUBTS;
  private int unprovenSteps = PROOF_STEPS;

  /** Nothing is out yet. */
  public InnovationMonitor(List<Sensor> sensors) {
    this.sensors = sensors;
    this.outInARow = new int[sensors.size()];
    sensors.forEach(sensor -> groupSizes.merge(sensor.group(), 1, Integer::sum));
  }

  /** Takes in the normalised innovations of one step; NaN where a sensor was not read. */
  public void update(double[] normalised, long stepNs, boolean explained) {
    double sum = 0.0;
    int count = 0;
    for (int s = 0; s < normalised.length; s++) {
      double z = normalised[s];
      if (Double.isNaN(z)) {
        continue;
      }
      outInARow[s] = Math.abs(z) > OUT ? Math.min(outInARow[s] + 1, 1000) : 0;
      if (!distrusted.contains(s)) {
        sum += Math.min(z * z, CAP);
        count++;
      } else if (outInARow[s] == 0 && Math.abs(z) < 3.0) {
        distrusted.remove(s);
      }
    }
    if (count > 0) {
      meanSquare += (sum / count - meanSquare) / MEMORY_STEPS;
      unprovenSteps = Math.max(0, unprovenSteps - 1);
    }
    judge(stepNs, explained);
  }

  private void judge(long stepNs, boolean explained) {
    Map<String, Integer> outByGroup = new HashMap<>();
    for (int s = 0; s < outInARow.length; s++) {
      if (isOut(s) && !distrusted.contains(s)) {
        outByGroup.merge(sensors.get(s).group(), 1, Integer::sum);
      }
    }
    // One of several sensors of the same thing says more about the sensor than about the model.
    long groupsOut =
        outByGroup.entrySet().stream()
            .filter(entry -> 2 * entry.getValue() >= groupSizes.getOrDefault(entry.getKey(), 1))
            .count();
    if (groupsOut == 0) {
      doubtingSinceNs = 0;
      agreement = unprovenSteps > 0 ? Agreement.DOUBTS : Agreement.AGREES;
      return;
    }
    if (doubtingSinceNs == 0) {
      doubtingSinceNs = stepNs;
    }
    boolean tooLong = !explained && stepNs - doubtingSinceNs > DOUBT_LIMIT_NS;
    agreement = groupsOut >= LOST_GROUPS || tooLong ? Agreement.LOST : Agreement.DOUBTS;
  }

  /** Whether a sensor has been out for several readings in a row. */
  public boolean isOut(int sensor) {
    return outInARow[sensor] >= OUT_IN_A_ROW;
  }

  /** Leaves a sensor out of the judgement and of assimilation until it agrees again. */
  public void distrust(int sensor) {
    distrusted.add(sensor);
  }

  /** Whether a sensor is left out. */
  public boolean isDistrusted(int sensor) {
    return distrusted.contains(sensor);
  }

  /** The sensors that are left out. */
  public Set<Integer> distrusted() {
    return Set.copyOf(distrusted);
  }

  /**
   * Forgets what was out, after the twin has been set anew.
   *
   * @param proven whether the new ensemble has been compared with readings already, as by a
   *     diagnosis; otherwise it has to stand some steps before the twin says that it agrees
   */
  public void restart(boolean proven) {
    java.util.Arrays.fill(outInARow, 0);
    doubtingSinceNs = 0;
    meanSquare = 1.0;
    unprovenSteps = proven ? 0 : PROOF_STEPS;
    agreement = proven ? Agreement.AGREES : Agreement.DOUBTS;
  }

  /** How far the twin believes itself. */
  public Agreement agreement() {
    return agreement;
  }

  /** Plant time since which it has not agreed; 0 while it does. */
  public long doubtingSinceNs() {
    return doubtingSinceNs;
  }

  /** Mean square of the normalised innovations of late, each capped at 25; about 1 in health. */
  public double meanSquare() {
    return meanSquare;
  }
}
