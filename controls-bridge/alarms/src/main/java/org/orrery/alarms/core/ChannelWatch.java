package org.orrery.alarms.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * What the readings of one channel say, kind by kind. Readings are judged in the order in which
 * they arrive, whatever their source's clock says. Remembers the last reading and the level of the
 * limits. Not thread-safe.
 */
final class ChannelWatch {
  /** A source whose clock is further behind has none: one that restarted says 1990. */
  private static final long OLDEST_NS = 365L * 24 * 3_600_000_000_000L;

  private static final String ALARM_SUFFIX = "_ALARM";

  private static final String NO_NUMBER = "shows no number";

  /** What a reading says of one kind of alarm. */
  record Verdict(AlarmKey.Kind kind, Optional<Condition> condition) {}

  private final Channel channel;
  private final boolean limited;
  private final boolean stateful;
  private LimitCheck.Level level = LimitCheck.Level.NONE;
  private @Nullable Sample last;
  private @Nullable Sample lastSaid;
  private long newestSourceNs = Long.MIN_VALUE;
  private long countedNs = Long.MIN_VALUE;

  ChannelWatch(Channel channel) {
    this.channel = channel;
    AlarmSettings alarm = channel.alarm();
    this.limited = alarm.limits().values().stream().anyMatch(limits -> !limits.equals(Limits.NONE));
    this.stateful = !alarm.alarmChoices().isEmpty();
  }

  /** True for a reading whose source time lies before that of one that came earlier. */
  boolean isLate(Sample sample) {
    boolean late = sample.sourceTimeNs() < newestSourceNs;
    newestSourceNs = Math.max(newestSourceNs, sample.sourceTimeNs());
    return late;
  }

  /**
   * When the next reading counts, plant ns: at its own time, so that delays run by what happened
   * and not by what was on its way. Where its source's clock cannot be right, because it went back
   * or is a year behind, it counts when it was received. Never goes back.
   */
  long countsAt(Sample sample, long nowNs) {
    long atNs = Math.min(sample.sourceTimeNs(), nowNs);
    if (atNs < countedNs || nowNs - atNs > OLDEST_NS) {
      atNs = Math.max(countedNs, Math.min(sample.receivedTimeNs(), nowNs));
    }
    countedNs = atNs;
    return atNs;
  }

  /**
   * Judges a reading. A reading that cannot be trusted says nothing about limits and states: what
   * was wrong before stays wrong.
   *
   * @param atNs when it counts, plant ns
   */
  List<Verdict> judge(Sample sample, String mode, long atNs) {
    return switch (sample.quality()) {
      case DISCONNECTED -> List.of();
      case BAD -> {
        lastSaid = sample;
        yield List.of(source(sample, mode, atNs));
      }
      case GOOD, STALE -> {
        last = sample;
        lastSaid = sample;
        Verdict source = source(sample, mode, atNs);
        yield stateful
            ? List.of(source, state(sample, atNs))
            : limits(sample, mode, atNs)
                .map(limits -> List.of(source, limits))
                .orElse(List.of(source));
      }
    };
  }

  /** Judges the last reading again because other limits hold now. */
  List<Verdict> judgeAgain(String mode, long nowNs) {
    if (!limited) {
      return List.of();
    }
    level = LimitCheck.Level.NONE;
    return judgeLast(mode, nowNs);
  }

  /**
   * Says once more what the readings so far say, and that no limit is broken where there is none; a
   * list to be changed.
   */
  List<Verdict> judgeLast(String mode, long nowNs) {
    List<Verdict> verdicts = new ArrayList<>();
    Sample said = lastSaid;
    if (said != null) {
      // What the control system reports may have been left to our limits, which may be others now.
      verdicts.add(source(said, mode, nowNs));
    }
    Sample sample = last;
    if (!limited) {
      verdicts.add(new Verdict(AlarmKey.Kind.LIMIT, Optional.empty()));
    } else if (sample != null) {
      limits(sample, mode, nowNs).ifPresent(verdicts::add);
    }
    if (stateful && sample != null) {
      verdicts.add(state(sample, nowNs));
    }
    return verdicts;
  }

