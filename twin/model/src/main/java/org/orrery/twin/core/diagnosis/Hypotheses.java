package org.orrery.twin.core.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.twin.core.model.Sensor;

/**
 * Turns the scores of played candidates into scored hypotheses. One use per instance; not
 * thread-safe.
 */
final class Hypotheses {
  private static final double PRIOR_QUIET = 0.15;
  private static final double PRIOR_SENSOR = 0.02;
  private static final double PRIOR_NONE = 0.03;
  private static final double PRIOR_RECOVERED = 0.15;
  private static final double PRIOR_PERSISTS = 20.0;

  /** A model that agrees with all readings is not given up for one that fits a little better. */
  private static final double PRIOR_AGREES = 1e7;

  /** Readings of one channel hang together; so many of them count as independent, at most. */
  private static final double INDEPENDENT_READINGS = 10.0;

  /** A sensor is accused when its lie would explain its readings better by this much, nats. */
  private static final double SUSPECT_NATS = 2.0;

  /** What no hypothesis explains costs this much per sensor beyond its vagueness, nats. */
  private static final double UNEXPLAINED_NATS = 3.0;

  private static final int MOST_SUSPECTS = 6;

  /** A change of the weather by about this much shows, mbar. */
  private static final double WEATHER_MILLIBARS = 3.0;

  private static final double WEATHER_WIDTH_MILLIBARS = 0.7;
  private static final String BAROMETER = "env.barometer";

  /**
   * One hypothesis with its score.
   *
   * @param hypothesis what it is
   * @param logScore logarithm of prior times likelihood, unnormalised
   * @param candidates the played candidates that stand for it
   * @param best the best of them
   * @param lying the sensors that it holds for liars
   */
  record Scored(
      Hypothesis hypothesis,
      double logScore,
      List<Integer> candidates,
      int best,
      List<Integer> lying) {}

  private final Playback playback;
  private final List<Candidate> candidates;
  private final List<Sensor> sensors;

  Hypotheses(Playback playback, List<Candidate> candidates, List<Sensor> sensors) {
    this.playback = playback;
    this.candidates = candidates;
    this.sensors = sensors;
  }

  /**
   * All hypotheses, the most probable first.
   *
   * @param weatherChange range of the barometer's readings in the window, mbar
   * @param working the fault that was in the model from the start of the play
   * @param agrees whether the twin agrees with the detector under what it assumes now
   */
  List<Scored> all(double weatherChange, Optional<Fault> working, boolean agrees) {
    List<Scored> scored = new ArrayList<>();
    List<Integer> quiet = matching(c -> c instanceof Candidate.Quiet);
    for (Fault fault : Fault.values()) {
      List<Integer> own = matching(c -> c.broken().filter(fault::equals).isPresent());
      boolean there = working.filter(fault::equals).isPresent();
      if (!own.isEmpty() || there) {
        Scored persists =
            score(fault.hypothesis(), agrees ? PRIOR_AGREES : PRIOR_PERSISTS, quiet, List.of());
        Scored begins =
            own.isEmpty() ? persists : score(fault.hypothesis(), fault.prior(), own, List.of());
        boolean asBefore = there && persists.logScore() >= begins.logScore();
        scored.add(asBefore ? persists : begins);
      }
    }
    List<Integer> recovers = matching(c -> c instanceof Candidate.Recovers);
    if (working.isPresent() && !recovers.isEmpty()) {
      scored.add(score(new Hypothesis.NothingWrong(), PRIOR_RECOVERED, recovers, List.of()));
    } else {
      double weather =
          1.0 / (1.0 + Math.exp((WEATHER_MILLIBARS - weatherChange) / WEATHER_WIDTH_MILLIBARS));
      scored.add(
          score(new Hypothesis.NothingWrong(), PRIOR_QUIET * (1.0 - weather), quiet, List.of()));
      scored.add(
          score(
              new Hypothesis.External("F10", "weather: the atmospheric pressure changed"),
              PRIOR_QUIET * weather,
              quiet,
              List.of()));
    }
    List<Integer> suspects = suspects();
    for (int suspect : suspects.subList(0, Math.min(suspects.size(), MOST_SUSPECTS))) {
      Hypothesis liar = liar(sensors.get(suspect).channel());
      Scored seen = score(liar, PRIOR_SENSOR, quiet, List.of(suspect));
      List<Integer> misled = matching(c -> c instanceof Candidate.LoopMisled);
      if (sensors.get(suspect).channel().equals("cryo.pressure.gauge")) {
        Scored felt = score(liar, PRIOR_SENSOR, misled, List.of(suspect));
        scored.add(felt.logScore() > seen.logScore() ? felt : seen);
      } else {
        scored.add(seen);
      }
    }
    List<Integer> barometer = matching(c -> c instanceof Candidate.BarometerLies);
    if (!barometer.isEmpty()) {
      scored.add(score(liar(BAROMETER), PRIOR_SENSOR, barometer, List.of()));
    }
    double occam = Math.exp(-UNEXPLAINED_NATS * suspects.size());
    scored.add(score(new Hypothesis.NoneOfThese(), PRIOR_NONE * occam, quiet, suspects));
    scored.sort((a, b) -> Double.compare(b.logScore(), a.logScore()));
    return scored;
  }

  /** How far a hypothesis explains the readings of one sensor, nats. */
  double explains(Scored scored, int sensor) {
    double fit =
        scored.lying().contains(sensor)
            ? playback.vagueFit(sensor)
            : playback.fit(scored.best(), sensor);
    return weight(sensor) * fit;
  }

  /** How far a candidate explains everything, nats. */
  double explains(int candidate, List<Integer> lying) {
    double sum = 0.0;
    for (int s = 0; s < sensors.size(); s++) {
      sum += weight(s) * (lying.contains(s) ? playback.vagueFit(s) : playback.fit(candidate, s));
    }
    return sum;
  }

  private Scored score(
      Hypothesis hypothesis, double prior, List<Integer> own, List<Integer> lying) {
    double[] logs = own.stream().mapToDouble(c -> explains(c, lying)).toArray();
    int best = 0;
    for (int i = 1; i < logs.length; i++) {
      best = logs[i] > logs[best] ? i : best;
    }
    double top = logs[best];
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - top)).sum();
    double evidence = top + Math.log(sum / logs.length);
    return new Scored(hypothesis, Math.log(prior) + evidence, own, own.get(best), lying);
  }

  private List<Integer> suspects() {
    int quiet = matching(c -> c instanceof Candidate.Quiet).getFirst();
    return IntStream.range(0, sensors.size())
        .filter(s -> accusation(quiet, s) > SUSPECT_NATS)
        .boxed()
        .sorted((a, b) -> Double.compare(accusation(quiet, b), accusation(quiet, a)))
        .toList();
  }

  private double accusation(int quiet, int sensor) {
    return weight(sensor) * (playback.vagueFit(sensor) - playback.fit(quiet, sensor));
  }

  /** How many independent readings those of a sensor are worth. */
  double weight(int sensor) {
    return Math.min(playback.readings(sensor), INDEPENDENT_READINGS);
  }

  private List<Integer> matching(java.util.function.Predicate<Candidate> wanted) {
    return IntStream.range(0, candidates.size())
        .filter(c -> wanted.test(candidates.get(c)))
        .boxed()
        .toList();
  }

  private static Hypothesis liar(String channel) {
    return new Hypothesis.LyingSensor(new ChannelId(channel));
  }
}
