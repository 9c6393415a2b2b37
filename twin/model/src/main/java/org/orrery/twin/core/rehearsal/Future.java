package org.orrery.twin.core.rehearsal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.orrery.contract.twin.RehearsalRequest.PlannedWrite;
import org.orrery.contract.twin.Trajectory;
import org.orrery.twin.core.assimilation.Ensemble;
import org.orrery.twin.core.assimilation.ProcessNoise;
import org.orrery.twin.core.assimilation.Readings;
import org.orrery.twin.core.diagnosis.SensorFit;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.model.Sensor;

/**
 * Plays the ensemble into the future under planned writes. Deterministic: two futures of one
 * present see the same chance, so that they differ by the writes alone. Stateless but for the
 * runner.
 */
final class Future {
  /** Longest future, steps: a day of 10 s. */
  private static final long MOST_STEPS = 8640;

  /** Every step is reported so far ahead, steps; then about as many again, evenly. */
  private static final long CLOSE_STEPS = 60;

  private static final int FAR_POINTS = 60;

  /** Readings drawn per member, so that the quantiles of the error come out smooth. */
  private static final int DRAWS = 4;

  private final ModelRunner runner;

  Future(ModelRunner runner) {
    this.runner = runner;
  }

  /**
   * Plays all sensors.
   *
   * @return the courses by channel, sensors and planned inputs
   */
  Map<String, Course> play(Present present, List<PlannedWrite> writes, long horizonNs) {
    long stepNs = present.settings().stepNs();
    long steps = Math.clamp(horizonNs / stepNs, 1, MOST_STEPS);
    long stride = Math.max(1, (steps - CLOSE_STEPS) / FAR_POINTS);
    List<Sensor> sensors = runner.model().sensors();
    Ensemble ensemble = present.ensemble().copy();
    double[] inputs = present.inputs().clone();
    double[][] outputs = runner.outputs(ensemble.members());
    ProcessNoise noise =
        new ProcessNoise(new SplittableRandom(present.settings().seed() ^ present.nowNs()));
    SplittableRandom errors = new SplittableRandom(present.settings().seed() + 1);
    Map<String, Course> courses = new LinkedHashMap<>();
    sensors.forEach(
        sensor -> courses.put(sensor.channel(), new Course(sensor.channel(), sensor.unit())));
    List<PlannedWrite> pending = new ArrayList<>(writes);
    for (long step = 1; step <= steps; step++) {
      long timeNs = present.nowNs() + step * stepNs;
      // A write takes effect in the step in which it falls.
      long endNs = step * stepNs;
      pending.removeIf(write -> write.afterNs() < endNs && carryOut(write, inputs));
      runner.advance(ensemble.rows(), inputs, ensemble.members(), 1);
      noise.add(ensemble, stepNs * 1e-9);
      if (step <= CLOSE_STEPS || step == steps || (step - CLOSE_STEPS) % stride == 0) {
        runner.observe(ensemble.rows(), inputs, ensemble.members(), outputs);
        for (int s = 0; s < sensors.size(); s++) {
          double[] samples =
              samples(outputs[s], outputs[sensors.size() + s], present.fits().get(s), errors);
          course(courses, sensors.get(s).channel()).add(timeNs, samples);
        }
        planned(writes, inputs, courses, timeNs);
      }
    }
    return courses;
  }

  /** The trajectories of the wanted channels, as far as the twin knows them. */
  static List<Trajectory> select(Map<String, Course> courses, Collection<String> wanted) {
    return wanted.stream()
        .filter(courses::containsKey)
        .map(channel -> course(courses, channel).trajectory())
        .toList();
  }

  private static Course course(Map<String, Course> courses, String channel) {
    return courses.computeIfAbsent(channel, name -> new Course(name, ""));
  }

  private static void planned(
      List<PlannedWrite> writes, double[] inputs, Map<String, Course> courses, long timeNs) {
    for (PlannedWrite write : writes) {
      for (InputVariable input : InputVariable.values()) {
        String channel = write.channel().value();
        boolean reported =
            courses.containsKey(channel)
                && !course(courses, channel).points().isEmpty()
                && course(courses, channel).points().getLast().timeNs() == timeNs;
        if (input.channel().equals(channel) && !reported) {
          course(courses, channel).add(timeNs, inputs[input.ordinal()]);
        }
      }
    }
  }

  private static boolean carryOut(PlannedWrite write, double[] inputs) {
    for (InputVariable input : InputVariable.values()) {
      if (input.channel().equals(write.channel().value())) {
        Readings.number(write.channel(), write.value())
            .ifPresent(value -> inputs[input.ordinal()] = input.fromReading(value));
      }
    }
    return true;
  }

  private static double[] samples(
      double[] expectations, double[] deviations, SensorFit fit, SplittableRandom errors) {
    double[] samples = new double[expectations.length * DRAWS];
    for (int m = 0; m < expectations.length; m++) {
      double scale = Math.sqrt(fit.variance(expectations[m], 0.0, deviations[m]));
      for (int d = 0; d < DRAWS; d++) {
        samples[m * DRAWS + d] = fit.reading(expectations[m]) + scale * errors.nextGaussian();
      }
    }
    return samples;
  }
}
