package org.orrery.twin.core.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.orrery.contract.diagnosis.Diagnosis.Cause;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.twin.core.assimilation.Ensemble;
import org.orrery.twin.core.assimilation.History;
import org.orrery.twin.core.assimilation.ProcessNoise;
import org.orrery.twin.core.diagnosis.Hypotheses.Scored;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.model.Sensor;
import org.orrery.twin.core.model.StateVariable;

/**
 * Scores hypotheses by simulating each from an ensemble of before the onset. Deterministic for a
 * given input. One thread at a time.
 */
public final class Diagnoser {
  /** From this probability on a hypothesis is taken into the model. */
  public static final double BEYOND_DOUBT = 0.8;

  /** A sensor is called a liar more easily than it is one: a leak may show on one meter only. */
  private static final double LIE_BEYOND_DOUBT = 0.92;

  /** Steps are scored from so long before the earliest onset, plant ns. */
  private static final long LEAD_NS = 60_000_000_000L;

  /** A finding may come so long after what it found, plant ns. */
  public static final long LOOK_BACK_NS = 1_800_000_000_000L;

  private static final double[] GAUGE_LIES_MILLIBARS = {-10.0, -3.0, 3.0, 10.0};
  private static final double SMALLEST_WEATHER_MILLIBARS = 1.0;
  private static final double SMALLEST_PROBABILITY = 1e-4;
  private static final int MOST_CAUSES = 8;

  private final ModelRunner runner;

  /** Runs hypotheses on the given runner, which nobody else may use meanwhile. */
  public Diagnoser(ModelRunner runner) {
    this.runner = runner;
  }

  /**
   * Diagnoses what began at about a time; empty when there is no past to compare with.
   *
   * <p>While a fault is assumed, what happens since is explained first from there on, so that an
   * end of the fault, or a further one, can be seen; only when nothing explains it that way is the
   * fault itself examined again, from before its onset.
   *
   * @param fromNs start of the finding's window, plant ns
   * @param lookBackNs how long before that it may have begun, plant ns
   */
  public Optional<Verdict> diagnose(DiagnosisInput input, long fromNs, long lookBackNs) {
    if (input.working().isEmpty()) {
      return examine(input, fromNs, lookBackNs);
    }
    Optional<Verdict> since = examine(input.sinceAssumed(), fromNs, lookBackNs);
    return since.filter(verdict -> !unexplained(verdict)).isPresent()
        ? since
        : examine(input, fromNs, lookBackNs).or(() -> since);
  }

  private static boolean unexplained(Verdict verdict) {
    return verdict.causes().getFirst().hypothesis() instanceof Hypothesis.NoneOfThese;
  }

  private Optional<Verdict> examine(DiagnosisInput input, long fromNs, long lookBackNs) {
    History history = input.history();
    List<History.Step> all = history.after(Long.MIN_VALUE);
    List<Long> onsets = Onset.candidates(recent(all, fromNs - lookBackNs), fromNs);
    long scoreFromNs = onsets.getFirst() - LEAD_NS;
    Optional<History.Checkpoint> start = history.before(scoreFromNs);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    List<History.Step> steps = history.after(start.get().timeNs());
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Ensemble ensemble = start.get().ensemble();
    List<Candidate> candidates = candidates(ensemble, steps, onsets);
    long[] liesFromNs = Onset.bySensor(recent(all, fromNs - lookBackNs), onsets.getFirst());
    Playback playback =
        new Playback(
            runner,
            input.fits(),
            ensemble,
            candidates,
            liesFromNs,
            marked(ensemble),
            input.settings().seed());
    double stepSeconds = input.settings().stepNs() * 1e-9;
    playback.play(steps, stepSeconds, scoreFromNs);
    List<Sensor> sensors = runner.model().sensors();
    Hypotheses hypotheses = new Hypotheses(playback, candidates, sensors);
    List<Scored> scored =
        hypotheses.all(
            weatherChange(all),
            input.working().filter(fault -> has(ensemble, fault.mark())),
            input.agrees());
    double[] probabilities = probabilities(scored);
    Explainer explainer = new Explainer(playback, hypotheses, sensors, 0);
    List<Cause> causes = new ArrayList<>();
    for (int i = 0; i < Math.min(scored.size(), MOST_CAUSES); i++) {
      causes.add(explainer.cause(scored.get(i), probabilities[i], scored));
    }
    Scored leading = scored.getFirst();
    List<String> discriminators =
        scored.stream()
            .skip(1)
            .filter(one -> !(one.hypothesis() instanceof Hypothesis.NoneOfThese))
            .findFirst()
            .map(rival -> explainer.discriminators(leading, rival))
            .orElse(List.of());
    long onsetNs = onset(candidates.get(leading.best()), onsets);
    boolean liar = leading.hypothesis() instanceof Hypothesis.LyingSensor;
    boolean certain = probabilities[0] >= (liar ? LIE_BEYOND_DOUBT : BEYOND_DOUBT);
    Replay replay = new Replay(input, ensemble, steps, candidates, hypotheses);
    return Optional.of(
        conclude(
            new Verdict(
                onsetNs,
                causes,
                discriminators,
                start.get().agreement(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false),
            leading,
            certain,
            replay));
  }

  private record Replay(
      DiagnosisInput input,
      Ensemble start,
      List<History.Step> steps,
      List<Candidate> candidates,
      Hypotheses hypotheses) {}

  private Verdict conclude(Verdict verdict, Scored leading, boolean certain, Replay replay) {
    if (!certain) {
      return verdict;
    }
    Candidate best = replay.candidates().get(leading.best());
    Optional<Fault> fault = best.broken();
    boolean recovered = best instanceof Candidate.Recovers;
    Optional<Ensemble> working =
        fault.isPresent() || recovered ? Optional.of(replay(replay, leading)) : Optional.empty();
    Optional<Integer> liar =
        leading.hypothesis() instanceof Hypothesis.LyingSensor && leading.lying().size() == 1
            ? Optional.of(leading.lying().getFirst())
            : Optional.empty();
    return new Verdict(
        verdict.onsetNs(),
        verdict.causes(),
        verdict.discriminators(),
        verdict.agreementBefore(),
        working,
        fault,
        liar,
        recovered);
  }

  /** The whole ensemble up to the present, each member under a candidate drawn by its weight. */
  private Ensemble replay(Replay replay, Scored leading) {
    SplittableRandom random = new SplittableRandom(replay.input().settings().seed() + 1);
    ProcessNoise noise = new ProcessNoise(random);
    Ensemble ensemble = replay.start().copy();
    double[] weights =
        leading.candidates().stream()
            .mapToDouble(c -> replay.hypotheses().explains(c, List.of()))
            .toArray();
    double top = Arrays.stream(weights).max().orElse(0.0);
    double total = 0.0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(weights[i] - top);
      total += weights[i];
    }
    Candidate[] drawn = new Candidate[ensemble.members()];
    for (int m = 0; m < drawn.length; m++) {
      double at = random.nextDouble() * total;
      int i = 0;
      while (i < weights.length - 1 && at >= weights[i]) {
        at -= weights[i];
        i++;
      }
      drawn[m] = replay.candidates().get(leading.candidates().get(i));
    }
    boolean[] applied = new boolean[drawn.length];
    double stepSeconds = replay.input().settings().stepNs() * 1e-9;
    for (History.Step step : replay.steps()) {
      for (int m = 0; m < drawn.length; m++) {
        if (!applied[m] && drawn[m].onsetNs() < step.timeNs()) {
          drawn[m].apply(ensemble.rows(), m);
          applied[m] = true;
        }
      }
      runner.advance(ensemble.rows(), step.inputs(), ensemble.members(), 1);
      noise.add(ensemble, stepSeconds);
    }
    return ensemble;
  }

