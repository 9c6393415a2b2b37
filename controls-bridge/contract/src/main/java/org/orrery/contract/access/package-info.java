/**
 * Who may have what written or approve it, beyond the roles.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.access;

import org.jspecify.annotations.NullMarked;
