package org.orrery.alarms.core;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.sample.Severity;

/**
 * One alarm and its state machine, ISA-18.2-2016 figure 3: a pure function of the state, what
 * happened and when. Every kind of trouble of a channel is a machine of its own, so that
 * acknowledging a lost connection never acknowledges what lies beneath it.
 *
 * @param alarm as people see it; NORMAL when nothing is to be seen
 * @param condition what is wrong now, annunciated or waiting for its delay
 * @param goneSinceNs since when the condition is gone while the alarm waits for its off-delay,
 *     plant ns
 * @param known the causes that people were told of under this alarm; absent for an alarm that was
 *     remembered, whose message tells
 */
record AlarmPoint(
    Alarm alarm, Optional<Condition> condition, long goneSinceNs, Optional<Set<String>> known) {
  private static final long NOT_GONE = Long.MIN_VALUE;
  private static final String PROCESS = "process";

  /**
   * A step.
   *
   * @param point the alarm after it
   * @param transition what people are told, if anything
   */
  record Step(AlarmPoint point, Optional<AlarmTransition> transition) {}

  /** An alarm that is normal. */
  static AlarmPoint normal(AlarmKey key, AlarmRule rule) {
    return new AlarmPoint(
        new Alarm(
            key,
            AlarmState.NORMAL,
            Severity.NONE,
            "",
            0,
            0,
            Optional.empty(),
            rule.priority(),
            rule.response(),
            false),
        Optional.empty(),
        NOT_GONE,
        Optional.of(Set.of()));
  }

  /** An alarm as it was remembered; its condition is not known again yet. */
  static AlarmPoint remembered(Alarm alarm) {
    return new AlarmPoint(alarm, Optional.empty(), NOT_GONE, Optional.empty());
  }

  /** True where whoever knows this other message knows what is wrong now. */
  boolean toldBy(String message) {
    return condition.stream().allMatch(now -> now.toldBy(message));
  }

  /** True while the alarm stands for a condition that is there. */
  boolean active() {
    return switch (alarm.state()) {
      case UNACKNOWLEDGED, ACKNOWLEDGED -> true;
      case NORMAL, RETURNED_UNACKNOWLEDGED, SHELVED, SUPPRESSED_BY_DESIGN, OUT_OF_SERVICE -> false;
    };
  }

  /** True while a delay runs. */
  boolean waiting() {
    return active() ? goneSinceNs != NOT_GONE : condition.isPresent();
  }

  /** True where nothing is to be remembered. */
  boolean idle() {
    return alarm.state() == AlarmState.NORMAL && condition.isEmpty();
  }

  /** What is wrong, or nothing, was seen. */
  Step observe(Optional<Condition> seen, AlarmRule rule, long nowNs) {
    if (seen.isEmpty()) {
      AlarmPoint gone =
          new AlarmPoint(
              alarm,
              Optional.empty(),
              active() && goneSinceNs == NOT_GONE ? nowNs : active() ? goneSinceNs : NOT_GONE,
              known);
      return gone.elapse(rule, nowNs);
    }
    // A source whose clock is ahead must not delay its alarm.
    boolean goesOn = condition.isPresent() && !(active() && isAnother(seen.get()));
    long sinceNs = Math.min((goesOn ? condition : seen).get().sinceNs(), nowNs);
    Condition now = seen.get().since(sinceNs);
    AlarmPoint there = new AlarmPoint(alarm, Optional.of(now), NOT_GONE, known);
    return active() ? there.reconsider(condition, now, nowNs) : there.elapse(rule, nowNs);
  }

  /** Time has passed. */
  Step elapse(AlarmRule rule, long nowNs) {
    if (active()) {
      boolean gone = goneSinceNs != NOT_GONE && nowNs - goneSinceNs >= rule.offDelayNs();
      return gone ? returnToNormal(nowNs) : still();
    }
    if (condition.isPresent() && nowNs - condition.get().sinceNs() >= rule.onDelayNs()) {
      return raise(condition.get(), nowNs);
    }
    return still();
  }

  /** A person acknowledged. */
  Step acknowledge(String person, long nowNs) {
    return switch (alarm.state()) {
      case UNACKNOWLEDGED -> {
        Severity now = condition.map(Condition::severity).orElse(alarm.severity());
        String message = condition.map(Condition::message).orElse(alarm.message());
        yield to(AlarmState.ACKNOWLEDGED, now, message, alarm.raisedNs(), Optional.of(person))
            .knowing(condition.map(Condition::causes).or(() -> known))
            .told(person, nowNs, alarm);
      }
      case RETURNED_UNACKNOWLEDGED ->
          to(AlarmState.NORMAL, Severity.NONE, alarm.message(), alarm.raisedNs(), Optional.empty())
              .told(person, nowNs, alarm);
      case ACKNOWLEDGED, NORMAL, SHELVED, SUPPRESSED_BY_DESIGN, OUT_OF_SERVICE -> still();
    };
  }

  /** The same, known as the alarm that began the episode. */
  AlarmPoint asFirstOut() {
    Alarm a = alarm;
    return new AlarmPoint(
        new Alarm(
            a.key(),
            a.state(),
            a.severity(),
            a.message(),
            a.raisedNs(),
            a.changedNs(),
            a.acknowledgedBy(),
            a.priority(),
            a.response(),
            true),
        condition,
        goneSinceNs,
        known);
  }

  private Step raise(Condition now, long nowNs) {
    // A latched severity stays until somebody has seen it.
    Severity severity =
        alarm.state() == AlarmState.RETURNED_UNACKNOWLEDGED
            ? worse(alarm.severity(), now.severity())
            : now.severity();
    return to(AlarmState.UNACKNOWLEDGED, severity, now.message(), now.sinceNs(), Optional.empty())
        .knowing(Optional.of(now.causes()))
        .told(PROCESS, nowNs, alarm);
  }

  private Step returnToNormal(long nowNs) {
    AlarmState next =
        alarm.state() == AlarmState.ACKNOWLEDGED
            ? AlarmState.NORMAL
            : AlarmState.RETURNED_UNACKNOWLEDGED;
    Severity severity = next == AlarmState.NORMAL ? Severity.NONE : alarm.severity();
    AlarmPoint point = to(next, severity, alarm.message(), alarm.raisedNs(), Optional.empty());
    return new AlarmPoint(point.alarm, Optional.empty(), NOT_GONE, known)
        .told(PROCESS, nowNs, alarm);
  }

  /**
   * The alarm is active and so is its condition: it may have become better or worse, or another
   * one. What nobody was told of calls again, however bad; what people were told of before, and
   * more or less of it, only changes what they read.
   */
  private Step reconsider(Optional<Condition> before, Condition now, long nowNs) {
    boolean another = isAnother(now);
    boolean moreOrLess = before.stream().anyMatch(now::isMoreOrLessOf);
    int change = now.severity().compareTo(alarm.severity());
    if (alarm.state() == AlarmState.UNACKNOWLEDGED) {
      AlarmPoint knowing = knowing(Optional.of(union(now.causes())));
      return another || moreOrLess || change > 0
          ? knowing
              .to(
                  AlarmState.UNACKNOWLEDGED,
                  worse(alarm.severity(), now.severity()),
                  now.message(),
                  alarm.raisedNs(),
                  Optional.empty())
              .told(PROCESS, nowNs, alarm)
          : knowing.still();
    }
    if (another || change > 0) {
      // Worse than what was acknowledged, or something else, needs a person again.
      long raisedNs = another ? now.sinceNs() : alarm.raisedNs();
      return knowing(Optional.of(now.causes()))
          .to(AlarmState.UNACKNOWLEDGED, now.severity(), now.message(), raisedNs, Optional.empty())
          .told(PROCESS, nowNs, alarm);
    }
    // What was told of a trouble stays known while it goes on, also what is over for the moment.
    AlarmPoint knowing = knowing(before.flatMap(b -> known).or(() -> Optional.of(now.causes())));
    return moreOrLess || change < 0
        ? knowing
            .to(
                AlarmState.ACKNOWLEDGED,
                now.severity(),
                now.message(),
                alarm.raisedNs(),
                alarm.acknowledgedBy())
            .told(PROCESS, nowNs, alarm)
        : knowing.still();
  }

  private boolean isAnother(Condition now) {
    return known
        .map(causes -> !causes.containsAll(now.causes()))
        .orElseGet(() -> !now.toldBy(alarm.message()));
  }

  private Set<String> union(Set<String> causes) {
    Set<String> all = new HashSet<>(known.orElse(Set.of()));
    all.addAll(causes);
    return Set.copyOf(all);
  }

  private AlarmPoint to(
      AlarmState state, Severity severity, String message, long raisedNs, Optional<String> by) {
    return new AlarmPoint(
        new Alarm(
            alarm.key(),
            state,
            severity,
            message,
            raisedNs,
            alarm.changedNs(),
            by,
            alarm.priority(),
            alarm.response(),
            alarm.firstOut() && state != AlarmState.NORMAL),
        condition,
        goneSinceNs,
        known);
  }

  private AlarmPoint knowing(Optional<Set<String>> causes) {
    return new AlarmPoint(alarm, condition, goneSinceNs, causes);
  }

  private Step still() {
    return new Step(this, Optional.empty());
  }

  private Step told(String by, long nowNs, Alarm before) {
    Alarm a = alarm;
    Alarm changed =
        new Alarm(
            a.key(),
            a.state(),
            a.severity(),
            a.message(),
            a.raisedNs(),
            nowNs,
            a.acknowledgedBy(),
            a.priority(),
            a.response(),
            a.firstOut());
    return new Step(
        new AlarmPoint(changed, condition, goneSinceNs, known),
        Optional.of(new AlarmTransition(before.state(), changed, nowNs, by)));
  }

  private static Severity worse(Severity a, Severity b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
