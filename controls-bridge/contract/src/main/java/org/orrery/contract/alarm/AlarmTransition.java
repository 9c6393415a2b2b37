package org.orrery.contract.alarm;

/**
 * One step in the life of an alarm.
 *
 * @param from the state before
 * @param alarm the alarm after the step
 * @param atNs when, plant ns
 * @param by who or what caused it: a person's name, or {@code process}
 */
public record AlarmTransition(AlarmState from, Alarm alarm, long atNs, String by) {}
