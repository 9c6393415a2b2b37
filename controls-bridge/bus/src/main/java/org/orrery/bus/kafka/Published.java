package org.orrery.bus.kafka;

/**
 * Where an acknowledged record lies.
 *
 * @param topic the topic
 * @param partition the partition, from 0
 * @param offset the place within the partition, from 0
 */
public record Published(String topic, int partition, long offset) {}
