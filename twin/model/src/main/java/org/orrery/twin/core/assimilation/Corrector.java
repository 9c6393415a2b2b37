package org.orrery.twin.core.assimilation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.model.Sensor;

/**
 * One step's correction: compares readings with expectations, weighs down what is far out so that
 * no single sensor drags the state, corrects the ensemble, and learns about the sensors. Mutable,
 * not thread-safe.
 */
final class Corrector {
  /** Up to here an innovation counts in full; beyond, its error is taken to be larger. */
  private static final double FULL_TRUST = 3.5;

  /** From here on it is not used at all. */
  private static final double NO_TRUST = 8.0;

  /** Factor on the errors while a command is being carried out. */
  private static final double TRANSIENT_FACTOR = 6.0;

  /**
   * Errors of successive readings, and of sensors side by side, are not independent as the filter
   * assumes: it is told that they are larger. So many steps count as one reading.
   */
  private static final double STEPS_PER_READING = 4.0;

  private final ModelRunner runner;
  private final double[] dependence;
  private final List<Sensor> sensors;
  private final SensorTracker[] trackers;
  private final long[] learntNs;
  private final SensorView[] views;
  private final double[][] outputs;

  Corrector(ModelRunner runner, SensorTracker[] trackers, int members) {
    this.runner = runner;
    this.sensors = runner.model().sensors();
    this.trackers = trackers;
    this.learntNs = new long[sensors.size()];
    this.views = new SensorView[sensors.size()];
    Arrays.fill(views, new SensorView(Double.NaN, Double.NaN, Double.NaN, false));
    this.outputs = runner.outputs(members);
    this.dependence =
        sensors.stream()
            .mapToDouble(
                sensor -> sensors.stream().filter(o -> o.group().equals(sensor.group())).count())
            .map(size -> STEPS_PER_READING * (size + 1.0) / 2.0)
            .toArray();
  }

  /** What the twin made of each sensor in the latest step. */
  SensorView view(int sensor) {
    return views[sensor];
  }

  /**
   * Corrects an ensemble by what is fresh.
   *
   * @param unsettled whether commands are being carried out on the sensor's subsystem
   * @return normalised innovations, NaN where nothing was read
   */
  double[] correct(
      Ensemble ensemble,
      Readings readings,
      InnovationMonitor monitor,
      boolean[] unsettled,
      boolean learn,
      long stepNs) {
    int members = ensemble.members();
    double[] inputs = readings.inputs();
    runner.observe(ensemble.rows(), inputs, members, outputs);
    double[] normalised = new double[sensors.size()];
    Arrays.fill(normalised, Double.NaN);
    List<Integer> used = new ArrayList<>();
    double[] errors = new double[sensors.size()];
    for (int s = 0; s < sensors.size(); s++) {
      SensorTracker tracker = trackers[s];
      double expectation = Ensemble.mean(outputs[s], members);
      double spread = Ensemble.variance(outputs[s], members);
      double assumed = assumed(s, members, unsettled[s]);
      if (readings.fresh(s) && tracker.mustBeSet()) {
        tracker.learn(readings.latest(s), expectation, spread, assumed, 0);
        learntNs[s] = stepNs;
      }
      double error = tracker.deviation(assumed);
      double calibration = tracker.calibrationVariance(expectation);
      double gain = tracker.gain();
      double total = gain * gain * spread + error * error + calibration;
      double expected = tracker.reading(expectation);
      double z = Double.NaN;
      boolean assimilated = false;
      if (readings.fresh(s) && !tracker.mustBeSet()) {
        z = (readings.latest(s) - expected) / Math.sqrt(total);
        normalised[s] = z;
        double doubt = Math.max(1.0, z * z / (FULL_TRUST * FULL_TRUST));
        errors[s] =
            dependence[s] * (error * error + calibration) * doubt
                + (doubt - 1.0) * gain * gain * spread;
        assimilated = Math.abs(z) < NO_TRUST && !monitor.isDistrusted(s);
        if (assimilated) {
          used.add(s);
        }
        if (learn && !unsettled[s] && Math.abs(z) < FULL_TRUST && !monitor.isDistrusted(s)) {
          tracker.learn(readings.latest(s), expectation, spread, assumed, stepNs - learntNs[s]);
          learntNs[s] = stepNs;
        }
      }
      views[s] = new SensorView(expected, Math.sqrt(total), z, assimilated);
    }
    assimilate(ensemble, readings, used, errors);
    return normalised;
  }

  private double assumed(int sensor, int members, boolean unsettled) {
    double deviation = Ensemble.mean(outputs[sensors.size() + sensor], members);
    return unsettled ? deviation * TRANSIENT_FACTOR : deviation;
  }

  private void assimilate(
      Ensemble ensemble, Readings readings, List<Integer> used, double[] errors) {
    int members = ensemble.members();
    double[][] predicted = new double[used.size()][members];
    double[] values = new double[used.size()];
    double[] variances = new double[used.size()];
    boolean[][] mask = new boolean[used.size()][];
    for (int i = 0; i < values.length; i++) {
      int s = used.get(i);
      for (int m = 0; m < members; m++) {
        predicted[i][m] = trackers[s].reading(outputs[s][m]);
      }
      values[i] = readings.latest(s);
      variances[i] = errors[s];
      mask[i] = runner.model().influence()[s];
    }
    SerialFilter.assimilate(ensemble.rows(), predicted, values, variances, true, mask);
  }

  /** Brings the published expectations up to the corrected ensemble. */
  void refresh(Ensemble ensemble, double[] inputs, boolean[] unsettled) {
    int members = ensemble.members();
    runner.observe(ensemble.rows(), inputs, members, outputs);
    for (int s = 0; s < sensors.size(); s++) {
      double expectation = Ensemble.mean(outputs[s], members);
      double spread = Ensemble.variance(outputs[s], members);
      double gain = trackers[s].gain();
      double error = trackers[s].deviation(assumed(s, members, unsettled[s]));
      double total =
          gain * gain * spread + error * error + trackers[s].calibrationVariance(expectation);
      views[s] =
          new SensorView(
              trackers[s].reading(expectation),
              Math.sqrt(total),
              views[s].innovation(),
              views[s].assimilated());
    }
  }
}
