package org.orrery.contract.alarm;

import org.orrery.contract.Person;

/**
 * A person acknowledges an alarm.
 *
 * @param key which alarm
 * @param person who
 */
public record AcknowledgeRequest(AlarmKey key, Person person) {}
