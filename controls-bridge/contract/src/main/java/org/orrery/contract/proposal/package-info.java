/**
 * Proposals: the exact plan that people approve, and the states of its life.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.proposal;

import org.jspecify.annotations.NullMarked;
