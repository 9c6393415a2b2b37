package org.orrery.contract.snapshot;

import org.orrery.contract.Person;

/**
 * Defines a set, or its next version.
 *
 * @param person who asks
 * @param set the set; its version, definer and time are not looked at
 */
public record DefineSet(Person person, SnapshotSet set) {}
