/**
 * Samples and their loss accounting on the way from a PV to a verdict.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.sample;

import org.jspecify.annotations.NullMarked;
