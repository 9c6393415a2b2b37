/**
 * The rules of runs, modes and control as pure state machines. No Vert.x, no Kafka, no SQL, no
 * HTTP, no language model, no wall clock and no unseeded randomness may enter: time and chance are
 * arguments.
 */
@NullMarked
package org.orrery.operations.core;

import org.jspecify.annotations.NullMarked;
