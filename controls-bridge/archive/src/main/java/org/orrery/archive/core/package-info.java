/**
 * De-duplication, partition planning, roll-ups and the bookkeeping of loss. No Vert.x, no Kafka, no
 * SQL, no HTTP, no language model, no wall clock and no unseeded randomness may enter: time and
 * chance are arguments.
 */
@NullMarked
package org.orrery.archive.core;

import org.jspecify.annotations.NullMarked;
