/**
 * Training drills on the simulated detector: the files that describe them, the verticle that plays
 * one, and the debrief as files. The course and the scoring are in {@code core}.
 *
 * <p>A drill acts on the simulated detector alone, by the folder of orders in its own data
 * directory; it holds no control-system client and refuses a facility that is not simulated.
 */
@NullMarked
package org.orrery.lab.drill;

import org.jspecify.annotations.NullMarked;
