/**
 * Runs, detector modes, the control token and tag-outs.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.operations;

import org.jspecify.annotations.NullMarked;
