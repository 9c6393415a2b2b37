/**
 * Health of rooms and of channels.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.health;

import org.jspecify.annotations.NullMarked;
