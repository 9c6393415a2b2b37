package org.orrery.epics.client;

/**
 * Counts of a client.
 *
 * @param subscriptions open subscriptions
 * @param connected of these, connected ones
 * @param updates updates received since the start
 * @param overruns updates that arrived marked as merged with lost ones
 * @param puts puts asked for
 * @param putsNotAnswered puts that ended without an answer
 */
public record ClientStatistics(
    long subscriptions,
    long connected,
    long updates,
    long overruns,
    long puts,
    long putsNotAnswered) {}
