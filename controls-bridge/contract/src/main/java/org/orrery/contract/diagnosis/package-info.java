/**
 * Findings of the detectors and the ranked causes behind them.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract.diagnosis;

import org.jspecify.annotations.NullMarked;
