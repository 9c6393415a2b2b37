package org.orrery.twin.core.assimilation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.model.StateVariable;

/**
 * The twin in step with the detector: takes samples in, and moves on step by step. Deterministic:
 * the same samples, steps and seed give the same numbers on one machine. Mutable, not thread-safe.
 */
public final class TwinEngine {
  /** Without these the ensemble cannot be set; after the wait it is set from what there is. */
  private static final List<String> ESSENTIAL =
      List.of(
          "hv.cathode.voltage",
          "cryo.pressure.absolute",
          "cryo.condenser.valve-command",
          "cryo.pressure.gauge",
          "cryo.pressure.set",
          "env.barometer",
          "purif.pump-a.enable",
          "purif.pump-a.speed",
          "cryo.rtd.t01");

  /** Twenty minutes: connecting takes seconds of wall time, which are minutes of a fast plant. */
  private static final long START_WAIT_NS = 1_200_000_000_000L;

  /** A gap longer than this is not stepped through: the twin is set anew behind it, plant ns. */
  private static final long LONGEST_GAP_NS = 3_600_000_000_000L;

  /** For so long after a command its subsystem is given larger errors, plant ns. */
  private static final long SETTLING_NS = 60_000_000_000L;

  /** Being lost this long, the twin is set anew from the readings, plant ns. */
  private static final long LOST_LIMIT_NS = 600_000_000_000L;

  private static final long CATCH_UP_STEPS = 720;

  private final LarModel model;
  private final EngineSettings settings;
  private final ModelRunner runner;
  private final Readings readings;
  private final SensorTracker[] trackers;
  private final Corrector corrector;
  private final InnovationMonitor monitor;
  private final History history = new History();
  private final SplittableRandom random;
  private final ProcessNoise noise;
  private final Siblings siblings;
  private Ensemble ensemble;
  private boolean running;
  private long nowNs;
  private long firstNs;
  private long commandedNs = Long.MIN_VALUE / 2;
  private long lostSinceNs;
  private boolean explained;
  private boolean learning = true;
  private long anchors;

  /** An engine that waits for its first samples. */
  public TwinEngine(ModelRunner runner, EngineSettings settings) {
    this.runner = runner;
    this.model = runner.model();
    this.settings = settings;
    this.readings = new Readings(model);
    this.trackers =
        model.sensors().stream()
            .map(sensor -> new SensorTracker(sensor.calibration()))
            .toArray(SensorTracker[]::new);
    this.corrector = new Corrector(runner, trackers, settings.members());
    this.monitor = new InnovationMonitor(model.sensors());
    this.random = new SplittableRandom(settings.seed());
    this.noise = new ProcessNoise(random);
    this.siblings = new Siblings(model.sensors());
    this.ensemble = new Ensemble(model.transition().stateCount(), settings.members());
  }

  /** The channels that the twin wants to hear. */
  public List<String> channels() {
    return readings.channels();
  }

  /** Takes a sample in. */
  public void offer(Sample sample) {
    readings.offer(sample);
  }

  /**
   * Makes at most one step towards a time.
   *
   * @return true when a step was made and there may be more to make
   */
  public boolean stepTowards(long untilNs) {
    if (nowNs == 0) {
      nowNs = Math.floorDiv(untilNs, settings.stepNs()) * settings.stepNs();
      firstNs = nowNs;
      readings.advanceTo(nowNs);
      return tryStart();
    }
    long nextNs = nowNs + settings.stepNs();
    if (nextNs > untilNs) {
      return false;
    }
    if (untilNs - nowNs > LONGEST_GAP_NS) {
      running = false;
      history.clear();
      nowNs = 0;
      return stepTowards(untilNs);
    }
    nowNs = nextNs;
    switch (readings.advanceTo(nowNs)) {
      case NONE -> {}
      case COMMANDED -> commandedNs = nowNs;
      case CORRECTED -> startOver();
    }
    if (!running) {
      return tryStart();
    }
    step();
    return true;
  }

  private boolean tryStart() {
    boolean complete = ESSENTIAL.stream().allMatch(readings::heard);
    boolean waited = nowNs - firstNs >= START_WAIT_NS && readings.heard("cryo.pressure.absolute");
    if (complete || waited) {
      anchor();
      running = true;
      return true;
    }
    return true;
  }

  /** What was assumed about an input was wrong, and so is all that was learnt meanwhile. */
  private void startOver() {
    if (running) {
      running = false;
      for (int s = 0; s < trackers.length; s++) {
        trackers[s] = new SensorTracker(model.sensors().get(s).calibration());
      }
      history.clear();
    }
  }

