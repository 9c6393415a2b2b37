/**
 * Training drills: what a trainee sees while one runs, what they can do, and the debrief.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.drill;

import org.jspecify.annotations.NullMarked;
