package org.orrery.twin.core.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.orrery.contract.diagnosis.Diagnosis.Cause;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.facility.ChannelId;
import org.orrery.twin.core.diagnosis.Hypotheses.Scored;
import org.orrery.twin.core.model.Sensor;

/** Says in words why one hypothesis is more probable than another. One use per instance. */
final class Explainer {
  /** Evidence weaker than this is not worth a line, nats. */
  private static final double WORTH_NATS = 1.0;

  private static final int MOST_LINES = 6;
  private static final int MOST_DISCRIMINATORS = 3;

  /** Expectations closer than this many standard deviations tell nothing apart. */
  private static final double APART = 3.0;

  private final Playback playback;
  private final Hypotheses hypotheses;
  private final List<Sensor> sensors;
  private final int quiet;

  Explainer(Playback playback, Hypotheses hypotheses, List<Sensor> sensors, int quiet) {
    this.playback = playback;
    this.hypotheses = hypotheses;
    this.sensors = sensors;
    this.quiet = quiet;
  }

  /** A cause with its evidence, given all hypotheses in order. */
  Cause cause(Scored scored, double probability, List<Scored> all) {
    List<Evidence> speaksFor = new ArrayList<>();
    List<Evidence> against = new ArrayList<>();
    Scored rival = all.getFirst() == scored && all.size() > 1 ? all.get(1) : all.getFirst();
    for (int s = 0; s < sensors.size(); s++) {
      if (playback.readings(s) == 0) {
        continue;
      }
      double own = hypotheses.explains(scored, s);
      int sensor = s;
      double others =
          all.stream()
              .filter(other -> other != scored && !other.lying().contains(sensor))
              .mapToDouble(other -> hypotheses.explains(other, sensor))
              .max()
              .orElse(own);
      double withoutIt = Math.min(quietly(s), hypotheses.explains(rival, s));
      if (own - withoutIt > WORTH_NATS) {
        speaksFor.add(evidence(scored, rival, s, own - withoutIt));
      }
      if (others - own > WORTH_NATS && !scored.lying().contains(s)) {
        against.add(evidence(scored, rival, s, own - others));
      }
    }
    return new Cause(scored.hypothesis(), probability, strongest(speaksFor), strongest(against));
  }

  /** What would tell two hypotheses apart. */
  List<String> discriminators(Scored first, Scored second) {
    record Gap(int sensor, double deviations) {}
    List<Gap> gaps = new ArrayList<>();
    for (int s = 0; s < sensors.size(); s++) {
      if (playback.readings(s) == 0 || first.lying().contains(s) || second.lying().contains(s)) {
        continue;
      }
      double difference =
          playback.lastExpected(first.best(), s) - playback.lastExpected(second.best(), s);
      double scale =
          Math.hypot(
              playback.lastDeviation(first.best(), s), playback.lastDeviation(second.best(), s));
      if (Math.abs(difference) > APART * scale) {
        gaps.add(new Gap(s, Math.abs(difference) / scale));
      }
    }
    gaps.sort(Comparator.comparingDouble(Gap::deviations).reversed());
    return gaps.stream()
        .limit(MOST_DISCRIMINATORS)
        .map(
            gap ->
                "%s: %s if %s, %s if %s"
                    .formatted(
                        sensors.get(gap.sensor()).channel(),
                        number(playback.lastExpected(first.best(), gap.sensor()), gap.sensor()),
                        first.hypothesis().title(),
                        number(playback.lastExpected(second.best(), gap.sensor()), gap.sensor()),
                        second.hypothesis().title()))
        .toList();
  }

  private double quietly(int sensor) {
    return hypotheses.weight(sensor) * playback.fit(quiet, sensor);
  }

  private Evidence evidence(Scored scored, Scored rival, int sensor, double nats) {
    String read = number(playback.lastRead(sensor), sensor);
    double expected = playback.lastExpected(scored.best(), sensor);
    String text;
    if (scored.lying().contains(sensor)) {
      text = "reads " + read + " where all else says " + number(expected, sensor);
    } else {
      Scored other = rival.best() == scored.best() ? scored : rival;
      double otherwise =
          other == scored
              ? playback.lastExpected(quiet, sensor)
              : playback.lastExpected(other.best(), sensor);
      text =
          "reads %s; this cause expects %s, otherwise %s"
              .formatted(read, number(expected, sensor), number(otherwise, sensor));
    }
    return new Evidence(new ChannelId(sensors.get(sensor).channel()), text, nats);
  }

  private static List<Evidence> strongest(List<Evidence> evidence) {
    return evidence.stream()
        .sorted(Comparator.comparingDouble((Evidence line) -> Math.abs(line.weight())).reversed())
        .limit(MOST_LINES)
        .toList();
  }

  private String number(double value, int sensor) {
    Sensor described = sensors.get(sensor);
    // Three significant places of the range in which the channel moves.
    int decimals = Math.clamp((int) Math.ceil(2.0 - Math.log10(described.vagueDeviation())), 0, 4);
    double tidy = Math.abs(value) < 0.5 * Math.pow(10.0, -decimals) ? 0.0 : value;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", tidy);
    return described.unit().equals("1") ? text : text + " " + described.unit();
  }
}
