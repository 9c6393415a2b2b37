/**
 * Alarms in the words of ISA-18.2 (IEC 62682).
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.alarm;

import org.jspecify.annotations.NullMarked;
