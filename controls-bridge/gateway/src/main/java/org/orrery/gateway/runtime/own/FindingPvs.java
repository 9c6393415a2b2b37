package org.orrery.gateway.runtime.own;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.epics.Range;
import org.orrery.gateway.core.own.FindingTally;

/** Findings, the leading cause behind them, and the verdict on data quality. */
final class FindingPvs {
  private static final Range SHARE = new Range(0, 1);
  private static final String DQM = "dqm";

  /** The verdict rests on the twin's estimates, so on the samples that the twin got. */
  private static final String STAGE = "feed.twin";

  /** A room that is silent for longer than this says nothing about now, wall ns. */
  private static final long SILENCE_NS = 30_000_000_000L;

  private final Shown count;
  private final Shown leading;
  private final Shown chance;
  private final Shown cause;
  private final Shown probability;
  private final Shown verdict;
  private final Shown completeness;
  private final Map<String, Subsystem> subsystems = new LinkedHashMap<>();
  private boolean dqmUp;
  private long dqmHeardNs = Long.MIN_VALUE / 2;
  private double share = Double.NaN;

  private record Subsystem(Shown count, Shown worst) {}

  FindingPvs(Board board, Facility facility) {
    count = board.count("findings that last", "FINDING", "COUNT");
    leading = board.text("the finding that is the least probable by chance", "FINDING", "LEADING");
    chance =
        board.number(
            "1",
            "probability of the leading finding when nothing is wrong",
            SHARE,
            Limits.NONE,
            "FINDING",
            "LEADING",
            "PVALUE");
    cause = board.text("the leading cause behind the findings", "DIAGNOSIS", "CAUSE");
    probability =
        board.number(
            "1",
            "probability of the leading cause",
            SHARE,
            Limits.NONE,
            "DIAGNOSIS",
            "PROBABILITY");
    verdict =
        board.choice(
            "whether the data are as they should be",
            List.of("UNKNOWN", "OK", "SUSPECT"),
            "DQM",
            "VERDICT");
    completeness =
        board.number(
            "1",
            "share of the samples that the verdict rests on",
            SHARE,
            Limits.NONE,
            "DQM",
            "COMPLETENESS");
    for (Facility.Subsystem each : facility.subsystems()) {
      subsystems.put(
          each.name(),
          new Subsystem(
              board.count(
                  each.title() + ": findings that last",
                  "FINDING",
                  "SUBSYSTEM",
                  each.name(),
                  "COUNT"),
              board.text(
                  each.title() + ": the leading one",
                  "FINDING",
                  "SUBSYSTEM",
                  each.name(),
                  "WORST")));
    }
  }

  void room(RoomHealth health, long wallNs) {
    if (health.room().equals(DQM)) {
      dqmUp = health.status() != RoomHealth.Status.DOWN;
      dqmHeardNs = wallNs;
    }
  }

  void loss(LossCount loss) {
    if (loss.stage().equals(STAGE)) {
      share = loss.completeness();
    }
  }

  void show(FindingTally tally, long wallNs) {
    Severity severity = tally.count() == 0 ? Severity.NONE : Severity.MINOR;
    count.show(
        new Value.LongValue(tally.count()), severity, severity == Severity.NONE ? "" : "findings");
    Optional<Finding> first = tally.leading();
    leading.show(Value.of(first.map(Finding::title).orElse("")), severity, "");
    chance.show(first.map(Finding::pValue).orElse(1.0));
    Optional<Diagnosis.Cause> why = tally.cause();
    cause.show(why.map(c -> c.hypothesis().title()).orElse(""));
    probability.show(why.map(Diagnosis.Cause::probability).orElse(0.0));
    tally
        .bySubsystem()
        .forEach(
            (name, findings) -> {
              Subsystem subsystem = subsystems.get(name);
              if (subsystem != null) {
                subsystem.count().show(findings.size());
                subsystem.worst().show(findings.isEmpty() ? "" : findings.getFirst().title());
              }
            });
    showVerdict(tally, wallNs);
  }

  private void showVerdict(FindingTally tally, long wallNs) {
    if (!dqmUp || wallNs - dqmHeardNs > SILENCE_NS) {
      verdict.choose("UNKNOWN", Severity.INVALID);
    } else if (tally.count(DQM) > 0) {
      verdict.choose("SUSPECT", Severity.MINOR);
    } else {
      verdict.choose("OK", Severity.NONE);
    }
    completeness.show(share);
  }
}
