/**
 * The twin's equations, assimilation, rehearsal and the scoring of hypotheses. No Vert.x, no Kafka,
 * no SQL, no HTTP, no language model, no wall clock and no unseeded randomness may enter: time and
 * chance are arguments.
 */
@NullMarked
package org.orrery.twin.core;

import org.jspecify.annotations.NullMarked;
