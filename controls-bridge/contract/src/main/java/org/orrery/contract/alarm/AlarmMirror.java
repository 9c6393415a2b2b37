package org.orrery.contract.alarm;

import java.util.Optional;

/**
 * Says that another alarm system keeps an alarm. Its state is what that system says, nothing that
 * Orrery concluded.
 *
 * @param source the system's name for people, for example {@code Phoebus}
 * @param stale true while the system is silent: what is shown is what it said last
 * @param awaiting who acknowledged the alarm in Orrery, until the system says so itself
 * @param detail where it stands in that system, and what became of an acknowledgement; may be empty
 */
public record AlarmMirror(String source, boolean stale, Optional<String> awaiting, String detail) {}
