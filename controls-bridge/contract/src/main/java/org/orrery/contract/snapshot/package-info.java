/**
 * Snapshots of channels, their comparison, and the wish to restore one.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.snapshot;

import org.jspecify.annotations.NullMarked;
