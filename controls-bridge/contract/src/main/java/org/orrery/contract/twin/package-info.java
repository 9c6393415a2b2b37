/**
 * What the digital twin says: estimates, forecasts, rehearsals.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.twin;

import org.jspecify.annotations.NullMarked;
