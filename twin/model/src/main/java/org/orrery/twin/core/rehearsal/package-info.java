/**
 * Plays the future on the ensemble: if nothing is done, and if planned writes are carried out.
 *
 * <p>What may not enter: Vert.x, wall clocks, randomness without a seed.
 */
@NullMarked
package org.orrery.twin.core.rehearsal;

import org.jspecify.annotations.NullMarked;
