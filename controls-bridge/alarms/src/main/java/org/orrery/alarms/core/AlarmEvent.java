package org.orrery.alarms.core;

import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Sample;

/** What can happen to the alarm engine. */
public sealed interface AlarmEvent {
  /** A reading came in. */
  record SampleReceived(Sample sample) implements AlarmEvent {}

  /** A connection changed. */
  record HealthChanged(ChannelHealth health) implements AlarmEvent {}

  /** The detector is in another mode now: other limits hold. */
  record ModeChanged(String mode) implements AlarmEvent {}

  /** A detector of ours noticed something, changed its mind about it, or says that it is over. */
  record FindingReported(Finding finding) implements AlarmEvent {}

  /** An alarm as it stood when it was last remembered, for example before a restart. */
  record Remembered(Alarm alarm) implements AlarmEvent {}

  /** Time passed. */
  record Tick() implements AlarmEvent {}
}
