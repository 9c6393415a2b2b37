/**
 * The alarm state machine: limits, hysteresis, delay, latching, acknowledgement, first alarm,
 * figures. No Vert.x, no Kafka, no SQL, no HTTP, no language model, no wall clock and no unseeded
 * randomness may enter: time and chance are arguments.
 */
@NullMarked
package org.orrery.alarms.core;

import org.jspecify.annotations.NullMarked;
