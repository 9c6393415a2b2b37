/**
 * The hash-chained record of everything that was proposed, decided and done.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.audit;

import org.jspecify.annotations.NullMarked;
