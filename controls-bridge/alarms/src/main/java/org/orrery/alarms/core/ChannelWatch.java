package org.orrery.alarms.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * What the readings of one channel say, kind by kind. Remembers the last reading and the level of
 * the limits. Not thread-safe.
 */
final class ChannelWatch {
  private static final List<String> LIMIT_STATUS = List.of("HIHI", "HIGH", "LOLO", "LOW");

  /** What a reading says of one kind of alarm. */
  record Verdict(AlarmKey.Kind kind, Optional<Condition> condition) {}

  private final Channel channel;
  private final boolean limited;
  private final boolean stateful;
  private LimitCheck.Level level = LimitCheck.Level.NONE;
  private @Nullable Sample last;

  ChannelWatch(Channel channel) {
    this.channel = channel;
    AlarmSettings alarm = channel.alarm();
    this.limited = alarm.limits().values().stream().anyMatch(limits -> !limits.equals(Limits.NONE));
    this.stateful = !alarm.alarmChoices().isEmpty();
  }

  /** False for a reading that is older than one judged before. */
  boolean isNews(Sample sample) {
    return last == null || sample.sourceTimeNs() >= last.sourceTimeNs();
  }

  /**
   * Judges a reading. A reading that cannot be trusted says nothing about limits and states: what
   * was wrong before stays wrong.
   */
  List<Verdict> judge(Sample sample, String mode) {
    return switch (sample.quality()) {
      case DISCONNECTED -> List.of();
      case BAD -> List.of(source(sample));
      case GOOD, STALE -> {
        last = sample;
        yield stateful
            ? List.of(source(sample), state(sample))
            : limited ? judgeLimits(sample, mode) : List.of(source(sample));
      }
    };
  }

  /** Judges the last reading again because other limits hold now. */
  List<Verdict> judgeAgain(String mode, long nowNs) {
    Sample sample = last;
    if (sample == null || !limited) {
      return List.of();
    }
    level = LimitCheck.Level.NONE;
    return limits(sample, mode, nowNs).map(List::of).orElse(List.of());
  }

  private List<Verdict> judgeLimits(Sample sample, String mode) {
    Verdict source = source(sample);
    return limits(sample, mode, sample.sourceTimeNs())
        .map(limits -> List.of(source, limits))
        .orElse(List.of(source));
  }

  private Optional<Verdict> limits(Sample sample, String mode, long sinceNs) {
    OptionalDouble number = sample.value().asDouble();
    if (number.isEmpty() || Double.isNaN(number.getAsDouble())) {
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
                    sinceNs));
    return Optional.of(new Verdict(AlarmKey.Kind.LIMIT, condition));
  }

  private Verdict state(Sample sample) {
    Optional<Condition> condition =
        sample.value() instanceof Value.ChoiceValue(int index, String label)
                && channel.alarm().alarmChoices().contains(label)
            ? Optional.of(new Condition(Severity.MAJOR, "is " + label, sample.sourceTimeNs()))
            : Optional.empty();
    return new Verdict(AlarmKey.Kind.STATE, condition);
  }

  private Verdict source(Sample sample) {
    Optional<Condition> condition =
        sample.severity() == Severity.NONE || ours(sample)
            ? Optional.empty()
            : Optional.of(new Condition(sample.severity(), said(sample), sample.sourceTimeNs()));
    return new Verdict(AlarmKey.Kind.SOURCE, condition);
  }

  /**
   * True where the control system reports what our own settings judge: theirs are approved for the
   * mode that the detector is in, and one cause must not make two alarms.
   */
  private boolean ours(Sample sample) {
    if (sample.severity() == Severity.INVALID) {
      return false;
    }
    String status = sample.status().toUpperCase(Locale.ROOT);
    return (limited && LIMIT_STATUS.stream().anyMatch(status::startsWith))
        || (stateful && status.startsWith("STATE"));
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
