/**
 * Kafka consumption, COPY batches with their offsets in one transaction, and history queries. No
 * other room may name this package, and no decision is taken here: it carries events to the core
 * and its outputs away.
 */
@NullMarked
package org.orrery.archive.runtime;

import org.jspecify.annotations.NullMarked;
