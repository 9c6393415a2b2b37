package org.orrery.contract.alarm;

import java.util.Optional;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.sample.Severity;

/**
 * An alarm as it stands.
 *
 * @param key which alarm
 * @param state where it stands in the life of an ISA-18.2 alarm
 * @param severity how bad; the worst since the last acknowledgement while latched
 * @param message what people read, for example {@code 1.19 kg/s is below 1.40 kg/s}
 * @param raisedNs when the condition began, plant ns
 * @param changedNs when the state changed last, plant ns
 * @param acknowledgedBy who acknowledged it, while acknowledged
 * @param priority how soon a person must act
 * @param response what the person does
 * @param firstOut true for the alarm that began the present episode: the first alarm
 * @param mirror who keeps it, where that is not Orrery
 */
public record Alarm(
    AlarmKey key,
    AlarmState state,
    Severity severity,
    String message,
    long raisedNs,
    long changedNs,
    Optional<String> acknowledgedBy,
    AlarmSettings.Priority priority,
    String response,
    boolean firstOut,
    Optional<AlarmMirror> mirror) {
  /** An alarm that Orrery itself keeps. */
  public Alarm(
      AlarmKey key,
      AlarmState state,
      Severity severity,
      String message,
      long raisedNs,
      long changedNs,
      Optional<String> acknowledgedBy,
      AlarmSettings.Priority priority,
      String response,
      boolean firstOut) {
    this(
        key,
        state,
        severity,
        message,
        raisedNs,
        changedNs,
        acknowledgedBy,
        priority,
        response,
        firstOut,
        Optional.empty());
  }
}
