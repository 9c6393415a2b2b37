package org.orrery.operations.core;

/**
 * What somebody did to control or to a tag-out, for the record.
 *
 * @param atNs when, wall ns
 * @param person who
 * @param action a dotted word, for example {@code control.taken}
 * @param subject the device, or {@code control}
 * @param detail in words; may be empty
 */
public record ControlEntry(
    long atNs, String person, String action, String subject, String detail) {}
