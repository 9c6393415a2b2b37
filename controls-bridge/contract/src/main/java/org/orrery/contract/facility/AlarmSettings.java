package org.orrery.contract.facility;

import java.util.Map;
import java.util.Set;

/**
 * How a channel's alarms behave: the rationalisation record that ISA-18.2 asks for before an alarm
 * goes live.
 *
 * @param limits limits by detector mode name; the key {@link #ANY_MODE} serves modes that are not
 *     listed
 * @param hysteresis how far inside a limit the value must return before the alarm clears, in the
 *     channel's unit
 * @param onDelayNs how long the condition must last before the alarm is raised, plant ns
 * @param offDelayNs how long the condition must be gone before the alarm returns, plant ns
 * @param alarmChoices choice labels of an enumerated channel that raise a MAJOR alarm
 * @param priority how soon a person must act
 * @param response what the person does, one sentence
 * @param lifeSafety true for life-safety and interlock alarms, which are never shelved, delayed or
 *     summarised
 */
public record AlarmSettings(
    Map<String, Limits> limits,
    double hysteresis,
    long onDelayNs,
    long offDelayNs,
    Set<String> alarmChoices,
    Priority priority,
    String response,
    boolean lifeSafety) {
  /** The key of limits that hold in every mode that has none of its own. */
  public static final String ANY_MODE = "*";

  /** No limits of our own: only the severity that the control system reports counts. */
  public static final AlarmSettings NONE =
      new AlarmSettings(Map.of(), 0, 0, 0, Set.of(), Priority.MEDIUM, "", false);

  public AlarmSettings {
    limits = Map.copyOf(limits);
    alarmChoices = Set.copyOf(alarmChoices);
  }

  /** The limits that hold in a mode. */
  public Limits limitsIn(String mode) {
    Limits any = limits.getOrDefault(ANY_MODE, Limits.NONE);
    return limits.getOrDefault(mode, any);
  }

  /** How soon a person must act. */
  public enum Priority {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }
}