  /** Sets the ensemble anew from the latest readings; what was learnt about sensors stays. */
  private void anchor() {
    ensemble = new Anchor(model, readings).ensemble(settings.members(), random);
    monitor.restart(false);
    lostSinceNs = 0;
    anchors++;
  }

  private void step() {
    double stepSeconds = settings.stepNs() * 1e-9;
    double[] inputs = inputs();
    runner.advance(ensemble.rows(), inputs, settings.members(), 1);
    noise.add(ensemble, stepSeconds);
    boolean[] unsettled = unsettled();
    // A new ensemble learns about its sensors from the first; a doubting one does not.
    boolean learn = learning && monitor.doubtingSinceNs() == 0;
    double[] normalised = corrector.correct(ensemble, readings, monitor, unsettled, learn, nowNs);
    siblings.share(trackers);
    monitor.update(normalised, nowNs, explained);
    if (!ensemble.isFinite()) {
      anchor();
    }
    corrector.refresh(ensemble, inputs, unsettled);
    double[] values = new double[trackers.length];
    for (int s = 0; s < values.length; s++) {
      values[s] = readings.fresh(s) ? readings.latest(s) : Double.NaN;
    }
    history.add(new History.Step(nowNs, inputs, values, normalised), ensemble, monitor.agreement());
    anchorWhenLost();
  }

  private void anchorWhenLost() {
    if (monitor.agreement() != Agreement.LOST) {
      lostSinceNs = 0;
    } else if (lostSinceNs == 0) {
      lostSinceNs = nowNs;
    } else if (nowNs - lostSinceNs > LOST_LIMIT_NS) {
      anchor();
    }
  }

  /** While a command is being carried out, the model's lags matter more than its errors say. */
  private boolean[] unsettled() {
    boolean[] unsettled = new boolean[trackers.length];
    if (nowNs - commandedNs < SETTLING_NS) {
      Arrays.fill(unsettled, true);
    }
    return unsettled;
  }

  /**
   * Replaces the ensemble by one that was made for an earlier time, and brings it up to the
   * present.
   *
   * @param replacement the new members
   * @param asOfNs plant time that they stand for
   */
  public void replace(Ensemble replacement, long asOfNs) {
    ensemble = replacement;
    long steps = Math.max(0, (nowNs - asOfNs) / settings.stepNs());
    for (long step = 0; step < Math.min(steps, CATCH_UP_STEPS); step++) {
      runner.advance(ensemble.rows(), inputs(), settings.members(), 1);
      noise.add(ensemble, settings.stepNs() * 1e-9);
    }
    monitor.restart(true);
    history.mark(nowNs, ensemble, Agreement.AGREES);
  }

  /** Sets a variable of all members, such as the mark of a fault that is known to be over. */
  public void set(StateVariable variable, double value) {
    Arrays.fill(ensemble.row(variable.ordinal()), value);
  }

  /** Leaves a sensor out of assimilation and judgement until it agrees again. */
  public void distrust(int sensor) {
    monitor.distrust(sensor);
  }

  /** Whether what is out has been diagnosed, so that lasting doubts do not mean being lost. */
  public void setExplained(boolean explained) {
    this.explained = explained;
  }

  /** Whether sensors may be learnt about; not while a fault is in the model. */
  public void setLearning(boolean learning) {
    this.learning = learning;
  }

  /** Whether the ensemble has been set. */
  public boolean running() {
    return running;
  }

  /** End of the latest step, plant ns. */
  public long nowNs() {
    return nowNs;
  }

  /** The inputs of the next step, its length included. */
  public double[] inputs() {
    double[] inputs = readings.inputs();
    inputs[InputVariable.STEP_SECONDS.ordinal()] = settings.stepNs() * 1e-9;
    return inputs;
  }

  /** The ensemble; a copy. */
  public Ensemble ensemble() {
    return ensemble.copy();
  }

  /** The recent past; a copy. */
  public History history() {
    return history.copy();
  }

  /** What is learnt about a sensor. */
  public SensorTracker tracker(int sensor) {
    return trackers[sensor];
  }

  /** The view of a sensor after the latest step. */
  public SensorView view(int sensor) {
    return corrector.view(sensor);
  }

  /** The readings. */
  public Readings readings() {
    return readings;
  }

  /** The watch on the innovations. */
  public InnovationMonitor monitor() {
    return monitor;
  }

  /** The settings. */
  public EngineSettings settings() {
    return settings;
  }

  /** The model. */
  public LarModel model() {
    return model;
  }

  /** How often the ensemble has been set from readings alone. */
  public long anchors() {
    return anchors;
  }
}