  private static List<History.Step> recent(List<History.Step> all, long fromNs) {
    return all.stream().filter(step -> step.timeNs() > fromNs).toList();
  }

  private static List<Candidate> candidates(
      Ensemble start, List<History.Step> steps, List<Long> onsets) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(new Candidate.Quiet());
    double[] first = steps.getFirst().inputs();
    double[] last = steps.getLast().inputs();
    for (Fault fault : Fault.values()) {
      boolean possible = fault.possible(first) || fault.possible(last);
      boolean there = has(start, fault.mark());
      if (!possible || (there && fault.severityCount() == 1)) {
        continue;
      }
      for (int severity = 0; severity < fault.severityCount(); severity++) {
        for (long onset : onsets) {
          candidates.add(new Candidate.Breaks(fault, severity, onset));
        }
      }
    }
    if (marked(start)) {
      onsets.forEach(onset -> candidates.add(new Candidate.Recovers(onset)));
    }
    for (double lie : GAUGE_LIES_MILLIBARS) {
      candidates.add(new Candidate.LoopMisled(lie, onsets.get(onsets.size() / 2)));
    }
    if (weatherChange(steps) > SMALLEST_WEATHER_MILLIBARS) {
      int barometer = InputVariable.BAROMETER_MILLIBARS.ordinal();
      candidates.add(new Candidate.BarometerLies(first[barometer], onsets.getFirst()));
    }
    return candidates;
  }

  private static boolean marked(Ensemble ensemble) {
    return Arrays.stream(StateVariable.values())
        .filter(variable -> variable.kind() == StateVariable.Kind.FAULT)
        .anyMatch(variable -> has(ensemble, variable));
  }

  private static boolean has(Ensemble ensemble, StateVariable mark) {
    return Math.abs(ensemble.mean(mark.ordinal()) - mark.priorMean()) > 1e-9;
  }

  private static double weatherChange(List<History.Step> steps) {
    int barometer = InputVariable.BAROMETER_MILLIBARS.ordinal();
    double low = steps.stream().mapToDouble(step -> step.inputs()[barometer]).min().orElse(0.0);
    double high = steps.stream().mapToDouble(step -> step.inputs()[barometer]).max().orElse(0.0);
    return high - low;
  }

  private static double[] probabilities(List<Scored> scored) {
    double top = scored.getFirst().logScore();
    double[] weights =
        scored.stream()
            .mapToDouble(one -> Math.max(SMALLEST_PROBABILITY, Math.exp(one.logScore() - top)))
            .toArray();
    double sum = Arrays.stream(weights).limit(MOST_CAUSES).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  private static long onset(Candidate candidate, List<Long> onsets) {
    return candidate.onsetNs() == Long.MAX_VALUE
        ? onsets.get(Math.max(0, onsets.size() - 1))
        : candidate.onsetNs();
  }
}
