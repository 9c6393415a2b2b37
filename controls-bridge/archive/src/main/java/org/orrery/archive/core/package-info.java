/**
 * The archive's rules as pure functions: days and minutes of plant time, roll-ups, gaps, reduction.
 * No SQL, Kafka, Vert.x or clock may enter.
 */
@NullMarked
package org.orrery.archive.core;

import org.jspecify.annotations.NullMarked;
