/**
 * The proposal life cycle, the binding of an approval to its exact steps, and the audit chain. No
 * Vert.x, no Kafka, no SQL, no HTTP, no language model, no wall clock and no unseeded randomness
 * may enter: time and chance are arguments.
 */
@NullMarked
package org.orrery.supervision.core;

import org.jspecify.annotations.NullMarked;
