package org.orrery.twin.core.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.orrery.twin.core.assimilation.Ensemble;
import org.orrery.twin.core.assimilation.History;
import org.orrery.twin.core.assimilation.ProcessNoise;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.model.Sensor;

/**
 * Plays candidates forward over recorded inputs, all in one batch, and scores them against recorded
 * readings. One use per instance; not thread-safe.
 */
final class Playback {
  /** Members that stand for one candidate. */
  static final int MEMBERS = 16;

  /**
   * What the equations get wrong when they run free, as a share of how far a lying sensor may be
   * off: at once, and more with every hour. It keeps small structural errors from deciding between
   * hypotheses.
   */
  private static final double STRUCTURAL_SHARE = 0.01;

  private static final double STRUCTURAL_SHARE_PER_HOUR = 0.05;

  /** Of a sensor that is read in every step, about so many steps are scored. */
  private static final int ENOUGH_STEPS = 60;

  /** Factor on it under a fault, for sensors on which effects are not well known. */
  private static final double FAULTY_FACTOR = 3.0;

  private static final double WELL_KNOWN_EFFECT = 0.05;

  /** So much of it sets one sensor of a group apart from the others. */
  private static final double OWN_SHARE = 0.4;

  private final ModelRunner runner;
  private final Collection<List<Integer>> groups;
  private final List<SensorFit> fits;
  private final List<Candidate> candidates;
  private final Ensemble batch;
  private final double[][] outputs;
  private final ProcessNoise noise;

  /** Sum of log densities and counts, {@code [candidate][sensor]}. */
  private final double[][] logDensity;

  private final double[] vagueLogDensity;
  private final double[][] lastExpected;
  private final double[][] lastDeviation;
  private final double[] lastRead;
  private final int[] readings;
  private final long[] liesFromNs;
  private final boolean faulty;
  private final boolean[] readBefore;
  private int thinning = 1;
  private int scoredSteps;
  private double structuralShare = STRUCTURAL_SHARE;

