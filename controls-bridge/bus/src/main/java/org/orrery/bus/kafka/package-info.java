/**
 * Our side of Kafka: topics, the relay of samples and events, and a publisher for outboxes. What
 * the records look like is {@link org.orrery.bus.wire}'s business; what runs the broker is nobody's
 * here.
 *
 * <p>A broker that is down is an expected condition: one line tells of it, one of its return. The
 * client library is chattier; a logging configuration should set these loggers to ERROR: {@code
 * org.apache.kafka.clients.NetworkClient}, {@code
 * org.apache.kafka.clients.producer.internals.Sender}, {@code
 * org.apache.kafka.clients.producer.internals.TransactionManager}, {@code
 * org.apache.kafka.clients.admin.KafkaAdminClient}, {@code
 * org.apache.kafka.clients.admin.internals.AdminMetadataManager} and {@code
 * org.apache.kafka.clients.ClientUtils}.
 */
@NullMarked
package org.orrery.bus.kafka;

import org.jspecify.annotations.NullMarked;
