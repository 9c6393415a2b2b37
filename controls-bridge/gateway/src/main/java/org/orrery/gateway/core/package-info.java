/**
 * What the gate and the channel watch decide: refusals, staleness, the resolution of an attempt
 * whose completion never came. No Vert.x, no Kafka, no SQL, no HTTP, no language model, no wall
 * clock and no unseeded randomness may enter: time and chance are arguments.
 */
@NullMarked
package org.orrery.gateway.core;

import org.jspecify.annotations.NullMarked;