  /**
   * Prepares to play.
   *
   * @param fits what was known about the sensors before the onset
   * @param faulty whether a fault is in the model from the start, whose course is known less well
   * @param liesFromNs when each sensor began to lie, if it lies, plant ns
   */
  Playback(
      ModelRunner runner,
      List<SensorFit> fits,
      Ensemble start,
      List<Candidate> candidates,
      long[] liesFromNs,
      boolean faulty,
      long seed) {
    this.runner = runner;
    this.fits = fits;
    this.candidates = candidates;
    this.liesFromNs = liesFromNs;
    this.faulty = faulty;
    int[] sources = new int[candidates.size() * MEMBERS];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = i % MEMBERS % start.members();
    }
    this.batch = start.select(sources);
    this.outputs = runner.outputs(sources.length);
    this.noise = new ProcessNoise(new SplittableRandom(seed));
    int sensors = runner.model().sensors().size();
    this.logDensity = new double[candidates.size()][sensors];
    this.lastExpected = new double[candidates.size()][sensors];
    this.lastDeviation = new double[candidates.size()][sensors];
    this.vagueLogDensity = new double[sensors];
    this.lastRead = new double[sensors];
    Arrays.fill(lastRead, Double.NaN);
    this.readings = new int[sensors];
    this.readBefore = new boolean[sensors];
    List<Sensor> all = runner.model().sensors();
    this.groups =
        IntStream.range(0, sensors)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    s -> all.get(s).group(), LinkedHashMap::new, Collectors.toList()))
            .values();
  }

  /**
   * Plays all candidates over the steps.
   *
   * @param scoreFromNs readings before this time count for nothing
   */
  void play(List<History.Step> steps, double stepSeconds, long scoreFromNs) {
    thinning = Math.max(1, steps.size() / ENOUGH_STEPS);
    boolean[] applied = new boolean[candidates.size()];
    for (History.Step step : steps) {
      for (int c = 0; c < applied.length; c++) {
        if (!applied[c] && candidates.get(c).onsetNs() < step.timeNs()) {
          applied[c] = true;
          for (int m = 0; m < MEMBERS; m++) {
            candidates.get(c).apply(batch.rows(), c * MEMBERS + m);
          }
        }
      }
      runner.advance(batch.rows(), step.inputs(), batch.members(), 1);
      noise.addRepeated(batch, stepSeconds, MEMBERS);
      structuralShare += STRUCTURAL_SHARE_PER_HOUR * stepSeconds / 3600.0;
      if (step.timeNs() >= scoreFromNs) {
        score(step);
      }
    }
  }

  private void score(History.Step step) {
    List<List<Integer>> read = new ArrayList<>();
    boolean thin = scoredSteps++ % thinning != 0;
    for (List<Integer> group : groups) {
      List<Integer> usable =
          group.stream()
              .filter(s -> !Double.isNaN(step.readings()[s]) && fits.get(s).usable())
              .filter(s -> !thin || !readBefore[s])
              .toList();
      if (!usable.isEmpty()) {
        read.add(usable);
      }
    }
    for (int s = 0; s < readBefore.length; s++) {
      readBefore[s] = !Double.isNaN(step.readings()[s]);
    }
    if (!read.isEmpty()) {
      runner.observe(batch.rows(), step.inputs(), batch.members(), outputs);
      read.forEach(group -> score(step, group));
    }
  }

  /**
   * Scores the sensors of one group. What they have in common is scored once, as the model may be
   * that far off; then each is scored for how it departs from the others, which no error of the
   * model excuses.
   */
  private void score(History.Step step, List<Integer> group) {
    int size = group.size();
    double[] residuals = new double[size];
    double[] ownScales = new double[size];
    for (int c = 0; c < candidates.size(); c++) {
      for (int i = 0; i < size; i++) {
        int s = group.get(i);
        ownScales[i] = expect(c, s);
        residuals[i] = step.readings()[s] - lastExpected[c][s];
      }
      double common = size == 1 ? 0.0 : common(residuals);
      int first = group.getFirst();
      if (size > 1) {
        logDensity[c][first] += Density.log(common, lastDeviation[c][first]);
      }
      for (int i = 0; i < size; i++) {
        int s = group.get(i);
        double scale = size == 1 ? lastDeviation[c][s] : ownScales[i];
        logDensity[c][s] += Density.log(residuals[i] - common, scale);
        if (c == 0) {
          // A sensor that lies reads anything within its vague range of what it should read.
          boolean lies = step.timeNs() >= liesFromNs[s];
          double vague = lies ? runner.model().sensors().get(s).vagueDeviation() : scale;
          vagueLogDensity[s] += Density.log(residuals[i] - common, vague);
          if (size > 1 && s == first) {
            vagueLogDensity[s] += Density.log(common, lastDeviation[c][s]);
          }
          lastRead[s] = step.readings()[s];
          readings[s]++;
        }
      }
    }
  }

  /** Sets what a candidate expects of a sensor; returns the error of the sensor alone. */
  private double expect(int candidate, int sensor) {
    int sensors = fits.size();
    SensorFit fit = fits.get(sensor);
    double[] row = outputs[sensor];
    int first = candidate * MEMBERS;
    double sum = 0.0;
    for (int m = first; m < first + MEMBERS; m++) {
      sum += row[m];
    }
    double mean = sum / MEMBERS;
    double squares = 0.0;
    for (int m = first; m < first + MEMBERS; m++) {
      squares += (row[m] - mean) * (row[m] - mean);
    }
    double spread = squares / (MEMBERS - 1);
    double assumed = outputs[sensors + sensor][candidate * MEMBERS];
    Sensor described = runner.model().sensors().get(sensor);
    boolean vaguely = faulty && described.effectShare() > WELL_KNOWN_EFFECT;
    double structural =
        structuralShare * described.vagueDeviation() * (vaguely ? FAULTY_FACTOR : 1.0);
    lastExpected[candidate][sensor] = fit.reading(mean);
    // The first candidate is the quiet one; what sets another apart from it is the effect.
    double effect =
        described.effectShare() * (lastExpected[candidate][sensor] - lastExpected[0][sensor]);
    lastDeviation[candidate][sensor] =
        Math.sqrt(fit.variance(mean, spread, assumed) + structural * structural + effect * effect);
    double own = OWN_SHARE * Math.hypot(structural, effect);
    return Math.sqrt(fit.variance(mean, 0.0, assumed) + own * own);
  }

  /** The median of three or more; of two, the one closer to what was expected. */
  private static double common(double[] residuals) {
    if (residuals.length == 2) {
      return Math.abs(residuals[0]) < Math.abs(residuals[1]) ? residuals[0] : residuals[1];
    }
    double[] sorted = residuals.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Mean log density of a sensor's readings under a candidate; 0 when it was not read. */
  double fit(int candidate, int sensor) {
    return readings[sensor] == 0 ? 0.0 : logDensity[candidate][sensor] / readings[sensor];
  }

  /** Mean log density of a sensor's readings when the sensor lies. */
  double vagueFit(int sensor) {
    return readings[sensor] == 0 ? 0.0 : vagueLogDensity[sensor] / readings[sensor];
  }

  /** How many readings of a sensor were scored. */
  int readings(int sensor) {
    return readings[sensor];
  }

  /** Latest reading of a sensor; NaN when it was not read. */
  double lastRead(int sensor) {
    return lastRead[sensor];
  }

  /** What a candidate expected when the sensor was last read. */
  double lastExpected(int candidate, int sensor) {
    return lastExpected[candidate][sensor];
  }

  /** Standard deviation of that. */
  double lastDeviation(int candidate, int sensor) {
    return lastDeviation[candidate][sensor];
  }
}
