/**
 * Supervised child processes: start, readiness, bounded logs, stop within a deadline, restart with
 * back-off, and orphans of a previous life of Orrery.
 *
 * <p>A leaf: it knows the JDK, SLF4J and JSpecify. Nothing about PostgreSQL, Kafka, EPICS or any
 * other room may enter; those rooms describe their child as a {@link
 * org.orrery.process.ProcessSpec}.
 */
@NullMarked
package org.orrery.process;

import org.jspecify.annotations.NullMarked;
