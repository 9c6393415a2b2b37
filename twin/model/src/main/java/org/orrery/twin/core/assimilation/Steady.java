package org.orrery.twin.core.assimilation;

import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.StateVariable;

/**
 * Solves one parameter at a time for a state in which nothing moves, by probing the model's own
 * equations: both temperatures' rates are linear in what is asked for. Stateless.
 */
final class Steady {
  private final LarModel model;
  private final double[] inputs;

  Steady(LarModel model, double[] inputs) {
    this.model = model;
    this.inputs = inputs.clone();
    this.inputs[InputVariable.STEP_SECONDS.ordinal()] = 1.0;
  }

  /** Logarithm of the mixing time at which the bulk keeps its temperature. */
  double mixing(double[] states) {
    return linearInInverse(states, StateVariable.LOG_MIXING, StateVariable.BULK_KELVIN, -1.0);
  }

  /** Logarithm of the condenser's coefficient at which the surface keeps its temperature. */
  double condenser(double[] states) {
    return linearInInverse(states, StateVariable.LOG_CONDENSER, StateVariable.SURFACE_KELVIN, 1.0);
  }

  /**
   * The rate of a temperature is {@code a + b exp(sign x)} in the parameter x. Keeps the parameter
   * as it is where no value would do.
   */
  private double linearInInverse(
      double[] states, StateVariable parameter, StateVariable temperature, double sign) {
    double atZero = rate(states, parameter, 0.0, temperature);
    double atOne = rate(states, parameter, sign * Math.log(2.0), temperature);
    double slope = atOne - atZero;
    double needed = (slope - atZero) / slope;
    boolean solvable = slope != 0.0 && needed > 0.05 && needed < 20.0;
    return solvable ? sign * Math.log(needed) : states[parameter.ordinal()];
  }

  private double rate(
      double[] states, StateVariable parameter, double value, StateVariable temperature) {
    double[] probe = states.clone();
    probe[parameter.ordinal()] = value;
    int row = temperature.ordinal();
    return model.transition().evaluate(probe, inputs)[row] - probe[row];
  }
}
