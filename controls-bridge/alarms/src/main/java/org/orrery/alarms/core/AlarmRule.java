package org.orrery.alarms.core;

import org.orrery.contract.facility.AlarmSettings;

/**
 * How one alarm behaves.
 *
 * @param onDelayNs how long the condition must last before the alarm is raised, plant ns
 * @param offDelayNs how long the condition must be gone before the alarm returns, plant ns
 * @param priority how soon a person must act
 * @param response what the person does
 */
record AlarmRule(
    long onDelayNs, long offDelayNs, AlarmSettings.Priority priority, String response) {

  /** A channel's own rule; a life-safety alarm is never delayed, whatever its settings say. */
  static AlarmRule of(AlarmSettings settings) {
    return new AlarmRule(
        settings.lifeSafety() ? 0 : settings.onDelayNs(),
        settings.offDelayNs(),
        settings.priority(),
        settings.response());
  }

  /** The same without delays, for conditions that have been waited for elsewhere. */
  AlarmRule undelayed(String otherwise) {
    return new AlarmRule(0, 0, priority, response.isEmpty() ? otherwise : response);
  }
}
