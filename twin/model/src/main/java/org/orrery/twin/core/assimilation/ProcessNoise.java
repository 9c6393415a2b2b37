package org.orrery.twin.core.assimilation;

import java.util.random.RandomGenerator;
import org.orrery.twin.core.model.StateVariable;

/**
 * What the equations leave out, as chance: dynamic states wander freely, parameters wander about
 * their prior, fault marks stand still unless a working hypothesis lets one move. Stateless but for
 * the generator; not thread-safe.
 */
public final class ProcessNoise {
  /**
   * Time in which a parameter forgets, s: a compromise between steadiness and seeing a change
   * within hours.
   */
  private static final double PARAMETER_MEMORY_SECONDS = 2 * 86_400.0;

  private static final double SECONDS_PER_HOUR = 3600.0;

  private final RandomGenerator random;

  /** Draws from the given generator. */
  public ProcessNoise(RandomGenerator random) {
    this.random = random;
  }

  /** Adds the noise of one step to every member and holds all within their physical bounds. */
  public void add(Ensemble ensemble, double stepSeconds) {
    addRepeated(ensemble, stepSeconds, ensemble.members());
  }

  /**
   * The same for groups of members that are to differ only by what was done to them: member {@code
   * m} gets the noise of member {@code m mod period}.
   */
  public void addRepeated(Ensemble ensemble, double stepSeconds, int period) {
    double[] draws = new double[period];
    for (int row = 0; row < StateVariable.count(); row++) {
      StateVariable variable = StateVariable.at(row);
      boolean current =
          variable == StateVariable.FAULT_STREAMER_MICROAMPS
              || variable == StateVariable.FAULT_WARM_LEAK_MICROAMPS;
      if (variable.kind() == StateVariable.Kind.FAULT && !current) {
        continue;
      }
      for (int m = 0; m < period; m++) {
        draws[m] = random.nextGaussian();
      }
      double[] values = ensemble.row(row);
      double hours = stepSeconds / SECONDS_PER_HOUR;
      switch (variable.kind()) {
        case DYNAMIC -> {
          double deviation = variable.noisePerRootHour() * Math.sqrt(hours);
          for (int m = 0; m < values.length; m++) {
            values[m] = variable.clamp(values[m] + deviation * draws[m % period]);
          }
        }
        case PARAMETER -> {
          double share = stepSeconds / PARAMETER_MEMORY_SECONDS;
          double deviation = variable.priorDeviation() * Math.sqrt(2.0 * share);
          for (int m = 0; m < values.length; m++) {
            double back = (variable.priorMean() - values[m]) * share;
            values[m] = variable.clamp(values[m] + back + deviation * draws[m % period]);
          }
        }
        case FAULT -> {
          // A leak comes and goes; while there is one, its current wanders.
          for (int m = 0; m < values.length; m++) {
            double deviation = values[m] * Math.sqrt(hours);
            values[m] = variable.clamp(values[m] + deviation * draws[m % period]);
          }
        }
      }
    }
  }
}
