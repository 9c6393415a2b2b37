package org.orrery.epics.server;

/**
 * Counts of a server.
 *
 * @param pvs PVs served
 * @param subscriptions running subscriptions of clients
 * @param posted states posted
 * @param merged updates that were merged into another because a client was slow
 * @param edgesMerged of these, alarm edges: happens only beyond the bound on queued edges
 * @param puts puts asked for
 * @param putsRefused of these, refused ones
 */
public record ServerStatistics(
    long pvs,
    long subscriptions,
    long posted,
    long merged,
    long edgesMerged,
    long puts,
    long putsRefused) {}
