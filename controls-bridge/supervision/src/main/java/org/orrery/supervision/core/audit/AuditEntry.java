package org.orrery.supervision.core.audit;

/**
 * What goes on record; its place in the chain is found when it is stored.
 *
 * @param atNs when, wall ns
 * @param actor who or what did it
 * @param action what was done, a dotted word
 * @param subject what it was done to
 * @param content the details; written as JSON with sorted fields
 */
public record AuditEntry(long atNs, String actor, String action, String subject, Record content) {}
