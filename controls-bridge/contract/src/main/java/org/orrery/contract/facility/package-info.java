/**
 * A facility as its description states it: channels, devices, limits and detector modes.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.facility;

import org.jspecify.annotations.NullMarked;
