/**
 * The course and the scoring of training drills: {@code step(progress, event, instant)} and the
 * debrief that follows from what was recorded.
 *
 * <p>Pure: no Vert.x, no files, no clock, no chance but a seed.
 */
@NullMarked
package org.orrery.lab.drill.core;

import org.jspecify.annotations.NullMarked;
