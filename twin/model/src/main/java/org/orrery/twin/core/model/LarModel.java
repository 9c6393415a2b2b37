package org.orrery.twin.core.model;

import java.util.List;
import org.orrery.twin.core.graph.Graph;
import org.orrery.twin.core.graph.Program;

/**
 * The twin's model of the detector as two programs: one step forward, and what the sensors should
 * read. Immutable, thread-safe.
 *
 * <p>State rows follow {@link StateVariable}, inputs {@link InputVariable}. The observation program
 * has two outputs per sensor: all expectations in sensor order, then all standard deviations.
 */
public final class LarModel {
  /** Changes whenever equations or constants change; part of every provenance. */
  public static final String VERSION = "lar-twin-1";

  /** Electron lifetime at the nominal impurity and 0.5 kV/cm, ms. */
  public static final double NOMINAL_LIFETIME_MS = 8.0;

  /** Impurity source that holds the nominal impurity at the nominal flow, ppb/day. */
  public static final double NOMINAL_SOURCE_PPB_PER_DAY =
      Constants.NOMINAL_IMPURITY_PPB * Constants.NOMINAL_TURNOVER_PER_SECOND * 86_400.0;

  private final Program transition;
  private final Program observation;
  private final List<Sensor> sensors;
  private final boolean[][] influence;

  private LarModel(Program transition, Program observation, List<Sensor> sensors) {
    this.transition = transition;
    this.observation = observation;
    this.sensors = sensors;
    this.influence = influence(transition, observation, sensors.size());
  }

  /** The reference detector. */
  public static LarModel reference() {
    ModelBuilder builder = new ModelBuilder();
    HighVoltage.build(builder);
    Purification.Circulation circulation = Purification.build(builder);
    Cryostat.build(builder, circulation.flow(), circulation.pumpKilowatts());
    DriftVolume.build(builder);
    Graph graph = builder.graph();
    return new LarModel(
        graph.program(builder.transition()),
        graph.program(builder.observation()),
        builder.sensors());
  }

  /** One step forward: as many outputs as states. */
  public Program transition() {
    return transition;
  }

  /** Expectations, then standard deviations, of the sensors. */
  public Program observation() {
    return observation;
  }

  /** The sensors, in the order of the outputs. */
  public List<Sensor> sensors() {
    return sensors;
  }

  /**
   * Whether a state can have reached a sensor through the equations within a few steps; a sensor
   * corrects no other state, which keeps chance correlations of a small ensemble out.
   *
   * @return {@code [sensor][state]}; do not modify
   */
  public boolean[][] influence() {
    return influence;
  }

  private static boolean[][] influence(Program transition, Program observation, int sensors) {
    boolean[][] from = transition.dependencies();
    boolean[][] seen = observation.dependencies();
    boolean[][] influence = new boolean[sensors][];
    for (int sensor = 0; sensor < sensors; sensor++) {
      boolean[] reach = seen[sensor].clone();
      for (int depth = 0; depth < StateVariable.count(); depth++) {
        for (int state = 0; state < reach.length; state++) {
          if (reach[state]) {
            for (int source = 0; source < reach.length; source++) {
              reach[source] |= from[state][source];
            }
          }
        }
      }
      influence[sensor] = reach;
    }
    return influence;
  }
}