  private Optional<Verdict> limits(Sample sample, String mode, long sinceNs) {
    OptionalDouble number = sample.value().asDouble();
    if (!limited || number.isEmpty() || !Double.isFinite(number.getAsDouble())) {
      return Optional.empty();
    }
    double value = number.getAsDouble();
    Limits limits = channel.alarm().limitsIn(mode);
    level = LimitCheck.level(limits, channel.alarm().hysteresis(), level, value);
    Optional<Condition> condition =
        level == LimitCheck.Level.NONE
            ? Optional.empty()
            : Optional.of(
                new Condition(
                    level.severity(),
                    Wording.beyond(channel, value, level, LimitCheck.limit(limits, level)),
                    sinceNs,
                    Set.of(Wording.side(level))));
    return Optional.of(new Verdict(AlarmKey.Kind.LIMIT, condition));
  }

  private Verdict state(Sample sample, long atNs) {
    Optional<Condition> condition =
        sample.value() instanceof Value.ChoiceValue(int index, String label)
                && channel.alarm().alarmChoices().contains(label)
            ? Optional.of(new Condition(Severity.MAJOR, "is " + label, atNs, Set.of(label)))
            : Optional.empty();
    return new Verdict(AlarmKey.Kind.STATE, condition);
  }

  private Verdict source(Sample sample, String mode, long atNs) {
    Optional<Condition> condition;
    if (sample.severity() != Severity.INVALID && lacksNumber(sample, mode)) {
      String message = "%s (%s)".formatted(NO_NUMBER, sample.value().display());
      condition = Optional.of(new Condition(Severity.INVALID, message, atNs, Set.of(NO_NUMBER)));
    } else if (sample.severity() == Severity.NONE || ours(sample, mode)) {
      condition = Optional.empty();
    } else {
      condition =
          Optional.of(
              new Condition(sample.severity(), said(sample), atNs, Set.of(cause(sample.status()))));
    }
    return new Verdict(AlarmKey.Kind.SOURCE, condition);
  }

  /**
   * True for NaN or infinity where limits hold: they cannot be judged, and not every source says by
   * itself, as an EPICS record does with UDF, that this is no value.
   */
  private boolean lacksNumber(Sample sample, String mode) {
    return sample.value().asDouble().stream().anyMatch(number -> !Double.isFinite(number))
        && !channel.alarm().limitsIn(mode).equals(Limits.NONE);
  }

  /**
   * True where the control system reports what our own settings judge: theirs are approved for the
   * mode that the detector is in, and one cause must not make two alarms. Only the control system's
   * own words for a limit count, and only where this mode has a limit of ours on that side.
   */
  private boolean ours(Sample sample, String mode) {
    if (sample.severity() == Severity.INVALID) {
      return false;
    }
    Limits limits = channel.alarm().limitsIn(mode);
    return switch (word(sample.status())) {
      case "HIHI", "HIGH" -> limits.high().isPresent() || limits.hihi().isPresent();
      case "LOLO", "LOW" -> limits.low().isPresent() || limits.lolo().isPresent();
      case "STATE" -> stateful;
      default -> false;
    };
  }

  /** An EPICS status word, however it is sent: HIHI for HIHI_ALARM. */
  private static String word(String status) {
    String upper = status.strip().toUpperCase(Locale.ROOT);
    return upper.endsWith(ALARM_SUFFIX)
        ? upper.substring(0, upper.length() - ALARM_SUFFIX.length())
        : upper;
  }

  /** What makes a status another one: the side of a limit, or its text but for its numbers. */
  private static String cause(String status) {
    return switch (word(status)) {
      case "HIHI", "HIGH" -> "HI";
      case "LOLO", "LOW" -> "LO";
      default -> Condition.withoutNumbers(status);
    };
  }

  private static String said(Sample sample) {
    String status = sample.status().isEmpty() ? "" : " (" + sample.status() + ")";
    return switch (sample.severity()) {
      case INVALID -> "the control system says that the value is invalid" + status;
      case NONE, MINOR, MAJOR ->
          "the control system reports "
              + sample.severity()
              + status
              + " at "
              + sample.value().display();
    };
  }
}
