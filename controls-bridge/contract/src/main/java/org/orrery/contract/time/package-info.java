/**
 * Time and chance, handed in: plant clock, wall clock, identifiers, scheduling.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.time;

import org.jspecify.annotations.NullMarked;
