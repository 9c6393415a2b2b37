package org.orrery.bus;

/**
 * A typed request and its reply. Exactly one room serves an endpoint.
 *
 * @param <Q> the request type, deeply immutable
 * @param <R> the reply type, deeply immutable
 * @param address the event bus address
 * @param timeoutMs how long a caller waits before the request fails, wall milliseconds
 */
public record Endpoint<Q, R>(String address, long timeoutMs) {}
