package org.orrery.twin.core.assimilation;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.orrery.twin.core.graph.Expr;
import org.orrery.twin.core.graph.Graph;
import org.orrery.twin.core.graph.Program;
import org.orrery.twin.core.model.Argon;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.StateVariable;

/**
 * Makes an ensemble that starts where the readings are, in a steady state as far as the readings
 * leave that open. Stateless.
 */
public final class Anchor {
  private static final Program SATURATION = saturation();

  private final LarModel model;
  private final Readings readings;

  /** Anchors to the latest readings. */
  public Anchor(LarModel model, Readings readings) {
    this.model = model;
    this.readings = readings;
  }

  /** A new ensemble of the given size. */
  public Ensemble ensemble(int members, RandomGenerator random) {
    Ensemble ensemble = new Ensemble(StateVariable.count(), members);
    for (int row = 0; row < StateVariable.count(); row++) {
      StateVariable variable = StateVariable.at(row);
      double centre = centre(variable);
      double deviation = variable.priorDeviation();
      for (int m = 0; m < members; m++) {
        ensemble.row(row)[m] = variable.clamp(centre + deviation * random.nextGaussian());
      }
    }
    balance(ensemble, random);
    return ensemble;
  }

  private double centre(StateVariable variable) {
    return switch (variable) {
      case CATHODE_KILOVOLTS -> Math.abs(or("hv.cathode.voltage", variable.priorMean()));
      case BULK_KELVIN -> bulk();
      case SURFACE_KELVIN -> surface();
      case VALVE_OPENING -> or("cryo.condenser.valve-position", 50.0) / 100.0;
      case PUMP_A_HERTZ -> or("purif.pump-a.speed", 0.0);
      case PUMP_B_HERTZ -> or("purif.pump-b.speed", 0.0);
      case LOG_IMPURITY -> impurity();
      case LOG_CHAIN -> chain();
      case FAULT_HV_TRIPPED -> or("hv.cathode.state", 0.0);
      default -> variable.priorMean();
    };
  }

  /**
   * Chooses what cannot be read so that nothing moves: the condenser takes out the heat that comes
   * in, mixing carries the bulk's heat to the surface, the filter takes out what the source brings.
   */
  private void balance(Ensemble ensemble, RandomGenerator random) {
    double[] inputs = readings.inputs();
    double command = or("cryo.condenser.valve-command", 50.0) / 100.0;
    double set = inputs[InputVariable.PRESSURE_SET_MILLIBARS.ordinal()];
    double error = or("cryo.pressure.gauge", set) - set;
    Steady steady = new Steady(model, inputs);
    for (int m = 0; m < ensemble.members(); m++) {
      double[] states = column(ensemble, m);
      double gain = 0.02 * Math.exp(states[StateVariable.LOG_LOOP_GAIN.ordinal()]);
      double integral = command - gain * error;
      set(states, StateVariable.LOOP_INTEGRAL, integral);
      set(states, StateVariable.LOG_MIXING, steady.mixing(states));
      set(states, StateVariable.LOG_CONDENSER, steady.condenser(states));
      double impurity = states[StateVariable.LOG_IMPURITY.ordinal()];
      set(states, StateVariable.LOG_SOURCE, impurity + 0.2 * random.nextGaussian());
      for (int row = 0; row < states.length; row++) {
        ensemble.row(row)[m] = states[row];
      }
    }
  }

  private static void set(double[] states, StateVariable variable, double value) {
    states[variable.ordinal()] = variable.clamp(value);
  }

  private static double[] column(Ensemble ensemble, int member) {
    return Arrays.stream(ensemble.rows()).mapToDouble(row -> row[member]).toArray();
  }

  private double bulk() {
    List<Double> profile =
        java.util.stream.IntStream.range(0, model.sensors().size())
            .filter(s -> model.sensors().get(s).group().equals("rtd"))
            .mapToObj(readings::latest)
            .filter(Double::isFinite)
            .sorted()
            .toList();
    double surface = surface();
    double median = profile.isEmpty() ? surface : profile.get(profile.size() / 2);
    // The bulk is warmer than its surface; what contradicts that is a thermometer's offset.
    return Math.clamp(median, surface + 0.01, surface + 0.5);
  }

  private double surface() {
    double target = or("cryo.pressure.absolute", Double.NaN);
    if (!Double.isFinite(target)) {
      return StateVariable.SURFACE_KELVIN.priorMean();
    }
    double low = 83.9;
    double high = 120.0;
    for (int i = 0; i < 60; i++) {
      double middle = 0.5 * (low + high);
      if (SATURATION.evaluate(new double[] {middle}, new double[0])[0] < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  private double chain() {
    double kilovolts = Math.abs(or("hv.cathode.voltage", 0.0));
    double microamps = or("hv.cathode.current", 0.0);
    boolean known = kilovolts > 5.0 && microamps > 0.1;
    return known
        ? Math.log(microamps / kilovolts / StateVariable.CHAIN_MICROAMPS_PER_KILOVOLT)
        : 0.0;
  }

  private double impurity() {
    double[] lifetimes =
        java.util.stream.IntStream.range(0, model.sensors().size())
            .filter(s -> model.sensors().get(s).group().equals("purity"))
            .mapToDouble(readings::latest)
            .filter(value -> value > 0.0)
            .sorted()
            .toArray();
    return lifetimes.length == 0 ? 0.0 : Math.log(8.0 / lifetimes[lifetimes.length / 2]);
  }

  private double or(String channel, double otherwise) {
    for (int s = 0; s < model.sensors().size(); s++) {
      if (model.sensors().get(s).channel().equals(channel)) {
        double value = readings.latest(s);
        return Double.isFinite(value) ? value : otherwise;
      }
    }
    return otherwise;
  }

  private static Program saturation() {
    Graph graph = new Graph();
    Expr kelvin = graph.state("kelvin");
    return graph.program(List.of(Argon.saturationMillibars(kelvin)));
  }
}
