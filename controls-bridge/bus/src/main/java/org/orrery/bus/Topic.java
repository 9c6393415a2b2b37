package org.orrery.bus;

/**
 * A typed topic: low-rate messages that every subscriber gets, at most once, in the order of their
 * publishing by one publisher. Samples do not travel here but by {@link SampleFeed}.
 *
 * @param <T> the message type, deeply immutable
 * @param address the event bus address
 * @param type the message type
 */
public record Topic<T>(String address, Class<T> type) {}
