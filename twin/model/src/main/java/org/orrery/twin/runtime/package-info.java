/**
 * The twin's verticle: carries samples in, states, diagnoses and rehearsals out. Nobody outside the
 * room names it.
 *
 * <p>What may not enter: equations, or anything that decides what is wrong with the detector.
 */
@NullMarked
package org.orrery.twin.runtime;

import org.jspecify.annotations.NullMarked;
