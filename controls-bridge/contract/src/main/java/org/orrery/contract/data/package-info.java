/**
 * Physics-level data as a detector's data-quality monitor hands them out.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.data;

import org.jspecify.annotations.NullMarked;
